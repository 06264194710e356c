import { type Credentials } from '../../../src/client/endpoint';
import { KafkaRestClient } from '../../../src/client/kafka-rest-client';
import { RequestFailure } from '../../../src/client/request-failure';
import { groupLags, readGroups } from '../../../src/observe/group-lag';
import { observePair } from '../../../src/observe/observe-pair';
import { type Role } from '../../../src/observe/pair-observation';
import { type LagReport, lagReport, type LagScope } from '../../../src/report/status/lag-report';
import { untoldInWords } from '../../../src/words/untold';
import { pairOf } from '../../plan/support/observations';
import { closeDeployedLabs, DEPLOYED_LINK, DeployedLab, type DeployedLabOptions } from '../../support/deployed-lab';
import { documentProblems } from '../../support/output-schema';

const clients: KafkaRestClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await closeDeployedLabs();
});

const SYNCED = {
  secondary: {
    'consumer.offset.sync.enable': 'true',
    'consumer.offset.sync.ms': '1000',
    'consumer.offset.group.filters': JSON.stringify({
      groupFilters: [{ name: '*', patternType: 'LITERAL', filterType: 'INCLUDE' }],
    }),
  },
};

const start = (options: DeployedLabOptions = {}): Promise<DeployedLab> =>
  DeployedLab.start({ topics: ['orders'], linkSettings: SYNCED, ...options });

async function post(lab: DeployedLab, path: string, body: object): Promise<void> {
  const response = await fetch(`${lab.cloud.url}/lab/v1${path}`, { method: 'POST', body: JSON.stringify(body) });
  expect(response.ok).toBe(true);
}

const records = (lab: DeployedLab, role: Role, topic: string): string =>
  `/clusters/${lab.member(role).clusterId}/topics/${topic}/records`;

const produce = (lab: DeployedLab, count: number, topic = 'orders'): Promise<void> =>
  post(lab, records(lab, 'primary', topic), { count });

async function consume(
  lab: DeployedLab,
  max: number,
  { role = 'primary', topic = 'orders' }: { readonly role?: Role; readonly topic?: string } = {},
): Promise<void> {
  const response = await fetch(`${lab.cloud.url}/lab/v1${records(lab, role, topic)}?group=billing&max=${max}`);
  expect(response.ok).toBe(true);
}

async function reported(
  lab: DeployedLab,
  scope: LagScope = {},
  credentials: Partial<Record<Role, Credentials>> = {},
): Promise<LagReport> {
  const clientOf = (role: Role): KafkaRestClient => {
    const { clusterId, restEndpoint: url, kafka } = lab.member(role);
    const options = { clusterId, url, credentials: credentials[role] ?? kafka, retry: { attempts: 1 } };
    clients.push(new KafkaRestClient(options));
    return clients.at(-1)!;
  };
  const [primary, secondary] = [clientOf('primary'), clientOf('secondary')];
  const members = {
    primary: { kafka: primary, linkName: DEPLOYED_LINK },
    secondary: { kafka: secondary, linkName: DEPLOYED_LINK },
  };
  const { observation } = await observePair({ members });
  return lagReport(
    observation,
    { primary: await readGroups(primary, scope), secondary: await readGroups(secondary, scope) },
    scope,
  );
}

