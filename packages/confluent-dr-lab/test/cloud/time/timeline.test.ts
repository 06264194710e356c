import { consume } from '../../../src/cloud/kafka/traffic';
import { type CloudState } from '../../../src/cloud/state';
import { Timeline } from '../../../src/cloud/time/timeline';
import { ModelPair, STEP, TOPIC } from '../support/model-pair';

const SYNCS = {
  'topic.config.sync.ms': '1000',
  'consumer.offset.sync.enable': 'true',
  'consumer.offset.sync.ms': '1000',
  'consumer.offset.group.filters': '{"groupFilters":[{"name":"*","patternType":"LITERAL","filterType":"INCLUDE"}]}',
};

describe('Timeline', () => {
  function busyPair(): { pair: ModelPair; timeline: Timeline } {
    const pair = new ModelPair(SYNCS, { fetchRecords: 3 });
    pair.produce('primary', 500);
    pair.do((state) => consume(state, pair.cluster('primary'), TOPIC, 'billing', 100));
    pair.operate('secondary', 'reverse-and-start-mirror');
    return { pair, timeline: new Timeline(pair.state) };
  }

  test('comes to the same cloud however often it is looked at on the way', () => {
    const play = (looks: number): CloudState => {
      const { pair, timeline } = busyPair();
      for (let look = 1; look <= looks; look += 1) {
        timeline.observe(pair.now + (look * 20 * STEP) / looks, () => undefined);
      }
      return pair.state;
    };
    const unwatched = play(1);
    expect(play(400)).toEqual(unwatched);
    expect(unwatched.now).toBe(busyPair().pair.now + 20 * STEP);
  });

  test('shows each thing at the time at which it happens, and not before', () => {
    const { pair, timeline } = busyPair();
    const statusAfter = (elapsed: number): unknown =>
      timeline.observe(pair.now + elapsed, () => pair.mirror('secondary')?.status);
    timeline.perform(pair.now, () => pair.mirror('secondary')!.fetchedTo.fill(0));
    expect(statusAfter(STEP / 2)).toBe('PENDING_SYNCHRONIZE');
    expect(statusAfter(60 * STEP)).toBe('STOPPED');
  });

  test('notices what a command has changed, however far off the next event was before', () => {
    const pair = new ModelPair();
    const timeline = new Timeline(pair.state);
    timeline.observe(pair.now, () => undefined);
    timeline.perform(pair.now, () =>
      pair.cluster('primary').topics.get(TOPIC)!.partitions[0].runs.push({ batch: 9, first: 0, count: 4 }),
    );
    timeline.perform(pair.now, () => (pair.cluster('primary').topics.get(TOPIC)!.partitions[0].end = 4));
    timeline.observe(pair.now + 200, () => undefined);
    expect(pair.records('secondary')).toHaveLength(4);
  });

  test('does not go through the mirrors to be looked at while nothing happens', () => {
    const pair = new ModelPair();
    const timeline = new Timeline(pair.state);
    timeline.observe(pair.now, () => undefined);
    const walked = [pair.side('primary'), pair.side('secondary')].map(({ mirrors }) => jest.spyOn(mirrors, 'values'));
    for (let look = 0; look < 10; look += 1) {
      timeline.observe(pair.now + look * STEP, () => undefined);
    }
    expect(walked.map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    expect(pair.state.now).toBe(pair.now + 9 * STEP);
    timeline.perform(pair.now + 9 * STEP, () => undefined);
    expect(walked.every(({ mock }) => mock.calls.length > 0)).toBe(true);
  });
});
