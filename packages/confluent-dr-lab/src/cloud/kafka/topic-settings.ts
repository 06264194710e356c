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

const READ_ONLY = ['confluent.topic.type', 'unclean.leader.election.enable'];

export interface TopicSetting {
  readonly name: string;
  readonly value: string;
  readonly defaultValue: string;
  readonly isDefault: boolean;
  readonly isReadOnly: boolean;
}

/** A wish to set something, or with null to go back to the default. */
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

export function checkSettings(changes: readonly SettingChange[]): void {
  for (const { name } of changes) {
    if (!DEFAULTS.has(name)) {
      throw invalid(`Unknown topic config name: ${name}`);
    }
    if (READ_ONLY.includes(name)) {
      throw invalid(`Config property '${name}' with a value is read-only and cannot be changed.`);
    }
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
