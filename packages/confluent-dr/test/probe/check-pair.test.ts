import { type DeployedMember } from '../../src/deployment/deployment';
import { type Role } from '../../src/observe/pair-observation';
import { type CheckedMember, type CheckOptions, checkPair } from '../../src/probe/check-pair';
import { closeDnsServers, dnsServer } from '../client/support/dns-server';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { knownToHang, nthOf } from '../support/known-to-hang';
import { certificateFor } from './support/certificates';
import {
  type Blocks,
  closeServers,
  kafkaServer,
  PROXY_ADDRESS,
  restServer,
  sniProxy,
  tcpServer,
} from './support/servers';

afterEach(async () => {
  await closeServers();
  await closeDnsServers();
  await closeDeployedLabs();
});

const HOSTS = { primary: 'pkc-1.test', secondary: 'pkc-2.test' };
const certificate = certificateFor(...Object.values(HOSTS));
const credentials = { key: 'KEY', secret: 'secret' };

interface World {
  readonly kafka?: Partial<Record<Role, () => Promise<number>>>;
  readonly blocks?: Blocks;
  readonly proxy?: false;
}

/** Two clusters with a proxy before them. */
async function checked(
  { kafka = {}, blocks, proxy }: World = {},
  options: CheckOptions = {},
): Promise<Record<Role, CheckedMember>> {
  const memberOf = async (role: Role): Promise<{ member: DeployedMember; ports: number[] }> => {
    const ports = [await (kafka[role] ?? (() => kafkaServer(certificate)))(), await restServer(certificate)];
    const member: DeployedMember = {
      role,
      clusterId: `lkc-${role}`,
      bootstrapEndpoint: `${HOSTS[role]}:${ports[0]}`,
      restEndpoint: `https://${HOSTS[role]}:${ports[1]}`,
      kafkaCredentials: credentials,
    };
    return { member, ports };
  };
  const [primary, secondary] = [await memberOf('primary'), await memberOf('secondary')];
  if (proxy !== false) {
    const ports = [...primary.ports, ...secondary.ports];
    await Promise.all(ports.map((port) => sniProxy(port, Object.values(HOSTS), blocks)));
  }
  const dnsServers = [await dnsServer({ 'pkc-1.test': '127.0.0.1', 'pkc-2.test': '127.0.0.1' })];
  return checkPair(
    { members: { primary: primary.member, secondary: secondary.member }, proxyAddress: PROXY_ADDRESS },
    { dnsServers, trusted: certificate.cert, limitMs: 30_000, ...options },
  );
}

const verdicts = ({ primary, secondary }: Record<Role, CheckedMember>): string[] => [
  primary.verdict,
  secondary.verdict,
];

