import { Balancer } from './harness/balancer';
import { type Session } from './harness/client';
import { type DebianMachine } from '../../../packages/confluent-dr-lab/src/machine/debian-machine';
import { CLIENT_ADDRESS, PROXY_ADDRESS, proxyMachine } from './harness/network';
import { ProxyHost } from './harness/proxy-host';
import { eventually } from '../../support/waiting';
import { type ClusterName, type Outages, planOf, World } from './harness/world';

jest.setTimeout(900_000);

const SECOND_ADDRESS = '10.0.2.5';
const planWith = (outages: Outages = {}) => planOf(outages, { healthProbe: true });
const blocked = planWith({ primary: { outage: 'reject' } });

describe('a proxy of two machines behind a balancer', () => {
  let world: World;
  let second: DebianMachine;
  let hosts: ProxyHost[];
  let balancer: Balancer;
  let sessions: Session[];

  /** A session by the balancer; it goes to the machine whose turn it is. */
  const open = (cluster: ClusterName): Promise<Session> =>
    world.openBy(world.network.portal.connect(Balancer.ADDRESS, 9092, CLIENT_ADDRESS), cluster);
  const tryOpen = async (cluster: ClusterName): Promise<'open' | 'closed'> => {
    try {
      (await open(cluster)).close();
      return 'open';
    } catch {
      return 'closed';
    }
  };
  const fourTimes = async (cluster: ClusterName): Promise<string[]> =>
    Promise.all([1, 2, 3, 4].map(() => tryOpen(cluster)));
  const membersAre = (...members: string[]): Promise<unknown> =>
    eventually(
      () => balancer.members,
      (seen) => seen.join() === members.join(),
      { what: `sessions for ${members.join(', ')} alone`, limitMs: 300_000 },
    );
  /** Where the open sessions of a cluster are, by machine. */
  const placesOf = (name: ClusterName): Promise<number[]> =>
    Promise.all(hosts.map(async (host) => (await host.instance(name)).openSessions));
  const echo = (those: readonly Session[]): Promise<unknown> => Promise.all(those.map((session) => session.echo()));

  beforeEach(async () => {
    world = await World.create();
    second = await proxyMachine(world.network.world, {}, { address: SECOND_ADDRESS, cable: 'to-second' });
    await second.boot();
    hosts = [world.host, new ProxyHost(second, SECOND_ADDRESS)];
    balancer = await Balancer.start(world.network, [PROXY_ADDRESS, SECOND_ADDRESS]);
    // The second converges late: it gets one of four sessions.
    await hosts[0].convergeWell(planWith());
    await membersAre(PROXY_ADDRESS);
    sessions = [await open('secondary'), await open('secondary')];
    await hosts[1].convergeWell(planWith());
    await membersAre(PROXY_ADDRESS, SECOND_ADDRESS);
    sessions.push(await open('secondary'), await open('secondary'));
  });
  afterEach(async () => {
    sessions?.forEach((session) => session.close());
    await balancer?.stop();
    await second?.stop();
    await world?.dispose();
  });

  test('a machine takes part once it has converged, however late', async () => {
    await echo(sessions);
    expect(await placesOf('secondary')).toEqual([3, 1]);
  });

  test('a blocked cluster makes no machine unhealthy, and one that is blocked late changes nothing for the other cluster', async () => {
    const ofPrimary = [await open('primary'), await open('primary')];
    expect(await placesOf('primary')).toEqual([1, 1]);
    await hosts[0].convergeWell(blocked);
    // Until the second one has converged, it depends on the turn.
    expect((await fourTimes('primary')).sort()).toEqual(['closed', 'closed', 'open', 'open']);
    expect(await fourTimes('secondary')).toEqual(['open', 'open', 'open', 'open']);
    await echo(sessions);
    await hosts[1].convergeWell(blocked);
    await Promise.all(ofPrimary.map((session) => session.ended));
    expect(await fourTimes('primary')).toEqual(['closed', 'closed', 'closed', 'closed']);
    expect(await fourTimes('secondary')).toEqual(['open', 'open', 'open', 'open']);
    await echo(sessions);
    expect(balancer.members).toEqual([PROXY_ADDRESS, SECOND_ADDRESS]);
    expect(sessions.map(({ endedAt }) => endedAt)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a front that hangs gets no session, though its port still takes connections', async () => {
    const [pid] = await Promise.all([hosts[1].mainPid('confluent-dr-proxy-front.service')]);
    const all = `$(pgrep -P ${pid}) ${pid}`;
    await hosts[1].sh(`kill -STOP ${all}`);
    await membersAre(PROXY_ADDRESS);
    expect(await fourTimes('secondary')).toEqual(['open', 'open', 'open', 'open']);
    await hosts[1].sh(`kill -CONT ${all}`);
    await membersAre(PROXY_ADDRESS, SECOND_ADDRESS);
    await echo(sessions);
  });

  test('a machine that is lost takes its own sessions with it and no others, and comes back as it was told', async () => {
    await Promise.all(hosts.map((host) => host.convergeWell(blocked)));
    await second.powerOff();
    await membersAre(PROXY_ADDRESS);
    expect(await fourTimes('secondary')).toEqual(['open', 'open', 'open', 'open']);
    expect(await fourTimes('primary')).toEqual(['closed', 'closed', 'closed', 'closed']);
    await echo(sessions.slice(0, 3));
    await second.boot();
    await membersAre(PROXY_ADDRESS, SECOND_ADDRESS);
    expect(await fourTimes('primary')).toEqual(['closed', 'closed', 'closed', 'closed']);
    expect(await fourTimes('secondary')).toEqual(['open', 'open', 'open', 'open']);
    await echo(sessions.slice(0, 3));
  });
});
