import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Partitioners } from 'kafkajs';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { endingOf, eventually, isAlive, Program } from '../../support/waiting';
import { type CanarySum } from '../canary/stage';
import { Tool } from '../lab/tool';
import { processesOf } from '../proxy/lab/left-of';
import { countedBy, journalIn, logsOf, toldBy } from './console-reader';
import { type Key, LabWithBrokers, OFFSETS_OF_ALL_GROUPS, type Role } from './lab-with-brokers';

jest.setTimeout(900_000);

const records = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    key: `k${from + index}`,
    value: (from + index) % 7 === 3 ? null : `v${from + index}`,
    partition: index % 3,
    headers: { trace: `t${index}` },
    timestamp: String(1_700_000_000_000 + index),
  }));

describe('A lab whose brokers start', () => {
  const tool = new Tool();

  afterAll(() => tool.remove());

  test.each([
    ['SIGTERM', 'leaves nothing', { code: 130, signal: null, files: [] }],
    ['SIGKILL', 'leaves nothing but files', { code: null, signal: 'SIGKILL', files: ['lab.log'] }],
  ] as const)('ends with them when its start gets %s, and %s', async (by, _, { code, signal, files }) => {
    const words = tool.argumentsFor(['lab', 'up', '--kafka']);
    const child = spawn(process.execPath, words, { cwd: tool.cwd, env: tool.env });
    const starting = new Program(child, 'the start');
    await eventually(
      () => processesOf(`${tool.labFolder}/kafka`).length,
      (count) => count >= 2,
      { what: 'both brokers', died: starting.died },
    );
    child.kill(by);
    expect(await starting.ended()).toEqual({ code, signal });
    await eventually(
      () => processesOf(tool.labFolder),
      (left) => left.length === 0,
    );
    const left = existsSync(tool.labFolder) ? readdirSync(tool.labFolder) : [];
    expect(left).toEqual(expect.arrayContaining([...files]));
    expect(left.length > 0).toBe(files.length > 0);
  });
});

