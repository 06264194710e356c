/** What the provider never reads into the state: the service sets it. Source: provider, `ignoredTopicSettings`. */
export const IGNORED_TOPIC_SETTINGS: readonly string[] = ['confluent.topic.type'];

/** The topic settings that the provider can change; it refuses any other before it asks the cluster. */
export const EDITABLE_TOPIC_SETTINGS: readonly string[] = [
  'cleanup.policy',
  'confluent.key.schema.validation',
  'confluent.key.subject.name.strategy',
  'confluent.schema.validation.context.name',
  'confluent.value.schema.validation',
  'confluent.value.subject.name.strategy',
  'delete.retention.ms',
  'max.compaction.lag.ms',
  'max.message.bytes',
  'message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms',
  'message.timestamp.difference.max.ms',
  'message.timestamp.type',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
  'segment.ms',
];
