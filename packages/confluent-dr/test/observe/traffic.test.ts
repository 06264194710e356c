import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { consume } from '../../../confluent-dr-lab/src/cloud/kafka/traffic';
import { type OperatingClock } from '../../src/execute/time-limits';
import { type Role } from '../../src/observe/pair-observation';
import { isQuiet, readTraffic } from '../../src/observe/traffic';
import { trafficInWords } from '../../src/words/progress';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { closePairs, labClock, operated, operationsOn, pairOf, produced, statesOf } from '../support/operating-lab';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

const started = (): Promise<DeployedLab> =>
  DeployedLab.start({ topics: ['orders', 'payments'], timing: { groupSessionMs: 1e9 } });
const reversal = {
  operation: 'reverse-and-start-mirror',
  on: 'secondary',
  topics: [{ name: 'orders' }, { name: 'payments' }],
} as const;
const planned = { direction: 'failover', procedure: 'planned' } as const;

/** Whose producer sends a record to a topic in each pause, as often as told. */
function producing(lab: DeployedLab, times = Infinity): OperatingClock {
  const clock = labClock(lab);
  let left = times;
  return {
    ...clock,
    sleep: async (ms) => {
      left -= 1;
      if (left >= 0) {
        await produced(lab, 'primary', 3, 'orders');
      }
      await clock.sleep(ms);
    },
  };
}

const consumed = (lab: DeployedLab, role: Role, most: number): Promise<void> =>
  lab.cloud.perform((state) => {
    consume(state, findKafkaCluster(state, lab.member(role).clusterId), 'orders', 'billing', most);
  });

test('a topic that grows has producers, one that stands still has none', async () => {
  const lab = await started();
  await produced(lab, 'primary', 20, 'payments');
  await lab.wait(1000);
  const busy = await readTraffic(pairOf(lab), reversal, producing(lab));
  expect(busy).toMatchObject({
    on: 'primary',
    seconds: 1,
    producing: [{ topic: 'orders', records: 3 }],
    groups: [],
    untold: [],
  });
  expect(isQuiet(busy)).toBe(false);
  expect(trafficInWords(busy)).toEqual([
    'On the primary clients are still at work; the reversal would take the topics away from them.',
    'Producers: 3 records came within 1.0 s to topic orders.',
  ]);
  const quiet = await readTraffic(pairOf(lab), reversal, labClock(lab));
  expect(quiet).toMatchObject({ producing: [], untold: [] });
  expect(isQuiet(quiet)).toBe(true);
});

test('a group with members that is behind is at work, one without is shown alone', async () => {
  const lab = await started();
  await produced(lab, 'primary', 5, 'orders');
  await consumed(lab, 'primary', 2);
  const behind = await readTraffic(pairOf(lab), reversal, labClock(lab));
  expect(behind.groups).toEqual([{ group: 'billing', state: 'STABLE', isActive: true, unread: 3, topics: ['orders'] }]);
  expect(isQuiet(behind)).toBe(false);
  await consumed(lab, 'primary', 3);
  expect((await readTraffic(pairOf(lab), reversal, labClock(lab))).groups).toEqual([]);
  await produced(lab, 'primary', 4, 'orders');
  await lab.wait(2e9);
  const left = await readTraffic(pairOf(lab), reversal, labClock(lab));
  expect(left.groups).toEqual([{ group: 'billing', state: 'EMPTY', isActive: false, unread: 4, topics: ['orders'] }]);
  expect(isQuiet(left)).toBe(true);
});

test('a truncation is in the way of each group with members, behind or not', async () => {
  const lab = await started();
  await consumed(lab, 'primary', 1);
  const step = { ...reversal, operation: 'truncate-and-restore', on: 'primary' } as const;
  const seen = await readTraffic(pairOf(lab), step, labClock(lab));
  expect(seen).toMatchObject({ on: 'primary', producing: [], untold: [] });
  expect(seen.groups.map(({ group, unread }) => [group, unread])).toEqual([['billing', 0]]);
  expect(isQuiet(seen)).toBe(false);
});

test('what nobody tells is not quiet', async () => {
  const lab = await started();
  const pair = pairOf(lab);
  jest.spyOn(pair.members.primary.kafka, 'consumerGroups').mockRejectedValue(
    // As a cluster answers that has no such list.
    await failureOf(lab),
  );
  const seen = await readTraffic(pair, reversal, labClock(lab));
  expect(seen.untold).toEqual([{ code: 'groups', message: expect.any(String) as string }]);
  expect(isQuiet(seen)).toBe(false);
  expect(trafficInWords(seen)[0]).toBe('On the primary it is not known whether clients are still at work.');
});

async function failureOf(lab: DeployedLab): Promise<Error> {
  const { kafka } = pairOf(lab, { primary: { credentials: { key: 'none', secret: 'none' } } }).members.primary;
  return kafka.consumerGroups().then(
    () => new Error('It was answered.'),
    (error: Error) => error,
  );
}

describe('a planned failover', () => {
  test('without a time to wait tells it before the question, and goes on', async () => {
    const lab = await started();
    const { ending, events } = await operated(lab, { request: planned, traffic: {}, clock: producing(lab, 1) });
    expect(ending).toMatchObject({ kind: 'done', traffic: { producing: [{ topic: 'orders', records: 3 }] } });
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type === 'traffic')).toHaveLength(1);
    expect(types.indexOf('traffic')).toBeLessThan(types.indexOf('asked'));
  });

  test('waits until the producers have stopped', async () => {
    const lab = await started();
    const clock = producing(lab, 5);
    const { ending, events } = await operated(lab, { request: planned, traffic: { drainMs: 60_000 }, clock });
    expect([ending.kind, ending.traffic!.producing]).toEqual(['done', []]);
    const looks = events.filter((event) => event.type === 'traffic' && !event.isFinal);
    // Five that were busy, three that were quiet.
    expect(looks).toHaveLength(8);
    expect(await statesOf(lab)).toEqual(['ACTIVE/STOPPED', 'ACTIVE/STOPPED']);
  });

  test('is refused, and changes nothing, if they do not stop', async () => {
    const lab = await started();
    const { ending, questions } = await operated(lab, {
      request: planned,
      traffic: { drainMs: 10_000 },
      clock: producing(lab),
    });
    expect(ending).toMatchObject({ kind: 'busy', traffic: { producing: [{ topic: 'orders', records: 3 }] } });
    expect([questions, operationsOn(lab, 'secondary')]).toEqual([[], []]);
  });
});

test('an unplanned failover looks at no clients', async () => {
  const lab = await started();
  const request = {
    direction: 'failover',
    procedure: 'unplanned',
    allow: { unplannedWhileActiveAnswers: true },
  } as const;
  const { ending } = await operated(lab, { request, traffic: { drainMs: 1000 }, clock: producing(lab) });
  expect([ending.kind, ending.traffic]).toEqual(['done', undefined]);
  expect(lab.callsOf('primary', 'GET', '/consumer-groups')).toEqual([]);
});