describe('A lab with brokers', () => {
  const lab = new LabWithBrokers();
  let app: Record<Role, Key & { id: string }>;

  beforeAll(async () => {
    await lab.up();
    app = { primary: await lab.newKey('primary'), secondary: await lab.newKey('secondary') };
    for (const role of ['primary', 'secondary'] as const) {
      await lab.allow(role, lab.sample.serviceAccountId, 'TOPIC', '*', 'ALL');
      await lab.allow(role, lab.sample.serviceAccountId, 'GROUP', '*', 'ALL');
    }
    await lab.link(OFFSETS_OF_ALL_GROUPS);
  });

  afterAll(() => lab.tool.remove());

  const createTopic = (topic: string): Promise<unknown> =>
    lab.rest('primary', 'POST', '/topics', {
      topic_name: topic,
      partitions_count: 3,
      configs: [{ name: 'max.message.bytes', value: '1000000' }],
    });

  const mirrored = async (topic: string): Promise<void> => {
    await createTopic(topic);
    await lab.produce('primary', app.primary, topic, records(30));
    await lab.rest('secondary', 'POST', '/links/dr/mirrors', { source_topic_name: topic });
    await lab.caughtUp('secondary', topic);
  };

  test('opens sessions with a key from its making to its deletion, and with no wrong secret', async () => {
    const key = await lab.newKey('primary');
    const admin = (await lab.client('primary', key)).admin();
    await admin.connect();
    await admin.disconnect();
    const wrong = (await lab.client('primary', { ...key, secret: 'wrong' })).admin();
    await expect(wrong.connect()).rejects.toThrow(/[Aa]uthentication/);
    await lab.control('DELETE', `/iam/v2/api-keys/${key.id}`);
    const deleted = (await lab.client('primary', key)).admin();
    await expect(deleted.connect()).rejects.toThrow(/[Aa]uthentication/);
  });

  test('has on its brokers what REST made, grown and changed, and nothing of what REST deleted', async () => {
    await createTopic('made');
    const admin = (await lab.client('primary', app.primary)).admin();
    await admin.connect();
    const described = await admin.fetchTopicMetadata({ topics: ['made'] });
    expect(described.topics[0].partitions.length).toBe(3);
    await lab.rest('primary', 'PATCH', '/topics/made', { partitions_count: 5 });
    const grown = await admin.fetchTopicMetadata({ topics: ['made'] });
    expect(grown.topics[0].partitions.length).toBe(5);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: 'made', configNames: ['max.message.bytes'] }],
    });
    expect(resources[0].configEntries[0].configValue).toBe('1000000');
    await lab.rest('primary', 'DELETE', '/topics/made');
    expect(await admin.listTopics()).not.toContain('made');
    await admin.disconnect();
  });

  test('lets a client do what its ACLs say, and no more', async () => {
    await createTopic('closed');
    const acl = `resource_type=TOPIC&resource_name=*&pattern_type=LITERAL&principal=User:${lab.sample.serviceAccountId}&host=*&operation=ALL&permission=ALLOW`;
    await lab.rest('primary', 'DELETE', `/acls?${acl}`);
    await expect(lab.produce('primary', app.primary, 'closed', records(1))).rejects.toThrow(/[Aa]uthoriz/);
    await lab.allow('primary', lab.sample.serviceAccountId, 'TOPIC', '*', 'ALL');
    await lab.produce('primary', app.primary, 'closed', records(1));
    expect((await lab.dump('primary', 'closed')).length).toBe(1);
  });

  test('copies a mirror record for record, to which no client writes', async () => {
    await mirrored('copied');
    const there = await lab.dump('primary', 'copied');
    expect(there.length).toBe(30);
    expect(await lab.dump('secondary', 'copied')).toEqual(there);
    await expect(lab.produce('secondary', app.secondary, 'copied', records(1))).rejects.toThrow(/[Aa]uthoriz/);
  });

  test('reverses a mirror, and back, without losing a record', async () => {
    await mirrored('reversed');
    await lab.produce('primary', app.primary, 'reversed', records(60, 100));
    await lab.operate('secondary', 'reverse-and-start-mirror', 'reversed');
    await lab.stopped('secondary', 'reversed');
    await expect(lab.produce('primary', app.primary, 'reversed', records(1))).rejects.toThrow(/[Aa]uthoriz/);
    await lab.produce('secondary', app.secondary, 'reversed', records(30, 200));
    await lab.caughtUp('primary', 'reversed');
    const dump = await lab.dump('secondary', 'reversed');
    expect(dump.length).toBe(120);
    expect(await lab.dump('primary', 'reversed')).toEqual(dump);
  });

  test('fails over what is there, and restores the old source with the number of records that it loses', async () => {
    await mirrored('failed-over');
    await lab.tool.lab('fault', 'add', 'replication-held', 'secondary', '--topic', 'failed-over');
    await lab.produce('primary', app.primary, 'failed-over', records(6, 500));
    await lab.operate('secondary', 'failover', 'failed-over');
    await lab.stopped('secondary', 'failed-over');
    await lab.tool.lab('fault', 'clear');
    await lab.produce('secondary', app.secondary, 'failed-over', records(9, 700));
    const row = await lab.operate<{ messages_truncated: number; partition_level_truncation_data: object[] }>(
      'primary',
      'truncate-and-restore',
      'failed-over',
    );
    expect(row.messages_truncated).toBe(6);
    expect(row.partition_level_truncation_data).toEqual(
      [0, 1, 2].map((partition) => ({ partition_id: partition, offset_truncated_to: 10, messages_truncated: 2 })),
    );
    await lab.caughtUp('primary', 'failed-over');
    const dump = await lab.dump('secondary', 'failed-over');
    expect(dump.length).toBe(39);
    expect(await lab.dump('primary', 'failed-over')).toEqual(dump);
  });

  test('restores an old source from a topic that clients write to all the while, which the mirror never has whole', async () => {
    await mirrored('written-to');
    await lab.operate('secondary', 'failover', 'written-to');
    await lab.stopped('secondary', 'written-to');
    await lab.tool.lab('fault', 'add', 'slow', 'primary', '--delay-ms', '1000');
    const producer = (await lab.client('secondary', app.secondary)).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    let isRestored = false;
    const writing = (async () => {
      while (!isRestored) {
        await producer.send({ topic: 'written-to', acks: -1, messages: records(3, 900) });
        await sleep(20);
      }
    })();
    try {
      await lab.operate('primary', 'truncate-and-restore', 'written-to');
      await lab.active('primary', 'written-to');
    } finally {
      isRestored = true;
      await writing;
      await producer.disconnect();
      await lab.tool.lab('fault', 'clear');
    }
    await lab.caughtUp('primary', 'written-to');
    expect(await lab.dump('primary', 'written-to')).toEqual(await lab.dump('secondary', 'written-to'));
  });

  test('carries the offsets of groups, and tells their lag', async () => {
    await mirrored('consumed');
    const admin = (await lab.client('primary', app.primary)).admin();
    await admin.connect();
    const offsets = [0, 1, 2].map((partition) => ({ partition, offset: String(partition + 4) }));
    await admin.setOffsets({ groupId: 'readers', topic: 'consumed', partitions: offsets });
    await admin.disconnect();
    const lags = (role: Role) =>
      lab
        .rest<{ data: { current_offset: number; lag: number }[] }>(role, 'GET', '/consumer-groups/readers/lags')
        .then(({ data }) => data.map(({ current_offset: at, lag }) => [at, lag]))
        .catch(() => []);
    const wanted = [
      [4, 6],
      [5, 5],
      [6, 4],
    ];
    expect(await lags('primary')).toEqual(wanted);
    await eventually(
      () => lags('secondary'),
      (seen) => JSON.stringify(seen) === JSON.stringify(wanted),
    );
    const there = (await lab.client('secondary', app.secondary)).admin();
    await there.connect();
    const [fetched] = await there.fetchOffsets({ groupId: 'readers', topics: ['consumed'] });
    await there.disconnect();
    expect(fetched.partitions.map(({ offset }) => offset).sort()).toEqual(['4', '5', '6']);
  });

  test('says of a mirror that it cannot copy a transaction, and why', async () => {
    await mirrored('holed');
    const client = await lab.client('primary', app.primary);
    await lab.allow('primary', lab.sample.serviceAccountId, 'TRANSACTIONAL_ID', '*', 'ALL');
    const producer = client.producer({ transactionalId: 'tx', idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic: 'holed', messages: [{ value: 'one', partition: 0 }] });
    await transaction.commit();
    await producer.disconnect();
    const failed = await eventually(
      () => lab.mirror('secondary', 'holed'),
      ({ mirror_status: status }) => status === 'FAILED',
    );
    expect(failed.mirror_topic_error).toBe('ILLEGAL_STATE');
    expect(failed.mirror_state_transition_errors?.[0].error_message).toMatch(/offset 10 belongs to a transaction/);
  });

  test('goes on rightly after its link was killed in the middle', async () => {
    await mirrored('killed-link');
    const killed = new Set<number>();
    for (let round = 0; round < 3; round += 1) {
      const before = await lab.count('secondary', 'killed-link');
      const writing = lab.produce('primary', app.primary, 'killed-link', records(3000, 1000 * round));
      await eventually(
        () => lab.count('secondary', 'killed-link'),
        (count) => count > before,
        { what: 'a copy' },
      );
      const { link } = await eventually(
        async () => (await lab.status()).kafka,
        ({ link: { pid } }) => pid !== undefined && !killed.has(pid),
        { what: 'a link that was not killed yet' },
      );
      process.kill(link.pid!, 'SIGKILL');
      killed.add(link.pid!);
      await writing;
    }
    await lab.caughtUp('secondary', 'killed-link');
    const dump = await lab.dump('primary', 'killed-link');
    expect(dump.length).toBe(9030);
    expect(await lab.dump('secondary', 'killed-link')).toEqual(dump);
  });

  test('takes the brokers of a cluster away by a fault, fails over without them, and gives them back', async () => {
    await mirrored('lost-primary');
    await lab.tool.lab('fault', 'add', 'refused', 'primary');
    await expect(lab.produce('primary', app.primary, 'lost-primary', records(1))).rejects.toThrow();
    await lab.operate('secondary', 'failover', 'lost-primary');
    await lab.stopped('secondary', 'lost-primary');
    await lab.produce('secondary', app.secondary, 'lost-primary', records(3, 50));
    expect((await lab.dump('secondary', 'lost-primary')).length).toBe(33);
    await lab.tool.lab('fault', 'clear');
    await lab.produce('primary', app.primary, 'lost-primary', records(3, 90));
    expect((await lab.dump('primary', 'lost-primary')).length).toBe(33);
  });

  test('writes real records by lab produce', async () => {
    await mirrored('produced');
    const { exitCode, stdout } = await lab.tool.lab('produce', 'primary', 'produced', '--count', '1000');
    expect(stdout).toContain('Wrote 1000 records to produced on the primary.');
    expect(exitCode).toBe(0);
    await lab.caughtUp('secondary', 'produced');
    expect((await lab.dump('secondary', 'produced')).length).toBe(1030);
  });
});

