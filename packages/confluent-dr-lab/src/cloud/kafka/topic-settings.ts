import { invalid } from '../refusal';
import { type Topic } from './acls';

/** The settings of a topic with Confluent Cloud's defaults. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['cleanup.policy', 'delete'],
  ['compression.type', 'producer'],
  ['confluent.key.schema.validation', 'false'],
  ['confluent.key.subject.name.strategy', 'io.confluent.kafka.serializers.subject.TopicNameStrategy'],
  ['confluent.topic.type', 'standard'],
  ['confluent.value.schema.validation', 'false'],
  ['confluent.value.subject.name.strategy', 'io.confluent.kafka.serializers.subject.TopicNameStrategy'],
  ['delete.retention.ms', '86400000'],
  ['max.compaction.lag.ms', '9223372036854775807'],
  ['max.message.bytes', '2097164'],
  ['message.timestamp.after.max.ms', '9223372036854775807'],
  ['message.timestamp.before.max.ms', '9223372036854775807'],
  ['message.timestamp.difference.max.ms', '9223372036854775807'],
  ['message.timestamp.type', 'CreateTime'],
  ['min.compaction.lag.ms', '0'],
  ['min.insync.replicas', '2'],
  ['retention.bytes', '-1'],
  ['retention.ms', '604800000'],
  ['segment.bytes', '104857600'],
  ['segment.ms', '604800000'],
  ['unclean.leader.election.enable', 'false'],
]);

const READ_ONLY = ['compression.type', 'confluent.topic.type', 'unclean.leader.election.enable'];

const LONG = 9_223_372_036_854_775_807n;

interface Bounds {
  /** What Kafka itself takes, of which it says "Value must be at least"; for a number of 64 bits where no other is named. */
  readonly least: bigint;
  readonly type?: 'INT';
  /** What Confluent Cloud's policy for topics takes. */
  readonly from?: bigint;
  readonly to?: bigint;
}

/** The numbers among the settings, with the bounds of a dedicated cluster in Confluent's reference of topic configurations. */
const NUMBERS: Readonly<Record<string, Bounds>> = {
  'delete.retention.ms': { least: 0n, to: 60_566_400_000n },
  'max.compaction.lag.ms': { least: 1n, from: 21_600_000n },
  'max.message.bytes': { least: 0n, type: 'INT', to: 20_971_520n },
  'message.timestamp.after.max.ms': { least: 0n },
  'message.timestamp.before.max.ms': { least: 0n },
  'message.timestamp.difference.max.ms': { least: 0n },
  'min.compaction.lag.ms': { least: 0n },
  'min.insync.replicas': { least: 1n, type: 'INT', to: 2n },
  'retention.bytes': { least: -1n },
  'retention.ms': { least: -1n },
  'segment.bytes': { least: 14n, type: 'INT', from: 52_428_800n, to: 1_073_741_824n },
  'segment.ms': { least: 1n, from: 600_000n },
};

const STRATEGIES = ['TopicNameStrategy', 'RecordNameStrategy', 'TopicRecordNameStrategy'].map(
  (name) => `io.confluent.kafka.serializers.subject.${name}`,
);

/** The words that a setting can be. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'cleanup.policy': ['compact', 'delete'],
  'confluent.key.schema.validation': ['true', 'false'],
  'confluent.key.subject.name.strategy': STRATEGIES,
  'confluent.value.schema.validation': ['true', 'false'],
  'confluent.value.subject.name.strategy': STRATEGIES,
  'message.timestamp.type': ['CreateTime', 'LogAppendTime'],
};

export interface TopicSetting {
  readonly name: string;
  readonly value: string;
  readonly defaultValue: string;
  readonly isDefault: boolean;
  readonly isReadOnly: boolean;
}

/** A setting to be changed, or with null to go back to its default. */
export interface SettingChange {
  readonly name: string;
  readonly value: string | null;
}

export function topicSettings(topic: Topic): TopicSetting[] {
  return [...DEFAULTS].map(([name, defaultValue]) => ({
    name,
    value: topic.settings.get(name) ?? defaultValue,
    defaultValue,
    isDefault: !topic.settings.has(name),
    isReadOnly: READ_ONLY.includes(name),
  }));
}

/** @param former what the topic has set already */
export function checkSettings(changes: readonly SettingChange[], former?: ReadonlyMap<string, string>): void {
  for (const { name, value } of changes) {
    if (!DEFAULTS.has(name)) {
      throw invalid(`Unknown topic config name: ${name}`);
    }
    if (READ_ONLY.includes(name)) {
      throw invalid(`Config property '${name}' with a value is read-only and cannot be changed.`);
    }
    if (value !== null) {
      checkNumber(name, value);
      checkWord(name, value);
    }
  }
  checkCompactionLags(changes, former);
}

/** Records that may not be compacted yet when they must be. */
function checkCompactionLags(changes: readonly SettingChange[], former?: ReadonlyMap<string, string>): void {
  const settings = new Map([...DEFAULTS, ...(former ?? [])]);
  changes.forEach(({ name, value }) => settings.set(name, value ?? DEFAULTS.get(name)!));
  const [least, most] = ['min', 'max'].map((which) => settings.get(`${which}.compaction.lag.ms`)!.trim());
  if (wholeOf(least) > wholeOf(most)) {
    throw invalid(`conflict topic config setting min.compaction.lag.ms (${least}) > max.compaction.lag.ms (${most})`);
  }
}

const wholeOf = (digits: string): bigint => BigInt(digits.trim().replace('+', ''));

/** Kafka's own refusals come first, then those of Confluent Cloud's policy, each in its words. */
function checkNumber(name: string, value: string): void {
  if (!Object.hasOwn(NUMBERS, name)) {
    return;
  }
  const { least, type = 'LONG', from = least, to = LONG } = NUMBERS[name];
  const most = type === 'INT' ? 2_147_483_647n : LONG;
  const refused = (why: string) => invalid(`Invalid value ${value} for configuration ${name}: ${why}`);
  const number = /^[+-]?\d{1,19}$/.test(value.trim()) ? wholeOf(value) : undefined;
  if (number === undefined || number > most || number < -most - 1n) {
    throw refused(`Not a number of type ${type}`);
  }
  if (number < least) {
    throw refused(`Value must be at least ${least}`);
  }
  const outside = (how: string, bound: bigint) =>
    invalid(`Config property '${name}' with value '${value}' is ${how} allowed value of ${bound}.`);
  if (number < from) {
    throw outside('lower than the minimum', from);
  }
  if (number > to) {
    throw outside('higher than the maximum', to);
  }
}

function checkWord(name: string, value: string): void {
  if (!Object.hasOwn(WORDS, name)) {
    return;
  }
  const received = name === 'cleanup.policy' ? value.split(',').map((word) => word.trim()) : [value];
  if (!received.every((word) => WORDS[name].includes(word))) {
    throw invalid(`Invalid value ${value} for configuration ${name}: String must be one of: ${WORDS[name].join(', ')}`);
  }
}

export function changeSettings(settings: Map<string, string>, changes: readonly SettingChange[]): void {
  for (const { name, value } of changes) {
    if (value === null) {
      settings.delete(name);
    } else {
      settings.set(name, value);
    }
  }
}
