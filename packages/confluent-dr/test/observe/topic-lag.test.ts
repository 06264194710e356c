import { type MirrorStatus, type SideOfTopic, type TopicObservation } from '../../src/observe/pair-observation';
import { topicLag } from '../../src/observe/topic-lag';

const mirror = (status: MirrorStatus, ...lags: number[]): SideOfTopic => ({
  kind: 'mirror',
  topicName: 'orders',
  sourceTopicName: 'orders',
  linkName: 'link',
  status,
  transitionErrors: [],
  lags: lags.map((lag, partition) => ({ partition, lag })),
  partitions: lags.length,
});
const plain: SideOfTopic = { kind: 'topic', topicName: 'orders', partitions: 2 };
const unknown: SideOfTopic = { kind: 'unknown', topicName: 'orders', cause: 'away' };
const topic = (primary: SideOfTopic, secondary: SideOfTopic): TopicObservation => ({
  name: 'orders',
  sides: { primary, secondary },
});

describe('how far a mirror is behind', () => {
  test('is what it tells, by partition and in all', () => {
    expect(topicLag(topic(plain, mirror('ACTIVE', 3, 4)))).toEqual({
      topic: 'orders',
      kind: 'measured',
      mirrorOn: 'secondary',
      status: 'ACTIVE',
      records: 7,
      partitions: [
        { partition: 0, records: 3 },
        { partition: 1, records: 4 },
      ],
    });
  });

  test('is told by the side that follows, whichever it is', () => {
    expect(topicLag(topic(mirror('PAUSED', 1), mirror('STOPPED', 9)))).toMatchObject({
      mirrorOn: 'primary',
      kind: 'measured',
      records: 1,
    });
  });

  test('is of old where it has stopped', () => {
    expect(topicLag(topic(plain, mirror('STOPPED', 2)))).toMatchObject({ kind: 'frozen', records: 2 });
    expect(topicLag(topic(mirror('STOPPED', 1), mirror('STOPPED', 2)))).toEqual({
      topic: 'orders',
      kind: 'frozen',
      partitions: [],
    });
  });

  test('is not made up', () => {
    const partly = { ...mirror('ACTIVE', 3), partitions: 2 } as SideOfTopic;
    expect(topicLag(topic(plain, partly))).toMatchObject({ partitions: [{ partition: 0, records: 3 }] });
    expect(topicLag(topic(plain, partly))).not.toHaveProperty('records');
    expect(topicLag(topic(plain, mirror('ACTIVE')))).not.toHaveProperty('records');
    expect(topicLag(topic(plain, unknown))).toMatchObject({ kind: 'unknown' });
    expect(topicLag(topic(mirror('STOPPED', 2), unknown))).toMatchObject({ kind: 'unknown' });
    expect(topicLag(topic(plain, plain))).toMatchObject({ kind: 'none' });
  });
});