describe('The processes of a lab with brokers', () => {
  const lab = new LabWithBrokers();
  const pids = async (): Promise<number[]> => {
    const { clusters } = (await lab.status()).kafka;
    return Object.values(clusters).flatMap(({ brokers }) => brokers.flatMap(({ pid }) => pid ?? []));
  };

  afterAll(() => lab.tool.remove());

  test('are gone when it is down, and cleared by the next one when it was killed', async () => {
    await lab.up();
    const first = await pids();
    expect(first.length).toBe(2);
    const { pid } = lab.record;
    process.kill(pid, 'SIGKILL');
    await eventually(
      () => isAlive(pid),
      (alive) => !alive,
    );
    await lab.up();
    expect(first.filter(isAlive)).toEqual([]);
    const second = await pids();
    expect(second.length).toBe(2);
    expect((await lab.tool.lab('down')).exitCode).toBe(0);
    expect(second.filter(isAlive)).toEqual([]);
    expect(existsSync(lab.tool.labFolder)).toBe(false);
  });
});

describe('A canary in a lab with brokers', () => {
  const lab = new LabWithBrokers();
  let outputs: string;
  let first: Awaited<ReturnType<typeof firstCanary>>;

  beforeAll(async () => {
    await lab.up();
    await lab.link();
    await lab.allowAll();
    await lab.rest('primary', 'POST', '/topics', { topic_name: 'watched', partitions_count: 2 });
    await lab.rest('secondary', 'POST', '/links/dr/mirrors', { source_topic_name: 'watched' });
    await lab.caughtUp('secondary', 'watched');
    outputs = await lab.outputsFile('watched');
    first = await firstCanary();
  });
  afterAll(() => lab.tool.remove());

  /** Nobody has asked this cluster for a group before, or written to the topic. */
  async function firstCanary() {
    const canary = ['canary', '--outputs', outputs, '--for', '3s', '--json', '--log', join(lab.tool.cwd, 'log.jsonl')];
    const ended = await lab.tool.lab('exec', '--', process.execPath, ...lab.tool.argumentsFor(canary));
    const there = (await lab.dump('primary', 'watched')).length;
    await lab.caughtUp('secondary', 'watched');
    return { ...ended, there, copied: (await lab.dump('secondary', 'watched')).length };
  }

  /** What the report tells is what Kafka's own console consumer shows. */
  const expectWhatIsThere = async (journal: Journal): Promise<void> => {
    const told = toldBy(journal);
    expect(told).toEqual(countedBy(await lab.dump('primary', 'watched'), logsOf(journal)));
    expect(journal.traffic!.loss!.records).toBe(told.missing);
    expect(told.acknowledged).toBeGreaterThan(100);
  };

  async function drilled(name: string, ...words: readonly string[]) {
    const files = { journal: join(lab.tool.cwd, `${name}.json`), log: join(lab.tool.cwd, `${name}.jsonl`) };
    const drill = ['drill', '--no-toggle', '--yes', '--canary', '--outputs', outputs];
    const command = lab.tool.argumentsFor([...drill, '--journal', files.journal, '--canary-log', files.log, ...words]);
    const { exitCode, text } = await lab.tool.lab('exec', '--', process.execPath, ...command);
    return { exitCode, text, ...files, journal: journalIn(files.journal)! };
  }

  test('needs no more than the environment of the lab, and measures there what the brokers hold', () => {
    const { exitCode, stdout, text, there, copied } = first;
    const told = stdout.split('\n').filter((line) => line.startsWith('{"type":"sum"'));
    const [sum] = told.map((line) => JSON.parse(line) as CanarySum);
    expect({ exitCode, sum, text: exitCode === 0 ? '' : text }).toMatchObject({
      text: '',
      exitCode: 0,
      sum: { verdict: { ok: true, faults: [] }, on: 'primary', found: { missing: 0, twice: 0, outOfOrder: 0 } },
    });
    expect(sum.found!.there).toBe(sum.tally.acknowledged);
    expect({ there, copied }).toEqual({ there: sum.tally.acknowledged, copied: sum.tally.acknowledged });
  });

  test('goes through a drill, which tells how long clients were without a cluster, and that nothing is lost', async () => {
    const { exitCode, text, journal } = await drilled('planned', '--target-rto', '5m', '--target-rpo', '0');
    expect([exitCode, text]).toEqual([0, expect.stringContaining('Within the target of 300 s.')]);
    const { traffic, deviated } = journal;
    expect([deviated, traffic!.loss, traffic!.sum!.verdict]).toEqual([
      false,
      { records: 0, seconds: 0 },
      { ok: true, faults: [] },
    ]);
    expect(traffic!.failover).toMatchObject({ fault: { kind: 'switch-over' } });
    const { rto, parts, pause } = traffic!.failover!;
    expect(Object.values<number>({ ...parts! }).reduce((sum, part) => sum + part, 0)).toBeCloseTo(rto!, 3);
    expect(rto).toBeGreaterThan(0);
    expect(pause.acknowledged).toBeGreaterThan(0);
    expect(traffic!.failback!.rto).toBeGreaterThan(0);
    await expectWhatIsThere(journal);
  });

  test('tells of a failover that lost records as many as the brokers lack, and that the target is missed', async () => {
    await lab.caughtUp('secondary', 'watched');
    expect((await lab.tool.lab('fault', 'add', 'slow', 'secondary', '--delay-ms', '1500')).exitCode).toBe(0);
    const drilling = drilled('unplanned', '--unplanned', '--discard', '--target-rpo', '0');
    // A link that stays slow never has all of what is written meanwhile, and could not be reversed.
    const file = join(lab.tool.cwd, 'unplanned.json');
    await eventually(
      () => journalIn(file)?.under_way?.name,
      (name) => name === 'status' || name === 'failback',
      { what: 'the way back', died: endingOf(drilling, ({ text }) => text) },
    );
    expect((await lab.tool.lab('fault', 'clear')).exitCode).toBe(0);
    const { exitCode, text, journal } = await drilling;
    expect([exitCode, text]).toEqual([4, expect.stringContaining('The target of 0 records is missed.')]);
    const { traffic, deviated, actuals } = journal;
    expect([journal.status, deviated]).toEqual(['completed', true]);
    await expectWhatIsThere(journal);
    expect(traffic!.loss!.records).toBeGreaterThan(0);
    expect(traffic!.loss!.seconds).toBeGreaterThan(0);
    // What the clusters tell counts records that nobody acknowledged, too.
    expect(actuals.discarded).toBeGreaterThanOrEqual(traffic!.loss!.records);
  });

  test('measures a disaster from when the brokers of the primary are killed, and has them back', async () => {
    await lab.caughtUp('secondary', 'watched');
    const { exitCode, text, journal } = await drilled('disaster', '--disaster', '--discard', '--target-rto', '10m');
    expect([exitCode, journal.status, text]).toEqual([
      0,
      'completed',
      expect.stringContaining('from when the primary was lost'),
    ]);
    expect(journal.run.map(({ activity }) => activity.name)).toEqual([
      ...['check', 'outage', 'failover', 'check-moved', 'recovery', 'status', 'failback'],
    ]);
    const { traffic } = journal;
    expect(traffic!.failover).toMatchObject({ fault: { kind: 'disaster' } });
    const { pause, rto } = traffic!.failover!;
    // What was under way when the brokers were killed is the last that was acknowledged.
    expect(pause.acknowledged).toBeLessThanOrEqual(rto!);
    await expectWhatIsThere(journal);
    expect((await lab.tool.lab('fault', 'list')).text).toContain('Nothing goes wrong.');
  });
});
