import { type SettingChange } from '../kafka/topic-settings';
import { invalid } from '../refusal';

/** What a link's setting is if nobody set it. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['acl.filters', ''],
  ['acl.sync.enable', 'false'],
  ['acl.sync.ms', '5000'],
  ['auto.create.mirror.topics.enable', 'false'],
  ['auto.create.mirror.topics.filters', ''],
  ['bootstrap.servers', ''],
  ['cluster.link.paused', 'false'],
  ['cluster.link.prefix', ''],
  ['connection.mode', 'OUTBOUND'],
  ['consumer.group.prefix.enable', 'false'],
  ['consumer.offset.group.filters', ''],
  ['consumer.offset.sync.enable', 'false'],
  ['consumer.offset.sync.ms', '30000'],
  ['link.mode', 'DESTINATION'],
  // Sent by the CLI and by the provider, respectively, with each bidirectional link.
  ['local.listener', ''],
  ['remote.link.connection.mode', ''],
  ['local.sasl.jaas.config', ''],
  ['local.sasl.mechanism', 'PLAIN'],
  ['local.security.protocol', 'SASL_SSL'],
  ['mirror.start.offset.spec', 'earliest'],
  ['sasl.jaas.config', ''],
  ['sasl.mechanism', 'PLAIN'],
  ['security.protocol', 'SASL_SSL'],
  ['topic.config.sync.include', ''],
  ['topic.config.sync.ms', '5000'],
]);

const SENSITIVE = ['sasl.jaas.config', 'local.sasl.jaas.config'];
const FIXED = ['cluster.link.prefix', 'connection.mode', 'link.mode', 'remote.link.connection.mode'];

/** Kafka keeps intervals of links in 32 bits. */
const MOST_MILLISECONDS = 2_147_483_647;

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];

/** The words that a setting can be. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'connection.mode': ['INBOUND', 'OUTBOUND'],
  'remote.link.connection.mode': ['', 'INBOUND', 'OUTBOUND'],
  'security.protocol': PROTOCOLS,
  'local.security.protocol': PROTOCOLS,
};

const isFlag = (name: string): boolean => /[.](enable|paused)$/.test(name);

export const isSensitive = (name: string): boolean => SENSITIVE.includes(name);
export const isFixed = (name: string): boolean => FIXED.includes(name);

/** A setting's value, the default if it was not set. */
export function linkSetting(settings: ReadonlyMap<string, string>, name: string): string {
  return settings.get(name) ?? DEFAULTS.get(name) ?? '';
}

/** Kafka reads true and false in any case. */
export function linkFlag(settings: ReadonlyMap<string, string>, name: string): boolean {
  return linkSetting(settings, name).trim().toLowerCase() === 'true';
}

export function milliseconds(settings: ReadonlyMap<string, string>, name: string): number {
  return Number(linkSetting(settings, name));
}

/**
 * Refuses what the service refuses. A sync without its filter and a filter that is no JSON are accepted: the link's
 * task goes IN_ERROR later, and nobody is told.
 */
export function checkLinkSettings(changes: readonly SettingChange[]): void {
  for (const { name, value } of changes) {
    if (!DEFAULTS.has(name)) {
      throw invalid(`Unknown cluster link config name: ${name}`);
    }
    if (value !== null && name.endsWith('.ms') && !(/^\d+$/.test(value) && Number(value) >= 1000)) {
      throw invalid(`Invalid value ${value} for configuration ${name}: at least 1000 milliseconds.`);
    }
    if (value !== null && name.endsWith('.ms') && Number(value) > MOST_MILLISECONDS) {
      throw invalid(`Invalid value ${value} for configuration ${name}: Not a number of type INT`);
    }
    if (value !== null && isFlag(name) && !['true', 'false'].includes(value.trim().toLowerCase())) {
      throw invalid(`Invalid value ${value} for configuration ${name}: Expected value to be either true or false`);
    }
    if (value !== null && Object.hasOwn(WORDS, name) && !WORDS[name].includes(value)) {
      throw invalid(
        `Invalid value ${value} for configuration ${name}: String must be one of: ${WORDS[name].join(', ')}`,
      );
    }
    if (value !== null && name === 'cluster.link.prefix' && !/^[a-zA-Z0-9._-]*$/.test(value)) {
      throw invalid(`Invalid value ${value} for configuration ${name}: letters, digits, '.', '_' and '-'.`);
    }
    if (value !== null && name === 'mirror.start.offset.spec' && !isStartOffset(value)) {
      throw invalid(`Invalid value ${value} for configuration ${name}: earliest, latest or an ISO 8601 time.`);
    }
  }
}

const isStartOffset = (value: string): boolean =>
  ['earliest', 'latest'].includes(value) || (/^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)));

/** With a prefix no ACL would be about the topics here, so the service does not carry any. */
export function refusePrefixedAcls(settings: ReadonlyMap<string, string>): void {
  if (linkSetting(settings, 'cluster.link.prefix') !== '' && linkFlag(settings, 'acl.sync.enable')) {
    throw invalid('ACL syncing and prefixing cannot be enabled together on a single cluster link.');
  }
}

export function refuseFixed(changes: readonly SettingChange[]): void {
  const fixed = changes.find(({ name }) => isFixed(name));
  if (fixed) {
    throw invalid(`Cluster link config ${fixed.name} cannot be changed once the link exists.`);
  }
}
