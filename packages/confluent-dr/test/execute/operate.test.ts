import { type FailoverRequest } from '../../src/plan/failover-request';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { closePairs, faulty, lose, operated, operationsOn, produced, statesOf } from '../support/operating-lab';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

const PLANNED: FailoverRequest = { direction: 'failover', procedure: 'planned' };
const UNPLANNED: FailoverRequest = { direction: 'failover', procedure: 'unplanned' };
const FAILBACK: FailoverRequest = { direction: 'failback' };

const all = (lab: DeployedLab, state: string): string[] => lab.topics.map(() => state);

describe('a planned failover', () => {
  test('turns all topics by one request, and ends when both sides show it', async () => {
    const lab = await DeployedLab.start();
    const { ending, questions } = await operated(lab, { request: PLANNED });
    expect(ending).toMatchObject({ kind: 'done', obstacles: [], lost: [], discarded: [] });
    expect(await statesOf(lab)).toEqual(all(lab, 'ACTIVE/STOPPED'));
    expect(operationsOn(lab, 'secondary')).toEqual(['reverse-and-start-mirror']);
    expect(operationsOn(lab, 'primary')).toEqual([]);
    expect(questions.map(({ kind }) => kind)).toEqual(['switch-over']);
    expect(ending.attempts.map(({ topic, outcome }) => `${topic} ${outcome.kind}`)).toEqual(
      lab.topics.map((topic) => `${topic} accepted`),
    );
  });

  test('does nothing that was not agreed to', async () => {
    const lab = await DeployedLab.start();
    const { ending } = await operated(lab, { request: PLANNED, confirm: () => Promise.resolve(false) });
    expect(ending).toMatchObject({ kind: 'declined', declined: { kind: 'switch-over' }, attempts: [] });
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('of some topics leaves the others alone', async () => {
    const lab = await DeployedLab.start();
    const { ending } = await operated(lab, { request: { ...PLANNED, topics: ['t0001'] } });
    expect(ending.kind).toBe('done');
    expect(await statesOf(lab)).toEqual(['topic/ACTIVE', 'ACTIVE/STOPPED', 'topic/ACTIVE']);
  });

  test('has nothing to do the second time', async () => {
    const lab = await DeployedLab.start();
    await operated(lab, { request: PLANNED });
    const { ending, questions } = await operated(lab, { request: PLANNED });
    expect(ending).toMatchObject({ kind: 'done', attempts: [] });
    expect(questions).toEqual([]);
    expect(operationsOn(lab, 'secondary')).toHaveLength(1);
  });

  test('and back again by the same way', async () => {
    const lab = await DeployedLab.start();
    await operated(lab, { request: PLANNED });
    const { ending } = await operated(lab, { request: FAILBACK });
    expect(ending.kind).toBe('done');
    expect(await statesOf(lab)).toEqual(all(lab, 'STOPPED/ACTIVE'));
    expect(operationsOn(lab, 'primary')).toEqual(['reverse-and-start-mirror']);
  });
});

describe('where one member waits for the other to connect', () => {
  /** What the provider sends for a link of connection_mode INBOUND: no keys. */
  const inbound = (role: 'primary' | 'secondary') => ({
    linkSettings: {
      [role]: { 'connection.mode': 'INBOUND', 'sasl.jaas.config': '', 'local.sasl.jaas.config': '' },
    },
  });

  test.each(['primary', 'secondary'] as const)(
    'the %s, a planned failover and the failback turn all topics',
    async (role) => {
      const lab = await DeployedLab.start(inbound(role));
      expect((await operated(lab, { request: PLANNED })).ending).toMatchObject({
        kind: 'done',
        obstacles: [],
        lost: [],
      });
      expect(await statesOf(lab)).toEqual(all(lab, 'ACTIVE/STOPPED'));
      expect((await operated(lab, { request: FAILBACK })).ending).toMatchObject({ kind: 'done', discarded: [] });
      expect(await statesOf(lab)).toEqual(all(lab, 'STOPPED/ACTIVE'));
    },
  );

  test.each(['primary', 'secondary'] as const)(
    'the %s, an unplanned failover works without the primary, and so does the way back',
    async (role) => {
      const lab = await DeployedLab.start(inbound(role));
      const bringBack = await lose(lab, 'primary');
      expect((await operated(lab, { request: UNPLANNED })).ending.kind).toBe('done');
      await bringBack();
      await lab.wait(1000);
      const back = await operated(lab, { request: FAILBACK, askable: { truncation: true } });
      expect(back.ending.kind).toBe('done');
      expect(await statesOf(lab)).toEqual(all(lab, 'STOPPED/ACTIVE'));
    },
  );
});

describe('an unplanned failover', () => {
  test('tells what is lost before and after, and asks first', async () => {
    const lab = await DeployedLab.start();
    await lose(lab, 'primary');
    const { ending, questions } = await operated(lab, { request: UNPLANNED });
    expect(ending).toMatchObject({ kind: 'done', lost: [] });
    expect(questions.map(({ kind }) => kind)).toEqual(['loss']);
    expect((await statesOf(lab)).map((state) => state.replace(/.*\//, ''))).toEqual(all(lab, 'STOPPED'));
  });

  test('is proposed where the primary is gone, and stays what was proposed', async () => {
    const lab = await DeployedLab.start();
    await lose(lab, 'primary');
    const { ending } = await operated(lab, { request: { direction: 'failover' } });
    expect(ending).toMatchObject({ kind: 'done', plan: { procedure: 'unplanned' } });
  });

  test('does not ask the member that is gone again and again while it waits', async () => {
    const lab = await DeployedLab.start({ timing: { mirrorTransitionMs: 60_000 } });
    await faulty(lab, { kind: 'unavailable', target: lab.member('primary').clusterId });
    const { ending, events } = await operated(lab, { request: UNPLANNED });
    expect(ending.kind).toBe('done');
    expect(events.filter(({ type }) => type === 'progress').length).toBeGreaterThan(20);
    // A whole look is six requests, each tried twice.
    const looks = events.filter(({ type }) => type === 'planned').length;
    expect(lab.callsOf('primary', 'GET')).toHaveLength(looks * 6 * 2);
  });

  test('the other way brings the primary back when the secondary is gone', async () => {
    const lab = await DeployedLab.start();
    await operated(lab, { request: PLANNED });
    await lose(lab, 'secondary');
    const { ending } = await operated(lab, { request: { ...FAILBACK, procedure: 'unplanned' } });
    expect(ending).toMatchObject({ kind: 'done', plan: { target: 'primary' } });
    expect(operationsOn(lab, 'primary')).toEqual(['failover']);
  });

  test('is refused while the primary answers, and nothing is done', async () => {
    const lab = await DeployedLab.start();
    const { ending, questions } = await operated(lab, { request: UNPLANNED });
    expect(ending).toMatchObject({ kind: 'refused', plan: { refusals: [{ code: 'active-answers' }, {}, {}] } });
    expect(questions).toEqual([]);
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('that may be asked for makes two writable sides only after that was agreed to', async () => {
    const lab = await DeployedLab.start();
    const { ending, questions } = await operated(lab, {
      request: UNPLANNED,
      askable: { unplannedWhileActiveAnswers: true },
      confirm: ({ kind }) => Promise.resolve(kind !== 'two-writable-sides'),
    });
    expect(ending).toMatchObject({ kind: 'declined', declined: { kind: 'two-writable-sides' } });
    expect(questions.map(({ kind }) => kind)).toEqual(['loss', 'two-writable-sides']);
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });
});

describe('a failback after a disaster', () => {
  async function disaster(): Promise<DeployedLab> {
    const lab = await DeployedLab.start();
    await lab.wait(1000);
    const bring = await lose(lab, 'primary');
    await produced(lab, 'primary', 7);
    await operated(lab, { request: UNPLANNED });
    await produced(lab, 'secondary', 3);
    await bring();
    await lab.wait(1000);
    return lab;
  }

  test('is refused unless the truncation is allowed or can be asked for', async () => {
    const lab = await disaster();
    const { ending } = await operated(lab, { request: FAILBACK });
    expect(ending).toMatchObject({ kind: 'refused', plan: { refusals: [{ code: 'truncation-not-allowed' }, {}, {}] } });
    expect(operationsOn(lab, 'primary')).toEqual([]);
  });

  test('tells what will be discarded before it asks, and what was', async () => {
    const lab = await disaster();
    const { ending, questions } = await operated(lab, { request: FAILBACK, askable: { truncation: true } });
    expect(ending.kind).toBe('done');
    const [discard] = questions;
    expect(questions.map(({ kind }) => kind)).toEqual(['discard', 'switch-over']);
    expect(discard.records.map(({ topic }) => topic)).toEqual(discard.records.map(() => 't0000'));
    expect(discard.records.reduce((sum, { records }) => sum + records, 0)).toBe(7);
    expect(ending.discarded).toEqual(discard.records);
    expect(operationsOn(lab, 'primary')).toEqual(['truncate-and-restore', 'reverse-and-start-mirror']);
    expect(await statesOf(lab)).toEqual(all(lab, 'STOPPED/ACTIVE'));
  });

  test('discards nothing when that is not agreed to', async () => {
    const lab = await disaster();
    const { ending } = await operated(lab, {
      request: FAILBACK,
      askable: { truncation: true },
      confirm: ({ kind }) => Promise.resolve(kind !== 'discard'),
    });
    expect(ending).toMatchObject({ kind: 'declined', discarded: [] });
    expect(operationsOn(lab, 'primary')).toEqual([]);
  });
});
