import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { type PartitionAccount } from '../../../packages/confluent-dr/src/canary/account';
import { decodeRecord } from '../../../packages/confluent-dr/src/canary/record';
import { type Role } from '../../../packages/confluent-dr/src/observe/pair-observation';
import {
  closeDeployedLabs,
  DEPLOYED_LINK,
  DeployedLab,
} from '../../../packages/confluent-dr/test/support/deployed-lab';
import { documentProblems } from '../../../packages/confluent-dr/test/support/output-schema';
import { type Certificates, makeCertificates } from '../proxy/harness/certificates';
import { eventually } from '../../support/waiting';
import { temporaryFolder } from '../proxy/harness/temporary-folder';
import { run } from '../terraform/support/terraform';
import { Cluster, type ShownRecord } from './cluster';
import { CanaryRun, type StageOptions } from './stage';

jest.setTimeout(900_000);

const HOSTS: Readonly<Record<Role, string>> = {
  primary: 'pkc-11111.westeurope.azure.confluent.cloud',
  secondary: 'pkc-22222.northeurope.azure.confluent.cloud',
};
const TOPICS = ['loss', 'tampered', 'speed', 'broker', 'anew', 'follow'] as const;

describe('confluent-dr canary with real Kafka', () => {
  const folder = temporaryFolder('canary');
  const clusters: Partial<Record<Role, Cluster>> = {};
  let lab: DeployedLab;
  let stage: StageOptions;
  let certificates: Certificates;
  const address = '127.0.87.1';

  beforeAll(async () => {
    certificates = makeCertificates(folder.path);
    const { keystoreFile, caFile } = certificates;
    lab = await DeployedLab.start({ topics: [...TOPICS], partitions: 3, rate: 10 });
    const start = async (role: Role, port: number, brokers: number): Promise<void> => {
      clusters[role] = await Cluster.start({
        ...{ address, host: HOSTS[role], folder: join(folder.path, role), keystore: keystoreFile, port, brokers },
        credentials: lab.member(role).kafka,
      });
    };
    await Promise.all([start('primary', 9092, 2), start('secondary', 9492, 1)]);
    for (const topic of TOPICS) {
      const partitions = topic === 'tampered' ? 1 : 3;
      clusters.primary!.createTopic(topic, partitions, topic === 'broker' ? 2 : 1);
    }
    clusters.secondary!.createTopic('follow', 3);
    stage = {
      ...{ lab, proxyAddress: address, caFile, folder: folder.path },
      clusters: { primary: clusters.primary!, secondary: clusters.secondary! },
    };
  });

  afterEach(() => CanaryRun.endAll());

  afterAll(async () => {
    await Promise.all(Object.values(clusters).map((cluster) => cluster.stop()));
    await closeDeployedLabs();
    folder.remove();
  });

  /** What the console consumer finds of a run, in the words of the canary. */
  const counted = (records: readonly ShownRecord[], id: string): Record<'there' | 'twice' | 'outOfOrder', number> => {
    const sum = { there: 0, twice: 0, outOfOrder: 0 };
    const seen = new Map<number, Set<number>>();
    for (const { partition, value } of records) {
      const record = decodeRecord(Buffer.from(value));
      if (record?.run === id) {
        const before = seen.get(partition) ?? new Set();
        const again = before.has(record.sequence);
        sum.there += again ? 0 : 1;
        sum.twice += again ? 1 : 0;
        sum.outOfOrder += !again && [...before].some((sequence) => sequence > record.sequence) ? 1 : 0;
        seen.set(partition, before.add(record.sequence));
      }
    }
    return sum;
  };

  test('counts what is there as the console consumer does, and N acknowledged records that were deleted as N missing', async () => {
    const canary = CanaryRun.start(stage, ['--topic', 'loss', '--rate', '200']);
    await canary.until(() => canary.acknowledged() > 600, 'acknowledgements');
    // Whatever each partition has by then is destroyed before the canary reads it back.
    const ends = clusters.primary!.offsets('loss', 'latest');
    expect(ends.size).toBe(3);
    ends.forEach((end, partition) => clusters.primary!.deleteRecords('loss', partition, end));
    canary.interrupt();
    const { code, sum } = await canary.end();
    const destroyed = [...ends.values()].reduce((all, end) => all + end, 0);
    expect(sum.found).toMatchObject({ missing: destroyed, twice: 0, outOfOrder: 0, unacknowledged: 0 });
    expect([code, sum.verdict]).toEqual([4, { ok: false, faults: ['missing'] }]);
    const left = counted(clusters.primary!.records('loss'), sum.run);
    expect([left.there, left.there + destroyed]).toEqual([sum.found!.there, sum.tally.acknowledged]);
    expect(sum.tally).toMatchObject({
      sent: sum.tally.acknowledged,
      consumed: sum.tally.acknowledged,
      twice: 0,
      outOfOrder: 0,
    });
    expect(canary.lines.flatMap((line) => documentProblems('canary', line))).toEqual([]);
    const bytes = readFileSync(canary.logFile);
    expect(sum.log.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(statSync(canary.logFile).mode & 0o777).toBe(0o600);
    expect(bytes.toString()).not.toContain(lab.member('primary').kafka.secret);
    // All that was told second by second is all there was.
    const { acknowledged, consumed } = canary.seconds.reduce(
      (all, second) => ({
        acknowledged: all.acknowledged + second.acknowledged,
        consumed: all.consumed + second.consumed,
      }),
      { acknowledged: 0, consumed: 0 },
    );
    expect([acknowledged, consumed]).toEqual([sum.tally.acknowledged, sum.tally.consumed]);
  });

  test('ends by itself and well where nothing happens; a topic made anew with losses, duplicates and a swapped pair is told as that', async () => {
    const canary = CanaryRun.start(stage, ['--topic', 'tampered', '--for', '4s']);
    const { sum } = await canary.end();
    // What the other members read is not consumed by it, which is no loss.
    expect(sum?.found?.missing ?? canary.stderr).toBe(0);
    const values = clusters.primary!.records('tampered').map(({ value }) => value);
    expect(values.length).toBe(sum.tally.acknowledged);
    expect(values.length).toBeGreaterThan(100);
    const [lost, twice] = [
      [5, 6, 40],
      [10, 11, 12, 13],
    ];
    const kept = values.filter((_, index) => !lost.includes(index));
    [kept[60], kept[61]] = [kept[61], kept[60]];
    clusters.primary!.deleteTopic('tampered');
    clusters.primary!.createTopic('tampered', 1);
    clusters.primary!.produce('tampered', [...kept, ...twice.map((index) => values[index])]);
    const { key, secret } = lab.member('primary').kafka;
    const script = ['--require', require.resolve('ts-node/register'), join(__dirname, 'read-again.ts')];
    const args = [...script, canary.logFile, clusters.primary!.bootstrap, address, key, secret];
    const again = await run(process.execPath, args, folder.path, {
      ...process.env,
      NODE_EXTRA_CA_CERTS: stage.caFile,
      TS_NODE_PROJECT: join(__dirname, '../../../tsconfig.json'),
    });
    const [account] = JSON.parse(again.stdout) as PartitionAccount[];
    expect(account.found).toEqual({
      there: values.length - lost.length,
      missing: lost.length,
      twice: twice.length,
      outOfOrder: 1,
      unacknowledged: 0,
    });
    expect(account.missing).toEqual([
      { first: 5, last: 6 },
      { first: 40, last: 40 },
    ]);
    const shown = counted(clusters.primary!.records('tampered'), sum.run);
    expect(shown).toEqual({ there: account.found!.there, twice: 4, outOfOrder: 1 });
  });

  test('a consumer that is slow is late and behind, and nothing is lost for that', async () => {
    const client = 'confluent-dr-canary-consumer';
    clusters.primary!.limitFetching(client, 4000);
    const slow = CanaryRun.start(stage, ['--topic', 'speed', '--rate', '200', '--late-after', '1s']);
    await slow.until(() => slow.seconds.some(({ late }) => late > 0), 'what is late');
    await slow.until(() => slow.seconds.some(({ waiting }) => waiting > 200), 'what is behind');
    clusters.primary!.limitFetching(client, 100_000_000);
    slow.interrupt();
    const ended = await slow.end();
    expect([ended.code, ended.sum.verdict.faults]).toEqual([0, []]);
    expect(ended.sum.tally.late).toBeGreaterThan(0);
  });

  test('a broker that is killed stops its partitions only, and nothing acknowledged is lost when it is back', async () => {
    const canary = CanaryRun.start(stage, ['--topic', 'broker', '--rate', '100']);
    await canary.until(() => canary.acknowledged() > 200, 'acknowledgements');
    await clusters.primary!.signal(1, 'SIGKILL');
    const at = canary.seconds.length;
    // The other replica takes over.
    await canary.until(
      () => canary.seconds.slice(at).some(({ acknowledged, sent }) => sent > 0 && acknowledged >= 90),
      'its recovery',
    );
    await clusters.primary!.restart(1);
    canary.interrupt();
    const { code, sum } = await canary.end();
    expect([code, sum.verdict.faults, sum.found!.missing]).toEqual([0, [], 0]);
    const shown = counted(clusters.primary!.records('broker'), sum.run);
    expect(shown).toMatchObject({ there: sum.found!.there, twice: 0 });
  });

  /** What a process of its own prints that uses the primary. */
  const printed = async (script: string, ...before: readonly string[]): Promise<string> => {
    const { key, secret } = lab.member('primary').kafka;
    const words = ['--require', require.resolve('ts-node/register'), join(__dirname, script), ...before];
    const { stdout } = await run(
      process.execPath,
      [...words, clusters.primary!.bootstrap, address, key, secret, 'broker'],
      folder.path,
      { ...process.env, NODE_EXTRA_CA_CERTS: stage.caFile, TS_NODE_PROJECT: join(__dirname, '../../../tsconfig.json') },
    );
    return stdout;
  };

  test.each(['tool', 'lab'])(
    'a broker, a partition or a code that is not known is told by the calls of the %s, and ends no process',
    async (whose) => {
      expect(JSON.parse(await printed('within-reach.ts', whose))).toEqual({
        before: ['answered', 'sent'],
        withoutBroker: ['own: Listing offsets failed.', 'sent'],
        withoutPartition: Array(2).fill(expect.stringMatching(/^own: the metadata have no such partition any more/)),
        unknownCode: expect.stringMatching(/^own: an answer cannot be read/) as string,
        ofClosedPool: 'own: no connection: Connection pool is closed.',
        afterTags: 42,
      });
    },
  );

  test('a consumer that is stopped when it has just joined its group ends no process', async () => {
    expect(await printed('stopped-joining.ts')).toBe('stopped\n');
  });

  test('goes on where its topic is made anew with fewer partitions, and sends nothing to others in their place', async () => {
    const canary = CanaryRun.start(stage, ['--topic', 'anew', '--rate', '100']);
    await canary.until(() => canary.acknowledged() > 300, 'acknowledgements');
    clusters.primary!.deleteTopic('anew');
    clusters.primary!.createTopic('anew', 1);
    const at = canary.seconds.length;
    const isBack = (): boolean => canary.seconds.slice(at).some(({ consumed }) => consumed > 20);
    await canary.until(isBack, 'its recovery');
    canary.interrupt();
    const { code, sum } = await canary.end();
    expect([code, sum.verdict.faults]).toEqual([4, expect.arrayContaining(['missing', 'not-read'])]);
    expect(sum.verdict.faults).not.toContain('group-shared');
    const records = clusters.primary!.records('anew').map(({ value }) => decodeRecord(Buffer.from(value))!);
    expect(new Set(records.map(({ partition }) => partition))).toEqual(new Set([0]));
    const [first] = sum.partitions;
    expect([first.found!.there, first.found!.twice]).toEqual([records.length, 0]);
    expect(canary.log).toContainEqual(
      expect.objectContaining({ type: 'not-acknowledged', cause: 'the topic has no partition 2 any more' }),
    );
  });

  test('goes on with what is there where its group stands at what was deleted', async () => {
    const canary = CanaryRun.start(stage, ['--topic', 'speed', '--rate', '100']);
    await canary.until(() => canary.acknowledged() > 100, 'acknowledgements');
    canary.child.kill('SIGSTOP');
    clusters.primary!.produce('speed', ['deleted before it is read']);
    const ends = clusters.primary!.offsets('speed', 'latest');
    ends.forEach((end, partition) => clusters.primary!.deleteRecords('speed', partition, end));
    const at = canary.seconds.length;
    canary.child.kill('SIGCONT');
    const isBack = (): boolean => canary.seconds.slice(at).some(({ consumed }) => consumed > 20);
    await canary.until(isBack, 'its recovery');
    canary.interrupt();
    const { sum } = await canary.end();
    // What was deleted on its way is missing.
    expect(sum.tally.notConsumed).toBeLessThanOrEqual(sum.found!.missing);
    const cause = 'The requested offset is not within the range of offsets maintained by the server.';
    expect(canary.log).toContainEqual(expect.objectContaining({ type: 'trouble', cause }));
  });

  test('commits to the coordinator that its group has now', async () => {
    await clusters.primary!.assign('__consumer_offsets', 0, [1, 0]);
    const canary = CanaryRun.start(stage, ['--topic', 'broker', '--rate', '50']);
    await canary.until(() => canary.acknowledged() > 50, 'acknowledgements');
    await clusters.primary!.assign('__consumer_offsets', 0, [0, 1]);
    const end = [...clusters.primary!.offsets('broker', 'latest').values()].reduce((all, each) => all + each, 0);
    const [{ group }] = canary.lookFor('begin') as { group: string }[];
    await eventually(
      () => clusters.primary!.committed(group),
      (committed) => committed >= end,
      { what: `offsets beyond ${end}` },
    );
    canary.interrupt();
    const { code, sum } = await canary.end();
    expect([code, sum.verdict.faults]).toEqual([0, []]);
    expect(clusters.primary!.groups()).not.toContain(group);
  });

  test('goes on where the brokers end while its group waits for a member that stands still', async () => {
    const group = 'of-several';
    const canary = CanaryRun.start(stage, ['--topic', 'broker', '--rate', '50', '--group', group]);
    await canary.until(() => canary.acknowledged() > 50, 'acknowledgements');
    const members = [await clusters.primary!.join(group, 'broker', { state: 'Stable', members: 2 })];
    try {
      members[0].kill('SIGSTOP');
      members.push(await clusters.primary!.join(group, 'broker', { state: 'PreparingRebalance', members: 3 }));
      // Its next heartbeat tells the canary to join again, which it can't until the one that stands still has done so.
      await pause(3000);
      await Promise.all([0, 1].map((node) => clusters.primary!.signal(node, 'SIGKILL')));
    } finally {
      members.forEach((member) => member.kill('SIGKILL'));
    }
    await clusters.primary!.restart(0, 1);
    const at = canary.seconds.length;
    await canary.until(() => canary.seconds.slice(at).some(({ consumed }) => consumed > 40), 'its recovery');
    canary.interrupt();
    const { sum } = await canary.end();
    // What the other members read is not consumed by it, which is no loss.
    expect(sum?.found?.missing ?? canary.stderr).toBe(0);
    expect(sum.tally.notConsumed).toBe(0);
    expect(canary.log).toContainEqual(expect.objectContaining({ type: 'trouble', who: 'consumer' }));
  });

  test('tells that others of its group read in its place, and not that this was not consumed; a group that has members is refused', async () => {
    const words = ['--topic', 'speed', '--rate', '50', '--group', 'of-others'];
    const canary = CanaryRun.start(stage, words);
    await canary.until(() => canary.acknowledged() > 50, 'acknowledgements');
    const member = await clusters.primary!.join('of-others', 'speed', { state: 'Stable', members: 2 });
    try {
      await canary.until(() => canary.lookFor('shared').length > 0, 'word of the other member');
      const second = CanaryRun.start(stage, words);
      expect([(await second.end()).code, second.stderr.replace(/\s+/g, ' ')]).toEqual([
        1,
        expect.stringMatching(
          /the group of-others cannot be placed on the primary: [^.]+\. Nothing was sent\. Allowed is a group that .* has no members; without --group/,
        ),
      ]);
      canary.interrupt();
      const { code, sum } = await canary.end();
      expect([code, sum.verdict.faults, sum.tally.notConsumed]).toEqual([4, ['group-shared'], 0]);
      const shared = sum.partitions.reduce((all, partition) => all + (partition.shared ?? 0), 0);
      expect(shared).toBe(sum.tally.acknowledged - sum.tally.consumed);
      expect(shared).toBeGreaterThan(0);
      expect(canary.lines.flatMap((line) => documentProblems('canary', line))).toEqual([]);
    } finally {
      member.kill('SIGKILL');
    }
  });

  test('of two that begin at once on one topic each consumes all of its own, and neither leaves a group behind', async () => {
    const both = [1, 2].map(() => CanaryRun.start(stage, ['--topic', 'speed', '--rate', '50', '--for', '4s']));
    const ended = await Promise.all(both.map((canary) => canary.end()));
    const told = ended.map(({ code, sum }, index) => [code, sum?.verdict.faults ?? both[index].stderr]);
    expect(told).toEqual([
      [0, []],
      [0, []],
    ]);
    const groups = clusters.primary!.groups();
    for (const [index, canary] of both.entries()) {
      const { run, tally } = ended[index].sum;
      expect(tally.consumed).toBe(tally.acknowledged);
      expect(tally.consumed).toBeGreaterThan(0);
      // Each has met the records of the other.
      const cause = expect.stringContaining(ended[1 - index].sum.run) as string;
      expect(canary.lines).toContainEqual(expect.objectContaining({ type: 'trouble', who: 'consumer', cause }));
      expect(groups).not.toContain(`confluent-dr-canary-${run}`);
    }
  });

  test('wrong credentials are told within the limit, and nothing is sent', async () => {
    const other = await DeployedLab.start({ topics: ['loss'], partitions: 3, rate: 10 });
    const canary = CanaryRun.start({ ...stage, lab: other }, ['--topic', 'loss']);
    const { code, sum } = await canary.end();
    expect([code, sum]).toEqual([1, undefined]);
    expect(canary.stderr).toMatch(
      /the topic on the primary \(pkc-11111\S+, through the proxy 127\.0\.87\.1\) cannot be reached: SASL authentication failed\. Nothing was sent/,
    );
  });

  test('a connection that is reset while it logs in is told, and ends nothing else', async () => {
    const elsewhere = '127.0.87.2';
    const outside: Socket[] = [];
    const server = createTlsServer({ key: certificates.key, cert: certificates.certificate }, (secure) => {
      secure.on('error', () => undefined);
      secure.once('data', () => outside.forEach((socket) => socket.resetAndDestroy()));
    });
    await once(server.listen(0, elsewhere), 'listening');
    const { port } = server.address() as AddressInfo;
    const entrance = createServer((socket) => {
      outside.push(socket);
      pipeline(socket, connect(port, elsewhere), socket, () => undefined);
    });
    await once(entrance.listen(9092, elsewhere), 'listening');
    const canary = CanaryRun.start({ ...stage, proxyAddress: elsewhere }, ['--topic', 'loss']);
    const { code } = await canary.end();
    entrance.close();
    server.close();
    expect([code, canary.stderr.replace(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringMatching(/through the proxy 127\.0\.87\.2\) cannot be reached: [^:]*\. Nothing was sent\. $/),
    ]);
  });

  test('--follow goes to the other member when the topic is writable there, with a fresh producer; what no link brought there is missing', async () => {
    const canary = CanaryRun.start(stage, ['--topic', 'follow', '--follow']);
    await canary.until(() => canary.acknowledged() > 200, 'acknowledgements');
    await failOver(lab, 'follow');
    await canary.until(() => canary.lookFor('moved').length > 0, 'its move');
    const at = canary.seconds.length;
    await canary.until(() => canary.acknowledged(at + 1) > 200, 'an acknowledgement there');
    canary.interrupt();
    const { code, sum } = await canary.end();
    const onPrimary = counted(clusters.primary!.records('follow'), sum.run);
    const onSecondary = counted(clusters.secondary!.records('follow'), sum.run);
    expect([code, sum.on, sum.verdict.faults]).toEqual([4, 'secondary', ['missing']]);
    expect(sum.found).toMatchObject({ there: onSecondary.there, twice: onSecondary.twice, outOfOrder: 0 });
    expect(sum.found!.missing).toBe(sum.tally.acknowledged - onSecondary.there + sum.found!.unacknowledged);
    expect(onPrimary.there).toBeGreaterThanOrEqual(sum.found!.missing);
    expect(sum.tally.notConsumed).toBe(0);
  });
});

async function failOver(lab: DeployedLab, topic: string): Promise<void> {
  const { clusterId, restEndpoint, kafka } = lab.member('secondary');
  const answer = await fetch(`${restEndpoint}/kafka/v3/clusters/${clusterId}/links/${DEPLOYED_LINK}/mirrors:failover`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${kafka.key}:${kafka.secret}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ mirror_topic_names: [topic] }),
  });
  expect(answer.status).toBe(200);
}
