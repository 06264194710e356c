import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { eventually } from '../../../../test/support/waiting';
import { type RequestEvent } from '../../src/client/http-client';
import { propose } from '../../src/execute/operate';
import { type OperatingClock } from '../../src/execute/time-limits';
import { readPairGroups } from '../../src/observe/group-lag';
import { observePair } from '../../src/observe/observe-pair';
import { otherRole, type Role } from '../../src/observe/pair-observation';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { nthOf, knownToHang } from '../support/known-to-hang';
import { closePairs, faulty, labClock, lose, operated, operationsOn, pairOf, statesOf } from '../support/operating-lab';

const HOUR_MS = 3_600_000;
/** Nothing but the tool's own patience ends a request. */
const ENDLESS = { timeLimits: { connectMs: HOUR_MS, answerMs: HOUR_MS } };

/** Accepts connections, reads what is asked, and never says anything. */
class SilentServer {
  public static async start(): Promise<SilentServer> {
    const silent = new SilentServer();
    await new Promise<void>((resolve) => silent.server.listen(0, '127.0.0.1', resolve));
    return silent;
  }

  public requests = 0;
  private readonly sockets: Socket[] = [];
  private readonly server: Server = createServer((socket) => {
    this.sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => (this.requests += 1));
  });

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

const servers: SilentServer[] = [];
async function silentServer(): Promise<SilentServer> {
  const server = await SilentServer.start();
  servers.push(server);
  return server;
}

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Patience is over as soon as it is asked how long; the limit of the whole run is not. */
const impatient = (lab: DeployedLab, over: () => Promise<unknown> = () => Promise.resolve()): OperatingClock => ({
  ...labClock(lab),
  limit: (ms) => {
    const limit = new AbortController();
    if (ms < 60_000) {
      void over().then(() => limit.abort());
    }
    return limit.signal;
  },
});

/** The service's operations are asked for on the target, while the other member has never answered. */
describe.each<['failover' | 'failback', Role]>([
  ['failover', 'secondary'],
  ['failback', 'primary'],
])('an unplanned %s with a member that hangs', (direction, target) => {
  const other = otherRole(target);

  async function disaster(): Promise<DeployedLab> {
    const lab = await DeployedLab.start();
    if (direction === 'failback') {
      await operated(lab, { request: { direction: 'failover', procedure: 'planned' } });
    }
    await lose(lab, other);
    return lab;
  }

  test('waits for nothing that only helps', async () => {
    const lab = await disaster();
    const silent = await silentServer();
    const events: RequestEvent[] = [];
    const onRequest = (event: RequestEvent): number => events.push(event);
    const pair = pairOf(lab, { [other]: { url: silent.url, ...ENDLESS, onRequest }, [target]: { onRequest } });
    const clock = impatient(lab, () => eventually(() => silent.requests, Boolean, { what: 'a request' }));
    const { ending } = await operated(lab, { pair, request: { direction, procedure: 'unplanned' }, clock });
    expect(ending.kind).toBe('done');
    expect(operationsOn(lab, target)).toContain('failover');
    expect((await statesOf(lab)).map((state) => state.split('/')[target === 'primary' ? 0 : 1])).toEqual(
      lab.topics.map(() => 'STOPPED'),
    );
    const attempts = events.flatMap((event) => (event.type === 'attempt' ? [event] : []));
    const answers = attempts.filter(({ url }) => url.startsWith(silent.url));
    expect(new Set(answers.map(({ failure }) => failure))).toEqual(new Set(['aborted']));
    // One look before the first change; what comes after it costs nobody anything.
    const first = attempts.findIndex(({ effect }) => effect === 'write');
    const looks = attempts.slice(0, first).filter(({ url }) => url.endsWith('/links/-/mirrors'));
    expect(looks).toHaveLength(2);
  });

  test('so does its dry run', async () => {
    const lab = await disaster();
    const silent = await silentServer();
    const pair = pairOf(lab, { [other]: { url: silent.url, ...ENDLESS } });
    const clock = impatient(lab, () => eventually(() => silent.requests, Boolean, { what: 'a request' }));
    const { plan, objections } = await propose({ pair, request: { direction, procedure: 'unplanned' }, clock });
    expect([plan.kind, objections]).toEqual(['plan', []]);
    expect(plan.steps).toMatchObject([{ operation: 'failover', on: target }]);
  });
});

