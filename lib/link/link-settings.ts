import { literalText } from '../synthesis/literal-text';
import { didYouMean } from '../validation/nearest-name';
import { isUnresolved, type Problems } from '../validation/problems';
import { FLAG, problemOfSetting, type SettingRule } from '../validation/setting-rule';
import { stableJson } from './stable-json';
import { isRecord, isRecordInCode, isTextOrExpression } from '../validation/shape';

/**
 * The settings that the provider lets one change on a link; it refuses any other key. Source: `editableClusterLinkSettings`
 * in resource_cluster_link.go of the Confluent provider, 2.83.
 */
export const LINK_SETTINGS: readonly string[] = [
  'acl.filters',
  'acl.sync.enable',
  'acl.sync.ms',
  'auto.create.mirror.topics.enable',
  'auto.create.mirror.topics.filters',
  'cluster.link.prefix',
  'consumer.group.prefix.enable',
  'consumer.offset.group.filters',
  'consumer.offset.sync.enable',
  'consumer.offset.sync.ms',
  'mirror.start.offset.spec',
  'topic.config.sync.include',
  'topic.config.sync.ms',
];

/** The settings that a property of the link writes: it alone knows what they must hold. */
const PROPERTY_OF: Readonly<Record<string, string>> = {
  'acl.filters': 'aclSync',
  'acl.sync.enable': 'aclSync',
  'acl.sync.ms': 'aclSync',
  'consumer.offset.group.filters': 'offsetSync',
  'consumer.offset.sync.enable': 'offsetSync',
  'consumer.offset.sync.ms': 'offsetSync',
  'topic.config.sync.ms': 'topicConfigSyncMs',
};

const NO_PREFIX = 'A prefix rules out reverse-and-start-mirror, and with it the failback.';

/**
 * The settings of a topic that a link can carry, those that it always carries first. Source: Confluent's page on mirror
 * topics, "How mirror topic configurations are synced".
 */
const ALWAYS_SYNCED = [
  'cleanup.policy',
  'max.message.bytes',
  'message.timestamp.difference.max.ms',
  'message.timestamp.type',
];
const SYNCED_ON_WISH = [
  'compression.type',
  'delete.retention.ms',
  'max.compaction.lag.ms',
  'message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
  'segment.ms',
  'unclean.leader.election.enable',
];

const START: SettingRule = {
  fits: (text) =>
    ['earliest', 'latest'].includes(text) ||
    (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.]\d+)?)?(Z|[+-]\d\d:\d\d)?$/.test(text) && isDay(text)),
  allowed: "'earliest', 'latest' or a time such as '2026-01-31T12:00:00Z'",
};

