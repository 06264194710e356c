import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLog } from '../../../packages/confluent-dr/src/canary/raw-log';
import { decodeRecord } from '../../../packages/confluent-dr/src/canary/record';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { eventually, LabWithBrokers, type Role } from './lab-with-brokers';

jest.setTimeout(900_000);

const TOPIC = 'watched';

type Victim = 'the tool' | 'the link';

describe('A drill in which something is killed', () => {
  const lab = new LabWithBrokers();
  let outputs: string;
  let drilling: ChildProcess | undefined;

  beforeAll(async () => {
    await lab.up();
    await lab.link();
    for (const role of ['primary', 'secondary'] as const) {
      await lab.allow(role, lab.sample.administratorId, 'TOPIC', '*', 'ALL');
    }
    await lab.rest('primary', 'POST', '/topics', { topic_name: TOPIC, partitions_count: 2 });
    await lab.rest('secondary', 'POST', '/links/dr/mirrors', { source_topic_name: TOPIC });
    const { clusters } = (await lab.status()).kafka;
    const memberOf = (role: Role): object => ({
      cluster_id: lab.sample[role].clusterId,
      rest_endpoint: lab.record.endpoints[lab.sample[role].clusterId],
      bootstrap_endpoint: clusters[lab.sample[role].clusterId].bootstrap,
      kafka_api_key: lab.sample[role].kafka.key,
      kafka_api_secret: lab.sample[role].kafka.secret,
    });
    const value = {
      ...{ primary: memberOf('primary'), secondary: memberOf('secondary') },
      ...{ link_name: 'dr', topics: [TOPIC], proxy_public_ip: '203.0.113.7' },
    };
    outputs = join(lab.tool.cwd, 'outputs.json');
    writeFileSync(outputs, JSON.stringify({ runbook: { sensitive: true, value } }), { mode: 0o600 });
  });

  afterEach(() => drilling?.kill('SIGKILL'));
  afterAll(() => lab.tool.remove());

  const journalIn = (file: string): Journal | undefined =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Journal) : undefined;

  const victimOf = async (victim: Victim, journal: Journal): Promise<number | undefined> =>
    victim === 'the tool' ? journal.pid : (await lab.status()).kafka.link.pid;

  /** What a canary was told by the brokers that they have, by the raw log that it left. */
  const acknowledgedIn = (log: string): { run: string; sequences: string[] } => {
    const { events } = readLog(log);
    const [begin] = events.flatMap((event) => (event.type === 'begin' ? [event] : []));
    const sequences = events.flatMap((event) =>
      event.type === 'acknowledged'
        ? Array.from(
            { length: event.last - event.first + 1 },
            (_, index) => `${event.partition}/${event.first + index}`,
          )
        : [],
    );
    return { run: begin.run, sequences };
  };

  /** Records of a run that the brokers hold, as Kafka's own console consumer shows them. */
  const heldOf = (dump: readonly string[], run: string): Set<string> =>
    new Set(
      dump.flatMap((line) => {
        const partition = /Partition:(\d+)/.exec(line)![1];
        const record = decodeRecord(Buffer.from(line.slice(line.indexOf('{"canary"'))));
        return record?.run === run ? [`${partition}/${record.sequence}`] : [];
      }),
    );

  test.each<{ victim: Victim; phase: string }>([
    { victim: 'the tool', phase: 'failover' },
    { victim: 'the link', phase: 'failback' },
  ])('$victim, at the $phase, is brought to its end, with all that was acknowledged', async ({ victim, phase }) => {
    await lab.caughtUp('secondary', TOPIC);
    const name = join(lab.tool.cwd, `${victim}-${phase}`.replaceAll(' ', '-'));
    const file = `${name}.json`;
    const logs = [`${name}-1.jsonl`, `${name}-2.jsonl`];
    const drill = (log: string): string[] => {
      const words = ['drill', '--no-toggle', '--yes', '--canary', '--outputs', outputs, '--journal', file];
      return lab.tool.argumentsFor([...words, '--canary-log', log]);
    };
    const inLab = lab.tool.argumentsFor(['lab', 'exec', '--', process.execPath, ...drill(logs[0])]);
    drilling = spawn(process.execPath, inLab, { cwd: lab.tool.cwd, env: lab.tool.env, stdio: 'ignore' });
    const ended = once(drilling, 'exit');
    const begun = await eventually(
      () => Promise.resolve(journalIn(file)),
      (journal) => journal?.under_way?.name === phase,
      600_000,
    );
    const pid = await victimOf(victim, begun!);
    process.kill(pid!, 'SIGKILL');
    await ended;

    // Whatever became of it: the same command brings it to its end, or has nothing left to do.
    const first = journalIn(file)!;
    const runs = first.status === 'completed' ? 1 : 2;
    const again = runs === 2 ? await lab.tool.lab('exec', '--', process.execPath, ...drill(logs[1])) : undefined;
    expect([again?.exitCode ?? 0, again?.text ?? 'The drill is done']).toEqual([
      0,
      expect.stringContaining('The drill is done'),
    ]);
    const journal = journalIn(file)!;
    expect([journal.status, journal.interruptions.length]).toEqual(['completed', runs - 1]);
    expect(runs).toBeGreaterThanOrEqual(victim === 'the tool' ? 2 : 1);
    await lab.caughtUp('secondary', TOPIC);

    const dump = await lab.dump('primary', TOPIC);
    // Where nothing but the last look is left, a further run measures nothing.
    for (const log of logs.filter((each, index) => index === 0 || existsSync(each))) {
      const { run, sequences } = acknowledgedIn(log);
      const held = heldOf(dump, run);
      expect(sequences.length).toBeGreaterThan(0);
      expect(sequences.filter((sequence) => !held.has(sequence))).toEqual([]);
    }
    const { exitCode } = await lab.tool.dr('report', file);
    expect([0, 4]).toContain(exitCode);
    const page = readFileSync(`${name}.html`, 'utf8');
    expect(page.includes('and a further run took it up')).toBe(runs === 2);
    expect(page.includes(logs[0])).toBe(true);
  });
});