describe('a member that lives is not taken for one that hangs', () => {
  const UNPLANNED = { direction: 'failover', procedure: 'unplanned' } as const;

  test('where it has answered anything, its other answers are waited for', async () => {
    const lab = await DeployedLab.start();
    const { clusterId: target } = lab.member('primary');
    await faulty(lab, { kind: 'hanging', target, path: '/links/-/mirrors', times: 1 });
    const answered: string[] = [];
    const failures: unknown[] = [];
    const onRequest = ({ url, failure }: RequestEvent): void => {
      answered.push(url);
      failures.push(...(url.endsWith('/links/-/mirrors') ? [failure] : []));
    };
    const pair = pairOf(lab, { primary: { onRequest } });
    let patience = 'there';
    const clock = impatient(lab, async () => {
      await eventually(
        () => answered.length,
        (count) => count >= 3,
        { what: 'three answers' },
      );
      patience = 'over';
    });
    // What hangs is ended by the client's own limit, after nobody would wait for it who had heard nothing.
    knownToHang(
      nthOf(1, (asked) => asked.startsWith(lab.member('primary').restEndpoint) && asked.endsWith('/links/-/mirrors')),
      () =>
        eventually(
          () => patience,
          (is) => is === 'over',
          { what: 'the end of its patience' },
        ),
    );
    const { ending } = await operated(lab, { pair, request: UNPLANNED, clock });
    expect(failures).toContain('timeout');
    expect(failures).not.toContain('aborted');
    expect(ending).toMatchObject({ kind: 'refused', plan: { refusals: [{ code: 'active-declines' }, {}, {}] } });
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('where it says that there are too many requests', async () => {
    const lab = await DeployedLab.start();
    await faulty(lab, { kind: 'throttled', target: lab.member('primary').clusterId, retryAfterSeconds: 30 });
    const waits: RequestEvent[] = [];
    const onRequest = (event: RequestEvent): number => (event.type === 'waiting' ? waits.push(event) : 0);
    const retry = { attempts: 3, firstWaitMs: 30_000, longestWaitMs: HOUR_MS };
    const pair = pairOf(lab, { primary: { onRequest, retry, ...ENDLESS } });
    const clock = impatient(lab, () =>
      eventually(
        () => waits.length,
        (count) => count >= 5,
        { what: 'five waits' },
      ),
    );
    const { ending } = await operated(lab, { pair, request: UNPLANNED, clock });
    expect(ending).toMatchObject({
      kind: 'refused',
      plan: { refusals: [{ code: 'active-declines', answer: 'throttled' }, {}, {}] },
    });
  });
});

test('a look at the pair, with its groups, does not wait for a member that hangs', async () => {
  const lab = await DeployedLab.start();
  const silent = await silentServer();
  await lose(lab, 'primary');
  const pair = pairOf(lab, { primary: { url: silent.url, ...ENDLESS } });
  const pause = (): Promise<unknown> => eventually(() => silent.requests, Boolean, { what: 'a request' });
  const looked = observePair(pair, { pause, timeoutsMs: { primary: HOUR_MS } });
  const [{ observation }, groups] = await Promise.all([looked, readPairGroups(pair, looked)]);
  expect(observation.members.primary.dataPlane.kind).toBe('timeout');
  expect(observation.members.secondary.dataPlane.kind).toBe('answers');
  expect(groups).toMatchObject({ primary: { known: false, failure: { kind: 'timeout' } }, secondary: { known: true } });
});