/** Date.parse takes the 30th of February. */
function isDay(time: string): boolean {
  const day = time.slice(0, 10);
  return !Number.isNaN(Date.parse(time)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

const SYNCED_SETTINGS: SettingRule = {
  fits: (text) => {
    const names = text.split(',');
    return (
      new Set(names).size === names.length &&
      ALWAYS_SYNCED.every((name) => names.includes(name)) &&
      names.every((name) => ALWAYS_SYNCED.includes(name) || SYNCED_ON_WISH.includes(name))
    );
  },
  allowed: `${ALWAYS_SYNCED.join(',')}, which must be there, and any of ${SYNCED_ON_WISH.join(', ')}, between commas without spaces`,
};

const TOPIC_FILTERS: SettingRule = {
  fits: isTopicFilters,
  allowed: `JSON such as {"topicFilters":[{"filterType":"INCLUDE","name":"orders","patternType":"PREFIXED"}]}, with filterType INCLUDE or EXCLUDE, patternType LITERAL or PREFIXED, names of topics or the beginning of such, * LITERAL for all, and at least one INCLUDE`,
};

/** What is left to `settings`. */
const RULES: Readonly<Record<string, SettingRule>> = {
  'auto.create.mirror.topics.enable': FLAG,
  'auto.create.mirror.topics.filters': TOPIC_FILTERS,
  'cluster.link.prefix': { fits: () => false, allowed: 'no prefix on a link that is to be reversed' },
  'consumer.group.prefix.enable': {
    fits: (text) => text === 'false',
    allowed: "'false', as links here have no prefix",
  },
  'mirror.start.offset.spec': START,
  'topic.config.sync.include': SYNCED_SETTINGS,
};

/** A sync without its filter does nothing: the link's task goes IN_ERROR, and nobody is told. */
const FILTER_OF: Readonly<Record<string, string>> = {
  'acl.sync.enable': 'acl.filters',
  'auto.create.mirror.topics.enable': 'auto.create.mirror.topics.filters',
  'consumer.offset.sync.enable': 'consumer.offset.group.filters',
};

type Settings = Readonly<Record<string, string>>;

/** The settings as they are sent: texts as they were written, filters in the spelling that Terraform compares with. */
export function writtenSettings(settings: unknown): Record<string, string> {
  return Object.fromEntries(
    entriesOf(settings)
      .filter(([, value]) => isTextOrExpression(value))
      .map(([key, value]) => {
        if (typeof value !== 'string' || isUnresolved(value)) {
          return [key, value as string];
        }
        return [key, literalText(key.endsWith('.filters') && TOPIC_FILTERS.fits(value) ? inOrder(value) : value)];
      }),
  );
}

/** Says what is wrong with the settings that the caller chose: none that a property has, and the others by their rules. */
export function checkLinkSettings(problems: Problems, property: string, settings: unknown): void {
  problems.refuseUnless(settings === undefined || isRecordInCode(settings), {
    property,
    received: settings,
    allowed: 'settings by their names, written in code; their values may be expressions',
    advice: "Write it as in { 'mirror.start.offset.spec': 'latest' }.",
  });
  for (const [key, value] of entriesOf(settings)) {
    const at = `${property}['${key}']`;
    if (Object.hasOwn(RULES, key)) {
      const problem = problemOfSetting(at, value, RULES[key]);
      if (problem) {
        problems.require(false, { ...problem, ...(key.includes('prefix') && { advice: NO_PREFIX }) });
      }
      continue;
    }
    const owner = Object.hasOwn(PROPERTY_OF, key) ? PROPERTY_OF[key] : undefined;
    problems.refuse({
      property: at,
      received: value,
      allowed: `the settings ${Object.keys(RULES).join(', ')}`,
      advice: owner
        ? `The property ${owner} writes this one.`
        : `${didYouMean(key, LINK_SETTINGS)}The provider refuses any other; pausing a link is an operation of the REST API, not a setting.`,
    });
  }
}

/** Says where a link would be told to sync without being told what. */
export function checkFilters(problems: Problems, property: string, ...links: Settings[]): void {
  for (const [sync, filter] of Object.entries(FILTER_OF)) {
    const owner = PROPERTY_OF[filter] ?? `${property}['${filter}']`;
    problems.require(!links.some((link) => link[sync] === 'true' && link[filter] === undefined), {
      property: owner,
      received: undefined,
      allowed: `a filter wherever ${sync} is true`,
      advice: 'Without one the task of the link goes IN_ERROR silently.',
    });
  }
}

function isTopicFilters(text: string): boolean {
  const document = parsed(text);
  const filters = isRecord(document) && Object.keys(document).join() === 'topicFilters' ? document.topicFilters : [];
  return (
    Array.isArray(filters) &&
    filters.every(
      (filter) =>
        isRecord(filter) &&
        Object.keys(filter).sort().join() === 'filterType,name,patternType' &&
        ['INCLUDE', 'EXCLUDE'].includes(filter.filterType as string) &&
        ['LITERAL', 'PREFIXED'].includes(filter.patternType as string) &&
        isTopicNames(filter.name, filter.patternType === 'PREFIXED'),
    ) &&
    filters.some((filter) => (filter as Record<string, unknown>).filterType === 'INCLUDE')
  );
}

/** A `*` is all topics where it is the whole literal name; elsewhere no topic can bear it. */
function isTopicNames(name: unknown, prefixed: boolean): boolean {
  return typeof name === 'string' && ((name === '*' && !prefixed) || /^[^*]+$/.test(name));
}

function inOrder(text: string): string {
  return stableJson(parsed(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function entriesOf(settings: unknown): [string, unknown][] {
  return isRecordInCode(settings) ? Object.entries(settings) : [];
}
