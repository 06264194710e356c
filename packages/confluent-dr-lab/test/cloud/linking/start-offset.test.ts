import { createTopic } from '../../../src/cloud/kafka/topics';
import { consume, produce } from '../../../src/cloud/kafka/traffic';
import { alterLink } from '../../../src/cloud/linking/links';
import { findSide } from '../../../src/cloud/linking/lookup';
import { mirrorLags } from '../../../src/cloud/linking/mirror-lags';
import { createMirror } from '../../../src/cloud/linking/mirrors';
import { LINK, ModelPair, START } from '../support/model-pair';

const HOUR = 60 * 60 * 1000;

/** `payments`, with three records of the first hour and two of the third, mirrored by a link with this setting. */
function mirrored(spec: string): ModelPair {
  const pair = new ModelPair({ 'mirror.start.offset.spec': spec });
  pair.do((state) => createTopic(state, pair.cluster('primary'), { name: 'payments', partitions: 1 }));
  pair.do((state) => produce(state, pair.cluster('primary'), 'payments', 3));
  pair.wait(2 * HOUR);
  pair.do((state) => produce(state, pair.cluster('primary'), 'payments', 2));
  pair.wait(HOUR);
  pair.do((state) => createMirror(state, pair.side('secondary'), { sourceTopicName: 'payments' }));
  pair.wait(200);
  return pair;
}

const read = (pair: ModelPair, side: 'primary' | 'secondary'): [number, string][] =>
  pair
    .do((state) => consume(state, pair.cluster(side), 'payments', `reader of ${side}`, 100))
    .map(({ offset, name }) => [offset, name]);

describe('a mirror', () => {
  test.each([
    ['earliest', 0],
    [new Date(START + HOUR).toISOString(), 3],
    [new Date(START - HOUR).toISOString(), 0],
    ['latest', 5],
  ])('of a link with the start offset %s begins at offset %i, under the offsets of its source', (spec, start) => {
    const pair = mirrored(spec);
    expect(read(pair, 'secondary')).toEqual(read(pair, 'primary').slice(start));
    pair.do((state) => produce(state, pair.cluster('primary'), 'payments', 4));
    pair.wait(200);
    expect(read(pair, 'secondary')).toEqual(read(pair, 'primary'));
    expect(mirrorLags(pair.state, pair.side('secondary'), pair.side('secondary').mirrors.get('payments')!)).toEqual([
      { partition: 0, lag: 0, lastSourceFetchOffset: 9 },
    ]);
  });

  test.each(['yesterday', '2030-13-01T00:00:00Z', '0'])('is not made by a link that shall start at %j', (value) => {
    const pair = new ModelPair();
    const side = findSide(pair.state, pair.member('secondary').clusterId, LINK);
    expect(() => alterLink(side, [{ name: 'mirror.start.offset.spec', value }])).toThrow(/earliest, latest or an ISO/);
  });
});
