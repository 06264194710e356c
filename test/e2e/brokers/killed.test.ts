import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLog } from '../../../packages/confluent-dr/src/canary/raw-log';
import { decodeRecord } from '../../../packages/confluent-dr/src/canary/record';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { eventually, LabWithBrokers } from './lab-with-brokers';

jest.setTimeout(900_000);

const TOPIC = 'watched';

type Victim = 'the tool' | 'the link' | 'the broker of the primary' | 'the broker of the secondary';

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
    outputs = await lab.outputsFile(TOPIC);
  });

  afterEach(() => drilling?.kill('SIGKILL'));
  afterAll(() => lab.tool.remove());

  const journalIn = (file: string): Journal | undefined =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Journal) : undefined;

  async function victimOf(victim: Victim, journal: Journal): Promise<number | undefined> {
    const { clusters, link } = (await lab.status()).kafka;
    switch (victim) {
      case 'the tool':
        return journal.pid;
      case 'the link':
        return link.pid;
      case 'the broker of the primary':
        return clusters[lab.sample.primary.clusterId].brokers[0].pid;
      case 'the broker of the secondary':
        return clusters[lab.sample.secondary.clusterId].brokers[0].pid;
    }
  }

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

  test.each<Record<'failover' | 'failback', Victim>>([
    { failover: 'the tool', failback: 'the link' },
    { failover: 'the broker of the primary', failback: 'the broker of the secondary' },
  ])(
    '$failover at its failover, $failback at its failback, is brought to its end with all that was acknowledged',
    async (victims) => {
      await lab.caughtUp('secondary', TOPIC);
      const name = join(lab.tool.cwd, `without-${victims.failover}`.replaceAll(' ', '-'));
      const file = `${name}.json`;
      const logs: string[] = [];
      const left = new Set(['failover', 'failback'] as const);
      const run = async (): Promise<void> => {
        logs.push(`${name}-${logs.length}.jsonl`);
        const words = ['drill', '--no-toggle', '--yes', '--canary', '--outputs', outputs, '--journal', file];
        const drill = lab.tool.argumentsFor([...words, '--canary-log', logs.at(-1)!]);
        const inLab = lab.tool.argumentsFor(['lab', 'exec', '--', process.execPath, ...drill]);
        drilling = spawn(process.execPath, inLab, { cwd: lab.tool.cwd, env: lab.tool.env, stdio: 'ignore' });
        let isOver = false;
        const ended = once(drilling, 'exit').then(() => (isOver = true));
        for (const phase of left) {
          const journal = await eventually(
            () => Promise.resolve(journalIn(file)),
            (seen) => isOver || seen?.under_way?.name === phase,
            600_000,
          );
          if (isOver) {
            return;
          }
          left.delete(phase);
          process.kill((await victimOf(victims[phase], journal!))!, 'SIGKILL');
        }
        await ended;
      };
      await run();
      while (journalIn(file)!.status !== 'completed' && logs.length < 5) {
        await run();
      }

      const journal = journalIn(file)!;
      expect([journal.status, journal.interruptions.length, left.size]).toEqual(['completed', logs.length - 1, 0]);
      expect(logs.length).toBeGreaterThanOrEqual(victims.failover === 'the tool' ? 2 : 1);
      await lab.caughtUp('secondary', TOPIC);
      const dump = await lab.dump('primary', TOPIC);
      // Where nothing but the last look is left, a further run measures nothing.
      for (const log of logs.filter((each, index) => index === 0 || existsSync(each))) {
        const { run: id, sequences } = acknowledgedIn(log);
        const held = heldOf(dump, id);
        expect(sequences.length).toBeGreaterThan(0);
        expect(sequences.filter((sequence) => !held.has(sequence))).toEqual([]);
      }
      // The parts are measured as one, and the time between them is told.
      const { failover, loss, earlier = [], sum } = journal.traffic!;
      const parts = logs.filter((log) => existsSync(log));
      expect([earlier.length, loss?.records, failover?.rto]).toEqual([parts.length - 1, 0, expect.any(Number)]);
      const acknowledged = parts.map((log) => acknowledgedIn(log).sequences.length);
      expect(sum!.tally.acknowledged).toBe(acknowledged.reduce((all, count) => all + count, 0));
      expect(journal.not_proven.filter((words) => words.includes('no canary ran')).length).toBe(parts.length - 1);
      const { exitCode } = await lab.tool.dr('report', file);
      expect([0, 4]).toContain(exitCode);
      const page = readFileSync(`${name}.html`, 'utf8');
      expect(page.includes('and a further run took it up')).toBe(logs.length > 1);
      expect(page.includes(logs[0])).toBe(true);
    },
  );
});
