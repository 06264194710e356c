import { type Problems } from '../validation/problems';

/** The settings that the provider lets one change on a link; it refuses any other key. Source: provider 2.83. */
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

/** A sync without its filter does nothing: the link's task goes IN_ERROR, and nobody is told. */
const FILTER_OF: Readonly<Record<string, string>> = {
  'acl.sync.enable': 'acl.filters',
  'auto.create.mirror.topics.enable': 'auto.create.mirror.topics.filters',
  'consumer.offset.sync.enable': 'consumer.offset.group.filters',
};

const FILTERS = Object.values(FILTER_OF);

type Settings = Readonly<Record<string, string>>;

/** Says what is wrong with the settings of the links; what is wrong with both is told once. */
export function checkLinkSettings(problems: Problems, property: string, ...links: Settings[]): void {
  const settings = Object.assign({}, ...links) as Settings;
  for (const [key, value] of Object.entries(settings)) {
    problems.require(LINK_SETTINGS.includes(key), {
      property: `${property}['${key}']`,
      received: value,
      allowed: `the settings ${LINK_SETTINGS.join(', ')}`,
      advice: 'The provider refuses any other; pausing a link is an operation of the REST API, not a setting.',
    });
    problems.require(!FILTERS.includes(key) || isJsonObject(value), {
      property: `${property}['${key}']`,
      received: value,
      allowed: 'a JSON object',
      advice: 'Use OffsetSync and AclSync, which write it.',
    });
    problems.require(!key.endsWith('.enable') || value === 'true' || value === 'false', {
      property: `${property}['${key}']`,
      received: value,
      allowed: "'true' or 'false'",
      advice: 'Write it as a text, in lower case.',
    });
    problems.require(!key.endsWith('.ms') || /^[0-9]+$/.test(value), {
      property: `${property}['${key}']`,
      received: value,
      allowed: 'milliseconds as digits',
      advice: 'Correct it, or leave it out for the default.',
    });
  }
  for (const [sync, filter] of Object.entries(FILTER_OF)) {
    problems.require(!links.some((link) => link[sync] === 'true' && link[filter] === undefined), {
      property: `${property}['${filter}']`,
      received: undefined,
      allowed: `a filter wherever ${sync} is true`,
      advice: 'Without one the task of the link goes IN_ERROR silently.',
    });
  }
  problems.require(settings['cluster.link.prefix'] === undefined, {
    property: `${property}['cluster.link.prefix']`,
    received: settings['cluster.link.prefix'],
    allowed: 'no prefix on a link that is to be reversed',
    advice: 'A prefix rules out reverse-and-start-mirror, and with it the failback.',
  });
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
