import { removeAcls } from '../../../confluent-dr-lab/src/cloud/kafka/acls';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { type OperatingEvent } from '../../src/execute/operation-run';
import { MACHINE_CLOCK } from '../../src/execute/time-limits';
import { type FailoverRequest } from '../../src/plan/failover-request';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { nthOf, knownToHang } from '../support/known-to-hang';
import { closePairs, faulty, lose, operated, operationsOn, pairOf, produced, statesOf } from '../support/operating-lab';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

const PLANNED: FailoverRequest = { direction: 'failover', procedure: 'planned' };
const PARTIAL: FailoverRequest = { ...PLANNED, allow: { partial: true } };
const UNPLANNED: FailoverRequest = { direction: 'failover', procedure: 'unplanned' };
/** A fault of the secondary's operations that begins when they were validated. */
const onceValidated =
  (lab: DeployedLab, fault: { kind: 'cut' | 'unavailable' | 'hanging'; times?: number }) =>
  ({ type }: OperatingEvent): void =>
    void (type === 'validated' && faulty(lab, { ...fault, target: lab.member('secondary').clusterId, ...OPERATION }));

const OPERATION = { method: 'POST', path: 'mirrors:' } as const;

describe('a request whose outcome is unknown', () => {
  test('is looked up, not repeated, when the server did it and the answer broke off', async () => {
    const lab = await DeployedLab.start();
    const listener = onceValidated(lab, { kind: 'cut', times: 1 });
    const { ending } = await operated(lab, { request: PLANNED, listener });
    expect(ending.kind).toBe('done');
    expect(ending.attempts.map(({ outcome }) => outcome.kind)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(operationsOn(lab, 'secondary')).toEqual(['reverse-and-start-mirror']);
  });

  test.each(['unavailable', 'hanging'] as const)('(%s) is asked again once the truth shows nothing', async (kind) => {
    const lab = await DeployedLab.start();
    const listener = onceValidated(lab, { kind, times: 1 });
    if (kind === 'hanging') {
      knownToHang(nthOf(1, (asked) => asked.includes('/mirrors:') && !asked.includes('validate_only=true')));
    }
    const { ending, events, questions } = await operated(lab, { request: PLANNED, listener });
    expect(ending.kind).toBe('done');
    expect(ending.attempts.map(({ outcome }) => outcome.kind)).toEqual([
      ...['unknown', 'unknown', 'unknown'],
      ...['accepted', 'accepted', 'accepted'],
    ]);
    expect(events.some(({ type }) => type === 'stalled')).toBe(true);
    // The same is not asked about twice.
    expect(questions).toHaveLength(1);
  });

  test('is given up after some attempts, with the cause', async () => {
    const lab = await DeployedLab.start();
    const listener = onceValidated(lab, { kind: 'unavailable' });
    const { ending } = await operated(lab, { request: PLANNED, listener });
    expect(ending).toMatchObject({ kind: 'hindered', obstacles: [{ code: 'request-failed' }, {}, {}] });
    expect(ending.obstacles[0]).toMatchObject({
      message: expect.stringContaining('the service is unavailable') as string,
    });
    expect(operationsOn(lab, 'secondary')).toHaveLength(3);
  });
});

describe('a server with too much to do', () => {
  test('is asked again', async () => {
    const lab = await DeployedLab.start();
    const target = lab.member('secondary').clusterId;
    await faulty(lab, { kind: 'throttled', target, retryAfterSeconds: 0, ...OPERATION, times: 3 });
    const { ending } = await operated(lab, { request: PLANNED });
    expect(ending.kind).toBe('done');
    expect(await statesOf(lab)).toEqual(lab.topics.map(() => 'ACTIVE/STOPPED'));
  });
});

describe('all or nothing', () => {
  test('one topic that would be refused keeps all where they are, and is named', async () => {
    const lab = await DeployedLab.start();
    const target = lab.member('secondary').clusterId;
    await faulty(lab, { kind: 'mirror-refused', target, topic: 't0001', code: 400, message: 'Not today.' });
    const { ending, questions } = await operated(lab, { request: PLANNED });
    expect(ending).toMatchObject({
      kind: 'refused',
      attempts: [],
      obstacles: [{ topic: 't0001', code: 'operation-refused', message: 'Not today.' }],
    });
    expect(ending.obstacles).toHaveLength(1);
    expect(questions).toEqual([]);
    expect(operationsOn(lab, 'secondary')).toEqual([]);
    expect(await statesOf(lab)).toEqual(lab.topics.map(() => 'topic/ACTIVE'));
  });

  test('where the service takes no request to validate, nothing is done either', async () => {
    const lab = await DeployedLab.start();
    await faulty(lab, { kind: 'unavailable', target: lab.member('secondary').clusterId, ...OPERATION });
    const { ending } = await operated(lab, { request: PLANNED });
    expect(ending).toMatchObject({ kind: 'refused', attempts: [], obstacles: [{ code: 'request-failed' }, {}, {}] });
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('ACLs that only the later reversal needs keep a failback from discarding anything', async () => {
    const lab = await DeployedLab.start();
    const bring = await lose(lab, 'primary');
    await produced(lab, 'primary', 2);
    await operated(lab, { request: UNPLANNED });
    await bring();
    await lab.wait(1000);
    await lab.cloud.perform((state) => {
      removeAcls(findKafkaCluster(state, lab.member('primary').clusterId), { resourceName: 't0001' });
    });
    const { ending } = await operated(lab, { request: { direction: 'failback', allow: { truncation: true } } });
    expect(ending).toMatchObject({
      kind: 'refused',
      attempts: [],
      discarded: [],
      plan: { refusals: [{ code: 'acls-missing', topic: 't0001' }] },
    });
    expect(operationsOn(lab, 'primary')).toEqual([]);
  });
});

describe('topics that are refused in a 200', () => {
  test('do not keep the others half turned, and are told with the cause', async () => {
    const lab = await DeployedLab.start();
    const target = lab.member('secondary').clusterId;
    await faulty(lab, { kind: 'mirror-refused', target, topic: 't0001', code: 400, message: 'Not today.' });
    const { ending } = await operated(lab, { request: PARTIAL });
    expect(ending).toMatchObject({ kind: 'hindered', obstacles: [{ topic: 't0001', code: 'operation-refused' }] });
    expect(ending.obstacles[0]).toMatchObject({ message: expect.stringContaining('Not today.') as string });
    expect(await statesOf(lab)).toEqual(['ACTIVE/STOPPED', 'topic/ACTIVE', 'ACTIVE/STOPPED']);
  });

  test('are asked again alone, and go on when the cause is gone', async () => {
    const lab = await DeployedLab.start();
    const target = lab.member('secondary').clusterId;
    const cure = await faulty(lab, { kind: 'mirror-refused', target, topic: 't0001', code: 400, message: 'Not yet.' });
    let answers = 0;
    const { ending, events } = await operated(lab, {
      request: PARTIAL,
      listener: ({ type }) => {
        answers += Number(type === 'answered');
        if (type === 'answered' && answers === 2) {
          void cure();
        }
      },
    });
    expect(ending.kind).toBe('done');
    const requests = events.flatMap((event) => (event.type === 'requesting' ? [event.topics] : []));
    expect(requests).toEqual([['t0000', 't0001', 't0002'], ['t0001'], ['t0001']]);
  });
});

describe('a member that goes away in the middle', () => {
  test('is waited for, and nothing else is done instead', async () => {
    const lab = await DeployedLab.start();
    let bring = (): Promise<void> => Promise.resolve();
    const { ending, events, questions } = await operated(lab, {
      request: { direction: 'failover' },
      listener: ({ type }) => {
        if (type === 'answered') {
          void lose(lab, 'primary').then((back) => (bring = back));
        }
        if (type === 'lost-contact') {
          void bring();
        }
      },
    });
    expect(events.some(({ type }) => type === 'lost-contact')).toBe(true);
    expect(ending).toMatchObject({ kind: 'done', plan: { procedure: 'planned' } });
    expect(operationsOn(lab, 'secondary')).toEqual(['reverse-and-start-mirror']);
    expect(questions.map(({ kind }) => kind)).toEqual(['switch-over']);
  });

  test('for good ends it with the cause, and says that something was begun', async () => {
    const lab = await DeployedLab.start();
    const { ending } = await operated(lab, {
      request: PLANNED,
      listener: ({ type }) => void (type === 'answered' && lose(lab, 'primary')),
    });
    expect(ending).toMatchObject({ kind: 'refused', plan: { refusals: [{ code: 'member-away' }, {}, {}] } });
    expect(ending.attempts).toHaveLength(3);
  });
});

describe('time and interruption', () => {
  test('a mirror that never turns ends it at the time limit, with what was seen last', async () => {
    const lab = await DeployedLab.start();
    await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
    const { ending } = await operated(lab, { request: PLANNED, timeouts: { timeLimitMs: 60_000 } });
    expect(ending.kind).toBe('time-limit');
    const [{ sides }] = ending.observation!.topics;
    expect([sides.primary, sides.secondary]).toMatchObject([
      { status: 'PENDING_MIRROR' },
      { status: 'PENDING_SYNCHRONIZE' },
    ]);
    expect(operationsOn(lab, 'secondary')).toHaveLength(1);
  });

  test('a member that hangs does not outlast the time limit', async () => {
    const lab = await DeployedLab.start();
    await faulty(lab, { kind: 'hanging', target: lab.member('primary').clusterId });
    const { ending } = await operated(lab, { request: PLANNED, timeouts: { timeLimitMs: 200 }, clock: MACHINE_CLOCK });
    expect(ending).toMatchObject({ kind: 'time-limit', attempts: [] });
  });

  test('while somebody thinks, the time limit stands still, and what has changed meanwhile is looked at', async () => {
    const lab = await DeployedLab.start();
    const { ending, events } = await operated(lab, {
      request: PLANNED,
      timeouts: { timeLimitMs: 60_000 },
      confirm: async () => {
        await lab.wait(3_600_000);
        return true;
      },
    });
    expect(ending.kind).toBe('done');
    const types = events.map(({ type }) => type);
    expect(types.slice(0, types.indexOf('requesting'))).toEqual(['planned', 'validated', 'asked', 'planned']);
  });

  test('interrupted before anything was asked of a cluster, nothing is', async () => {
    const lab = await DeployedLab.start();
    const controller = new AbortController();
    const { ending } = await operated(lab, {
      request: PLANNED,
      signal: controller.signal,
      confirm: () => {
        controller.abort();
        return Promise.resolve(true);
      },
    });
    expect(ending).toMatchObject({ kind: 'interrupted', attempts: [] });
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('interrupted while a request is under way, its answer is waited for, and what is under way is told', async () => {
    const lab = await DeployedLab.start();
    const controller = new AbortController();
    const { ending } = await operated(lab, {
      request: PLANNED,
      signal: controller.signal,
      listener: ({ type }) => type === 'requesting' && controller.abort(),
    });
    expect(ending.kind).toBe('interrupted');
    expect(ending.attempts.map(({ outcome }) => outcome.kind)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(ending.observation!.topics[0].sides.secondary).toMatchObject({ status: 'PENDING_SYNCHRONIZE' });
  });
});

describe('two operators at once', () => {
  test('who want the same both come to the end, and the operation is done once', async () => {
    const lab = await DeployedLab.start();
    const both = await Promise.all([operated(lab, { request: PLANNED }), operated(lab, { request: PLANNED })]);
    expect(both.map(({ ending }) => ending.kind)).toEqual(['done', 'done']);
    expect(await statesOf(lab)).toEqual(lab.topics.map(() => 'ACTIVE/STOPPED'));
  });

  test('who want the opposite do not fight: the one that sees it stops, and says so', async () => {
    const lab = await DeployedLab.start();
    const pair = pairOf(lab);
    let [turned, back] = [false, undefined as Promise<unknown> | undefined];
    for (const { kafka } of Object.values(pair.members)) {
      const mirrors = kafka.mirrors.bind(kafka);
      kafka.mirrors = async (...words) => {
        if (turned) {
          back ??= operated(lab, { request: { direction: 'failback' } });
          await back;
        }
        return mirrors(...words);
      };
    }
    const { ending } = await operated(lab, {
      request: PLANNED,
      pair,
      listener: (event) => {
        turned ||= event.type === 'progress' && event.reached === event.of;
      },
    });
    expect(ending).toMatchObject({ kind: 'hindered', obstacles: [{ code: 'turned-back' }, {}, {}] });
    expect(operationsOn(lab, 'secondary')).toHaveLength(1);
    expect(await statesOf(lab)).toEqual(lab.topics.map(() => 'STOPPED/ACTIVE'));
  });
});

describe('the loss of an unplanned failover', () => {
  /** Records that the mirror knows of and does not have. */
  async function lagging(): Promise<DeployedLab> {
    const lab = await DeployedLab.start({ partitions: 1 });
    await faulty(lab, { kind: 'replication-held', target: lab.member('secondary').clusterId });
    await produced(lab, 'primary', 4);
    await lab.wait(1000);
    await lose(lab, 'primary');
    return lab;
  }
  const LOST = [{ topic: 't0000', partition: 0, records: 4 }];

  test('is told before anything is done, and after', async () => {
    const { ending, questions } = await operated(await lagging(), { request: UNPLANNED });
    expect(questions).toMatchObject([{ kind: 'loss', records: LOST }]);
    expect(ending).toMatchObject({ kind: 'done', lost: LOST });
  });

  test('is told although the answer broke off', async () => {
    const lab = await lagging();
    await faulty(lab, { kind: 'cut', target: lab.member('secondary').clusterId, ...OPERATION, times: 1 });
    expect((await operated(lab, { request: UNPLANNED })).ending).toMatchObject({ kind: 'done', lost: LOST });
  });

  test('is told when it is run again', async () => {
    const lab = await lagging();
    await operated(lab, { request: UNPLANNED });
    expect((await operated(lab, { request: UNPLANNED })).ending).toMatchObject({
      kind: 'done',
      attempts: [],
      lost: LOST,
    });
  });
});
