import { didYouMean } from '../validation/nearest-name';
import { type Problems } from '../validation/problems';
import { FLAG, LONG, oneOf, problemOfSetting, type SettingRule, wholeNumber } from '../validation/setting-rule';
import { isRecordInCode } from '../validation/shape';

const SUBJECT_NAME_STRATEGY = oneOf(
  ...['TopicNameStrategy', 'RecordNameStrategy', 'TopicRecordNameStrategy'].map(
    (name) => `io.confluent.kafka.serializers.subject.${name}`,
  ),
);
const ANY_TEXT: SettingRule = { fits: (text) => text !== '', allowed: 'a text that is not empty' };

/**
 * The settings of a topic that can be chosen on Confluent Cloud, with their bounds on dedicated clusters, which are the
 * widest: other types of cluster refuse more at the apply. Sources: the keys that the provider can change
 * (`editableTopicSettings`), and Confluent's reference of topic configurations.
 */
const TOPIC_SETTINGS: Readonly<Record<string, SettingRule>> = {
  'cleanup.policy': oneOf('delete', 'compact', 'compact,delete', 'delete,compact'),
  'confluent.key.schema.validation': FLAG,
  'confluent.key.subject.name.strategy': SUBJECT_NAME_STRATEGY,
  'confluent.schema.validation.context.name': ANY_TEXT,
  'confluent.value.schema.validation': FLAG,
  'confluent.value.subject.name.strategy': SUBJECT_NAME_STRATEGY,
  'delete.retention.ms': wholeNumber(0, 60_566_400_000, 'milliseconds'),
  'max.compaction.lag.ms': wholeNumber(21_600_000, LONG, 'milliseconds'),
  'max.message.bytes': wholeNumber(0, 20_971_520, 'bytes'),
  'message.timestamp.after.max.ms': wholeNumber(0, LONG, 'milliseconds'),
  'message.timestamp.before.max.ms': wholeNumber(0, LONG, 'milliseconds'),
  'message.timestamp.difference.max.ms': wholeNumber(0, LONG, 'milliseconds'),
  'message.timestamp.type': oneOf('CreateTime', 'LogAppendTime'),
  'min.compaction.lag.ms': wholeNumber(0, LONG, 'milliseconds'),
  'min.insync.replicas': wholeNumber(1, 2, 'replicas'),
  'retention.bytes': wholeNumber(-1, LONG, 'bytes; -1 is without end'),
  'retention.ms': wholeNumber(-1, LONG, 'milliseconds; -1 is without end'),
  'segment.bytes': wholeNumber(52_428_800, 1_073_741_824, 'bytes'),
  'segment.ms': wholeNumber(600_000, LONG, 'milliseconds'),
};

/** Says what is wrong with the settings of a topic. */
export function checkTopicSettings(problems: Problems, property: string, config: unknown): void {
  const known = Object.keys(TOPIC_SETTINGS);
  const isMap = isRecordInCode(config);
  problems.refuseUnless(config === undefined || isMap, {
    property,
    received: config,
    allowed: 'settings by their names, written in code; their values may be expressions',
    advice: "Write it as in { 'retention.ms': '604800000' }.",
  });
  for (const [key, value] of Object.entries(isMap ? config : {})) {
    const at = `${property}['${key}']`;
    if (!Object.hasOwn(TOPIC_SETTINGS, key)) {
      problems.refuse({
        property: at,
        received: value,
        allowed: `the settings ${known.join(', ')}`,
        advice: adviceFor(key, known),
      });
      continue;
    }
    const problem = problemOfSetting(at, value, TOPIC_SETTINGS[key]);
    if (problem) {
      problems.require(false, problem);
    }
  }
  checkCompactionLags(problems, property, isMap ? config : {});
}

/** Kafka refuses a topic whose records may not be compacted yet when they must be. */
function checkCompactionLags(problems: Problems, property: string, config: Record<string, unknown>): void {
  const [least, most] = ['min', 'max'].map((which) => config[`${which}.compaction.lag.ms`]);
  const known = [least, most].every((lag) => typeof lag === 'string' && /^\d{1,19}$/.test(lag));
  problems.require(!known || BigInt(least as string) <= BigInt(most as string), {
    property: `${property}['min.compaction.lag.ms']`,
    received: least,
    allowed: `at most max.compaction.lag.ms, ${String(most)}`,
    advice: 'Lower the one or raise the other.',
  });
}

function adviceFor(key: string, known: readonly string[]): string {
  if (/partition/.test(key)) {
    return 'The number of partitions has a property of its own, `partitions`.';
  }
  return `${didYouMean(key, known)}Confluent Cloud sets any other itself, such as replication.factor and compression.type.`;
}