describe('a check of the pair', () => {
  test('finds all well, directly and through the proxy', async () => {
    const seen = await checked();
    expect(verdicts(seen)).toEqual(['well', 'well']);
    const details = seen.primary.passages.map(({ way, service, layers }) => [
      way,
      service,
      layers.answer.kind === 'ok' ? layers.answer.detail : '',
      layers.connection.kind === 'ok' ? layers.connection.detail.split(' ')[1] : '',
    ]);
    expect(details).toEqual([
      ['direct', 'kafka', 'Kafka with 2 APIs', '127.0.0.1'],
      ['direct', 'rest', 'HTTP 200', '127.0.0.1'],
      ['proxy', 'kafka', 'Kafka with 2 APIs', PROXY_ADDRESS],
      ['proxy', 'rest', 'HTTP 200', PROXY_ADDRESS],
    ]);
  });

  test.each(['reject', 'blackhole'] as const)('tells a primary that the proxy blocks (%s)', async (block) => {
    if (block === 'blackhole') {
      // Connections are taken, and then nothing comes.
      knownToHang(nthOf(2, (asked) => asked.startsWith(`proxy ${HOSTS.primary}`)));
    }
    const seen = await checked({ blocks: { [HOSTS.primary]: block } });
    expect(verdicts(seen)).toEqual(['blocked', 'well']);
    expect(seen.primary.services[0].outcomes).toEqual({
      direct: 'answers',
      proxy: block === 'reject' ? 'closed' : 'silent',
    });
  });

  test('tells a primary whose Kafka is broken', async () => {
    const kafka = { primary: () => kafkaServer(certificate, 'hangs-up') };
    const seen = await checked({ kafka });
    expect(verdicts(seen)).toEqual(['mixed', 'well']);
    expect(seen.primary.services[0]).toMatchObject({
      verdict: 'broken',
      outcomes: { direct: 'faulty', proxy: 'faulty' },
    });
  });

  test('does not take a server of another name for the primary', async () => {
    const stranger = certificateFor('pkc-9.test');
    const seen = await checked({ kafka: { primary: () => kafkaServer(stranger) } });
    expect(seen.primary.services[0].outcomes.direct).toBe('stranger');
  });

  test('tells a proxy that is away from one that blocks', async () => {
    expect(verdicts(await checked({ proxy: false }))).toEqual(['proxy-away', 'proxy-away']);
  });

  test('goes one way only where that is wished for', async () => {
    const blocks = { [HOSTS.primary]: 'reject' } as const;
    expect(verdicts(await checked({ blocks }, { ways: ['direct'] }))).toEqual(['well', 'well']);
    expect(verdicts(await checked({ blocks }, { ways: ['proxy'] }))).toEqual(['blocked-or-broken', 'well']);
  });

  test('tells the addresses by DNS itself and by the machine, which does not know these hosts', async () => {
    const { primary } = await checked();
    expect(primary.hosts).toMatchObject([
      {
        host: 'pkc-1.test',
        dns: { addresses: ['127.0.0.1'] },
        machine: { addresses: [], result: { kind: 'failed', failure: 'dns' } },
        machineLeadsToProxy: false,
      },
    ]);
  });

  test('does not call direct what the hosts file leads to the proxy', async () => {
    const memberOf = (role: Role): DeployedMember => ({
      role,
      clusterId: 'lkc-1',
      bootstrapEndpoint: 'localhost:1',
      restEndpoint: 'https://localhost:1',
      kafkaCredentials: credentials,
    });
    const deployment = {
      members: { primary: memberOf('primary'), secondary: memberOf('secondary') },
      proxyAddress: '127.0.0.1',
    };
    const { primary } = await checkPair(deployment, { lookup: 'machine', limitMs: 30_000 });
    expect(primary.hosts.map(({ machineLeadsToProxy }) => machineLeadsToProxy)).toEqual([true]);
    expect(primary.services[0].outcomes).toEqual({ direct: 'not-tried', proxy: 'no-connection' });
  });

  describe('of a lab', () => {
    const seenIn = async (proxyAddress: string, options: CheckOptions, bootstrapPort = 9092) => {
      const lab = await DeployedLab.start();
      const memberOf = (role: Role): DeployedMember => {
        const { clusterId, restEndpoint, registryEndpoint, kafka } = lab.member(role);
        const { schemaRegistry } = lab.cloud.sample![role];
        return {
          role,
          clusterId,
          bootstrapEndpoint: `${HOSTS[role]}:${bootstrapPort}`,
          restEndpoint,
          kafkaCredentials: role === 'primary' ? kafka : credentials,
          schemaRegistry: { endpoint: registryEndpoint, credentials: schemaRegistry, exporterNames: [] },
        };
      };
      return checkPair(
        { members: { primary: memberOf('primary'), secondary: memberOf('secondary') }, proxyAddress },
        { limitMs: 30_000, ...options },
      );
    };
    const outcomesOf = ({ primary }: Record<Role, CheckedMember>) =>
      primary.services.map(({ outcomes: { direct, proxy } }) => [direct, proxy]);

    test('asks without TLS, and neither Kafka nor a proxy where it has none', async () => {
      const seen = await seenIn('192.0.2.2', {});
      expect(verdicts(seen)).toEqual(['well', 'declines']);
      expect(seen.primary.services.map(({ verdict }) => verdict)).toEqual(['unknown', 'well', 'well']);
      expect(seen.primary.hosts).toEqual([]);
    });

    test('asks its brokers where they are, and through its proxy all that has a name', async () => {
      const [kafka, rest] = [await kafkaServer(certificate), await restServer(certificate)];
      const blocks: Blocks = { [HOSTS.secondary]: 'reject' };
      await Promise.all([kafka, rest].map((port) => sniProxy(port, Object.values(HOSTS), blocks)));
      const lab = { trusted: certificate.cert, addressOfBroker: () => '127.0.0.1', httpsPort: rest };
      const seen = await seenIn(PROXY_ADDRESS, { lab }, kafka);
      expect(outcomesOf(seen)).toEqual([
        ['answers', 'answers'],
        ['answers', 'answers'],
        ['answers', 'not-tried'],
      ]);
      expect(seen.secondary.verdict).toBe('blocked');
      expect(seen.secondary.services.map(({ verdict }) => verdict)).toEqual(['blocked', 'blocked', 'well']);
    });

    test('does not take the address of an imitated proxy for one of the lab', async () => {
      const lab = { trusted: certificate.cert, addressOfBroker: () => undefined, httpsPort: 9 };
      const seen = await seenIn('192.0.2.2', { lab });
      expect(outcomesOf(seen)).toEqual([
        ['not-tried', 'not-tried'],
        ['answers', 'not-tried'],
        ['answers', 'not-tried'],
      ]);
    });
  });

  test('waits for no one who says nothing', async () => {
    knownToHang(nthOf(2, (asked) => asked.includes(HOSTS.primary)));
    const seen = await checked({ kafka: { primary: () => tcpServer(() => undefined) } });
    expect(seen.primary.services[0].outcomes).toEqual({ direct: 'silent', proxy: 'silent' });
  });
});
