import { progressOf } from '../../src/execute/operation-run';
import { type MirrorStatus, type PairObservation } from '../../src/observe/pair-observation';

/** A topic whose mirror on the primary has this status, and lacks so many records. */
function seen(status: MirrorStatus, lag: number): PairObservation {
  const member = (clusterId: string) => ({
    clusterId,
    dataPlane: { kind: 'answers' as const },
    link: { kind: 'unknown' as const, cause: 'not looked at' },
  });
  const side = (own: MirrorStatus, lacks: number): PairObservation['topics'][number]['sides']['primary'] => ({
    kind: 'mirror',
    topicName: 'orders',
    sourceTopicName: 'orders',
    linkName: 'link',
    status: own,
    lags: [{ partition: 0, lag: lacks }],
    transitionErrors: [],
    partitions: 1,
  });
  return {
    members: { primary: member('lkc-aaaaa'), secondary: member('lkc-bbbbb') },
    topics: [{ name: 'orders', sides: { primary: side(status, lag), secondary: side('STOPPED', 0) } }],
  };
}

const shape = (observation: PairObservation): string =>
  progressOf(observation, new Set(['orders']), { primary: 'ACTIVE' }).shape;

test('a mirror that catches up moves', () => {
  expect(shape(seen('ACTIVE', 5))).not.toBe(shape(seen('ACTIVE', 4)));
});

test('a mirror that failed does not move because its source grows, which would be waited for without end', () => {
  expect(shape(seen('FAILED', 5))).toBe(shape(seen('FAILED', 500)));
  expect(shape(seen('FAILED', 5))).not.toBe(shape(seen('ACTIVE', 5)));
});
