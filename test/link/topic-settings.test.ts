import { checkTopicSettings } from '../../lib/link/topic-settings';
import { Problems } from '../../lib/validation/problems';

const complaintsAbout = (config: unknown): string[] => {
  const problems = new Problems();
  checkTopicSettings(problems, 'config', config);
  return problems.list();
};

/** By the setting: values that Confluent Cloud takes on a dedicated cluster, and values that it refuses. */
const VALUES: Record<string, [right: string[], wrong: unknown[]]> = {
  'cleanup.policy': [
    ['delete', 'compact', 'compact,delete'],
    ['Compact', 'compact, delete', ''],
  ],
  'confluent.value.schema.validation': [
    ['true', 'false'],
    ['1', 'True', true],
  ],
  'confluent.key.subject.name.strategy': [
    ['io.confluent.kafka.serializers.subject.RecordNameStrategy'],
    ['RecordNameStrategy'],
  ],
  'delete.retention.ms': [
    ['0', '60566400000'],
    ['60566400001', '-1', '1.5', '1e3'],
  ],
  'max.compaction.lag.ms': [
    ['21600000', '9223372036854775807'],
    ['21599999', '9223372036854775808'],
  ],
  'max.message.bytes': [['0', '20971520'], ['20971521']],
  'message.timestamp.type': [['CreateTime', 'LogAppendTime'], ['logAppendTime']],
  'min.insync.replicas': [
    ['1', '2'],
    ['0', '3'],
  ],
  'retention.bytes': [
    ['-1', '0'],
    ['-2', 'unlimited'],
  ],
  'retention.ms': [
    ['-1', '604800000'],
    ['-2', '7d', '', ' 1', 604800000, null],
  ],
  'segment.bytes': [
    ['52428800', '1073741824'],
    ['52428799', '1073741825'],
  ],
  'segment.ms': [['600000'], ['599999', '-1']],
};

describe('the settings of a topic', () => {
  for (const [key, [right, wrong]] of Object.entries(VALUES)) {
    for (const value of right) {
      test(`take ${key} = ${value}`, () => {
        expect(complaintsAbout({ [key]: value })).toEqual([]);
      });
    }
    for (const value of wrong) {
      test(`refuse ${key} = ${JSON.stringify(value)}`, () => {
        expect(complaintsAbout({ [key]: value })).toEqual([
          expect.stringMatching(/^config\['[a-z.]+'\]: received .*, allowed: .+\. .+\.$/),
        ]);
      });
    }
  }

  test.each([
    ['cleanup_policy', "Did you mean 'cleanup.policy'?"],
    ['retentionMs', "Did you mean 'retention.ms'?"],
    ['max.mesage.bytes', "Did you mean 'max.message.bytes'?"],
    ['replication.factor', 'Confluent Cloud sets any other itself, such as replication.factor'],
    ['compression.type', 'Confluent Cloud sets any other itself'],
    ['num.partitions', 'The number of partitions has a property of its own, `partitions`.'],
    ['toString', 'Confluent Cloud sets any other itself'],
  ])('are not %s', (key, advice) => {
    const [complaint, ...more] = complaintsAbout({ [key]: '3' });
    expect(complaint).toContain(`config['${key}']: received '3', allowed: the settings cleanup.policy, confluent.key`);
    expect(complaint).toContain(advice);
    expect(more).toEqual([]);
  });

  test.each(['retention.ms=1', ['retention.ms'], null])('are no %j', (config) => {
    expect(complaintsAbout(config)).toEqual([expect.stringContaining('config: received ')]);
  });
});
