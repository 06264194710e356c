import { mirrorAddress } from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

type Story = (stage: Stage) => Promise<unknown>;

/** What happened on the clusters after the mirror was created. */
const STORIES: Readonly<Record<string, Story>> = {
  'is ACTIVE': () => Promise.resolve(),
  'was reversed': (stage) => stage.reverse(),
  'was failed over': (stage) => stage.failOver(),
  'was reversed, planned once, and failed back': async (stage) => {
    await stage.reverse();
    // So that the state says STOPPED, as after an apply in between.
    await stage.workspace.apply('-refresh-only');
    await stage.operator.operate('primary', 'reverse-and-start-mirror', 'orders');
    await stage.operator.until('primary', 'orders', 'STOPPED');
    await stage.operator.until('secondary', 'orders', 'ACTIVE');
  },
};

const UNREADABLE = [
  'PENDING_SYNCHRONIZE',
  'PENDING_MIRROR',
  'PENDING_SETUP_FOR_RESTORE',
  'PENDING_RESTORE',
  'SOURCE_UNAVAILABLE',
  'LINK_PAUSED',
  'LINK_FAILED',
] as const;

const operation = (name: string): string => `secondary POST /links/active-passive-test/mirrors:${name}`;

describe('a mirror topic', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  const configure = (mirror: Record<string, unknown> = {}, more = {}) =>
    stage.configure(stage.parts.pair({ mirror }), more);

  beforeAll(async () => {
    stage = await Stage.open();
    await stage.allowReversals();
    await configure().workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(async () => {
    await reset();
    configure();
  });

  afterAll(() => stage.close());

  describe.each([
    ['is ACTIVE', undefined, {}, undefined],
    ['is ACTIVE', 'ACTIVE', {}, undefined],
    ['is ACTIVE', 'PROMOTED', { [mirrorAddress]: 'update' }, 'promote'],
    ['is ACTIVE', 'FAILED_OVER', { [mirrorAddress]: 'update' }, 'failover'],
    ['is ACTIVE', 'PAUSED', { [mirrorAddress]: 'update' }, 'pause'],
    ['was reversed', undefined, {}, undefined],
    ['was reversed', 'PROMOTED', {}, undefined],
    ['was reversed', 'FAILED_OVER', {}, undefined],
    ['was failed over', undefined, {}, undefined],
    ['was failed over', 'PROMOTED', {}, undefined],
    ['was failed over', 'FAILED_OVER', {}, undefined],
    ['was reversed, planned once, and failed back', undefined, {}, undefined],
    ['was reversed, planned once, and failed back', 'ACTIVE', {}, undefined],
    ['was reversed, planned once, and failed back', 'PROMOTED', { [mirrorAddress]: 'update' }, 'promote'],
    ['was reversed, planned once, and failed back', 'FAILED_OVER', { [mirrorAddress]: 'update' }, 'failover'],
    ['was reversed, planned once, and failed back', 'PAUSED', { [mirrorAddress]: 'update' }, 'pause'],
  ] as const)('that %s, with status %s in code', (story, status, changes, posted) => {
    test(`is ${posted ? `asked to ${posted}` : 'left alone'}`, async () => {
      await STORIES[story](stage);
      configure({ status });
      stage.forget();
      expect(await stage.changes()).toEqual(changes);
      expect((await stage.apply()).errors).toBe('');
      expect(stage.writes()).toEqual(posted ? [operation(posted)] : []);
    });
  });

  test.each([
    ['was reversed', 'ACTIVE'],
    ['was failed over', 'ACTIVE'],
    ['was reversed', 'PAUSED'],
  ] as const)('that %s cannot become %s: each apply fails with the transitions that can', async (story, status) => {
    await STORIES[story](stage);
    configure({ status });
    stage.forget();
    for (let time = 1; time <= 2; time += 1) {
      expect(await stage.changes()).toEqual({ [mirrorAddress]: 'update' });
      const { exitCode, errors } = await stage.apply();
      expect(errors).toContain(`transition STOPPED → ${status} is not supported`);
      expect(errors).toContain('Supported are ACTIVE → PAUSED, FAILED_OVER, PROMOTED; PAUSED → ACTIVE');
      expect(exitCode).toBe(1);
    }
    expect(stage.writes()).toEqual([]);
  });

  test('is noted as STOPPED, and nothing is to be done', async () => {
    await STORIES['was failed over'](stage);
    const { text, exitCode } = await stage.plan('-refresh-only', '-detailed-exitcode');
    expect(text).toMatch(/status = "ACTIVE" -> "STOPPED"/);
    expect(exitCode).toBe(2);
  });

  test.each(UNREADABLE)('that is %s ends plan, apply and destroy, and none of it is repeated', async (status) => {
    configure({ status: 'ACTIVE' });
    await stage.show(status);
    stage.forget();
    for (const run of [await stage.plan(), await stage.apply(), await stage.apply('-destroy')]) {
      expect(run.errors).toContain(`error reading Kafka Mirror Topic: ${status} is not a valid MirrorTopicStatus`);
      expect(run.exitCode).toBe(1);
    }
    expect(stage.writes()).toEqual([]);
    const reads = stage.requests().filter((request) => request.endsWith('/mirrors/orders'));
    expect(reads).toHaveLength(3);
    expect(await stage.changes('-refresh=false')).toEqual({});
  });

  test.each(['PENDING_STOPPED', 'FAILED', 'PAUSED'] as const)('that is %s can be read', async (status) => {
    await stage.show(status);
    expect(await stage.changes()).toEqual({});
  });

  test('with ignore_changes of its status is left alone, whatever code says', async () => {
    configure({ status: 'PROMOTED', lifecycle: { ignore_changes: ['status'] } });
    expect(await stage.changes()).toEqual({});
  });

  test('is created ACTIVE whatever code says, and changed by the next apply', async () => {
    await stage.workspace.apply('-destroy');
    configure({ status: 'PAUSED' });
    await stage.workspace.apply();
    expect(await stage.operator.mirrors('secondary')).toEqual({ orders: 'ACTIVE' });
    expect(await stage.changes()).toEqual({ [mirrorAddress]: 'update' });
    await stage.workspace.apply();
    expect(await stage.operator.mirrors('secondary')).toEqual({ orders: 'PAUSED' });
  });

  test('of which the link knows nothing any more is planned anew, and refused as its topic is there', async () => {
    await stage.lab.cloud.perform(({ clusterLinks }) => {
      clusterLinks.forEach((link) => link.sides.forEach((side) => side.mirrors.clear()));
    });
    expect(await stage.changes()).toEqual({ [mirrorAddress]: 'create' });
    const { exitCode, errors } = await stage.apply();
    expect(errors).toContain("Topic 'orders' already exists");
    expect(exitCode).toBe(1);
  });

  test('whose status is an output makes a change of it', async () => {
    const output = { status: { value: `\${${mirrorAddress}.status}` } };
    await configure({}, { output }).workspace.apply();
    await STORIES['was failed over'](stage);
    expect(await stage.workspace.detailedExitCode()).toBe(2);
    expect(await stage.changes()).toEqual({});
  });

  test('is failed over once more by a stale state that nobody refreshes', async () => {
    await STORIES['was failed over'](stage);
    configure({ status: 'FAILED_OVER' });
    stage.forget();
    await stage.apply('-refresh=false');
    expect(stage.writes()).toEqual([operation('failover')]);
  });

  test('whose transition never ends fails the apply', async () => {
    await stage.operator.laboratory('POST', '/faults', {
      kind: 'mirror-stuck',
      target: stage.parts.clusterId('secondary'),
    });
    configure({ status: 'PROMOTED' });
    const { exitCode, errors } = await stage.apply();
    expect(errors).toContain('its transition did not end');
    expect(exitCode).toBe(1);
  });
});