describe('the lag between the members', () => {
  test('is told by topic, partition and group', async () => {
    const lab = await start();
    await produce(lab, 10);
    await consume(lab, 4);
    await lab.wait(2000);
    await consume(lab, 2);
    const report = await reported(lab);
    const { topics, groups, untold } = report;
    expect(documentProblems('lag', report)).toEqual([]);
    expect(untold).toEqual([]);
    expect(topics).toMatchObject([{ topic: 'orders', kind: 'measured', records: 0 }]);
    expect(groups).toEqual([
      {
        group: 'billing',
        topic: 'orders',
        active: 'primary',
        lag: { primary: 4, secondary: 6 },
        readAgain: 2,
        partitions: [
          {
            partition: 0,
            primary: { offset: 5, logEnd: 5, lag: 0 },
            secondary: { offset: 4, logEnd: 5, lag: 1 },
            readAgain: 1,
          },
          {
            partition: 1,
            primary: { offset: 1, logEnd: 5, lag: 4 },
            secondary: { offset: 0, logEnd: 5, lag: 5 },
            readAgain: 1,
          },
        ],
      },
    ]);
  });

  test('counts what nobody would read apart from what would be read twice', async () => {
    const lab = await start({ linkSettings: {} });
    await produce(lab, 10);
    await lab.wait(1000);
    await consume(lab, 1);
    await consume(lab, 7, { role: 'secondary' });
    const [group] = (await reported(lab)).groups;
    expect(group).toMatchObject({ readAgain: 0, leftOut: 6, lag: { primary: 9, secondary: 3 } });
  });

  test('of a group that one member alone knows is not guessed', async () => {
    const lab = await start({ linkSettings: {} });
    await produce(lab, 10);
    await consume(lab, 4);
    const [group] = (await reported(lab)).groups;
    expect(group.lag).toEqual({ primary: 6 });
    expect(group).not.toHaveProperty('readAgain');
  });

  test('of a group that lacks an offset of one partition on the other member is no sum of the rest', () => {
    const row = (partition: number, offset: number) =>
      ({
        topic_name: 'orders',
        partition_id: partition,
        current_offset: offset,
        log_end_offset: 9,
        lag: 9 - offset,
      }) as never;
    const reading = (...lags: never[]) =>
      ({ known: true, value: [{ group: 'billing', state: 'STABLE', lags: { known: true, value: lags } }] }) as const;
    const { topics } = pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' } });
    const primary = reading(row(0, 5), row(1, 7));
    const [group] = groupLags(topics, { primary, secondary: reading(row(0, 5)) });
    expect(group).not.toHaveProperty('readAgain');
    expect(groupLags(topics, { primary, secondary: reading(row(0, 5), row(1, 6)) })).toMatchObject([{ readAgain: 1 }]);
  });

  test('finds a topic by both of its names where the link has a prefix', async () => {
    const secondary = { 'cluster.link.prefix': 'dr-' };
    const lab = await start({ linkSettings: { secondary } });
    await produce(lab, 10);
    await lab.wait(1000);
    await consume(lab, 4);
    await consume(lab, 3, { role: 'secondary', topic: 'dr-orders' });
    expect((await reported(lab)).groups).toMatchObject([{ topic: 'orders', lag: { primary: 6, secondary: 7 } }]);
  });

  test('can be asked of some topics and groups, and names those that are not told', async () => {
    const lab = await start({ topics: ['orders', 'payments'] });
    await produce(lab, 2);
    await consume(lab, 1);
    const { topics, groups, untold } = await reported(lab, {
      topics: ['orders', 'order'],
      groups: ['billing', 'bill'],
    });
    expect(topics.map(({ topic }) => topic)).toEqual(['orders']);
    expect(groups.map(({ group }) => group)).toEqual(['billing']);
    expect(untold.map((own) => untoldInWords(own).cause)).toEqual([
      'Nothing was told of the group bill.',
      'Nothing was told of the topic order.',
    ]);
  });

  test('names a cluster that tells no lags of groups, and who does', async () => {
    const lab = await start();
    await produce(lab, 2);
    await consume(lab, 1);
    await lab.cloud.perform((state) => {
      state.kafkaClusters.get(lab.member('primary').clusterId)!.kind = 'Standard';
    });
    const { untold } = await reported(lab);
    expect(untold).toHaveLength(1);
    expect(untold[0].on).toBe('primary');
    expect(untoldInWords(untold[0]).cause).toMatch(
      /lists the groups billing, and does not tell .* this one is Standard/,
    );
    expect(untoldInWords(untold[0]).cure).toMatch(/kafka-consumer-groups/);
  });

  test('names a service without such an API, and one that is away', async () => {
    const lab = await start();
    const { clusterId: target } = lab.member('primary');
    await post(lab, '/faults', { kind: 'unavailable', target, path: 'consumer-groups' });
    expect((await reported(lab)).untold).toMatchObject([
      {
        code: 'groups-not-listed',
        on: 'primary',
        told: expect.stringMatching(/^GET .*consumer-groups: the service is unavailable/) as string,
      },
    ]);
    const wrong = { key: lab.member('primary').kafka.key, secret: 'wrong' };
    const { topics, untold } = await reported(lab, {}, { secondary: wrong });
    expect(topics).toEqual([]);
    expect(untold.map(({ on }) => on)).toEqual(['primary', 'secondary', 'secondary']);
  });

  test.each([
    ['not-found', /^It has no list of consumer groups for this key: GET/],
    ['forbidden', /^It has no list of consumer groups for this key: GET/],
    ['timeout', /^GET/],
  ] as const)('says so where the list is answered by "%s"', (kind, cause) => {
    const props = { kind, method: 'GET', url: 'https://x', effect: 'read', detail: '', sent: true } as const;
    const reading = { known: false, failure: new RequestFailure(props) } as const;
    const nothing = { known: true, value: [] } as const;
    const side = { clusterId: 'lkc-1', dataPlane: { kind: 'answers' }, link: { kind: 'absent', name: '' } } as const;
    const pair = { members: { primary: side, secondary: side }, topics: [] };
    const { untold } = lagReport(pair, { primary: nothing, secondary: reading });
    expect(untold).toHaveLength(1);
    expect(untoldInWords(untold[0]).cause).toMatch(cause);
  });
});
