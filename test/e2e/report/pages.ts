import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CanaryAccount } from '../../../packages/confluent-dr/src/canary/account';
import { type CanaryEvent } from '../../../packages/confluent-dr/src/canary/events';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { type Traffic, trafficOf } from '../../../packages/confluent-dr/src/drill/traffic';
import { found } from '../../../packages/confluent-dr/test/canary/support/story';
import {
  canaryLog,
  drillJournal,
  linesOf,
  written,
} from '../../../packages/confluent-dr/test/report/drill/support/drill-files';
import { run } from '../terraform/support/terraform';

const root = join(__dirname, '../../..');

/** Journals and raw logs of the kinds that a page has to show. */
export interface Given {
  readonly journal?: Partial<Journal>;
  readonly log?: readonly CanaryEvent[];
  readonly against?: Journal;
}

const LONG = 'a-name-without-any-place-to-break-'.repeat(8);
const WORDY = 'Next, the primary becomes active again, and the secondary its mirror. '.repeat(6);

/** Fifty partitions, of which each lacks every other record of a hundred. */
function manyPartitions(): CanaryEvent[] {
  const events = canaryLog();
  const stopped = events.findIndex(({ type }) => type === 'stopped');
  const partitions = Array.from({ length: 50 }, (_, index) => index + 1);
  const at = events[stopped].at - 100;
  const acknowledged = partitions.flatMap((partition): CanaryEvent[] => [
    { type: 'sent', at, on: 'primary', partition, first: 0, last: 99 },
    { type: 'acknowledged', at, on: 'primary', partition, first: 0, last: 99 },
  ]);
  const there = Array.from({ length: 50 }, (_, index) => 2 * index);
  const read = partitions.flatMap((partition) =>
    found(partition, there).map((event) => ({ ...event, at: at + 1000, on: 'primary' as const })),
  );
  return [
    { ...events[0], partitions: 51 } as CanaryEvent,
    ...events.slice(1, stopped),
    ...acknowledged,
    ...events.slice(stopped),
    ...read,
  ];
}

const { run: parts, questions, experiment } = drillJournal();

export const PAGES: Readonly<Record<string, Given>> = {
  'a drill that went well': {
    log: canaryLog(),
    journal: { targets: { lost: 0, lag: 30, rto: 60, rpo: { records: 0 } } },
  },
  'a drill that failed on the way, beside another': {
    log: canaryLog({ lost: [3, 4, 47], twice: [10, 11] }),
    against: drillJournal(),
    journal: {
      status: 'aborted',
      deviated: true,
      run: [...parts.slice(0, 2), { ...parts[2], status: 'failed', exception: ['Not there within the time limit.'] }],
      not_proven: ['That the proxy keeps clients from the primary: the proof was left out (--no-proof).'],
    },
  },
  'a drill that no canary watched': { journal: { actuals: { lost: 0, discarded: 0 } } },
  'a drill of long names and many partitions': {
    log: manyPartitions(),
    journal: {
      node: LONG,
      operator: { user: LONG, folder: `/srv/${LONG}` },
      experiment: { ...experiment, title: `Losing the primary of ${LONG}`, description: WORDY },
      questions: questions.map((question) => ({ ...question, text: WORDY })),
      not_proven: [LONG, WORDY],
      run: parts.map((part) => ({
        ...part,
        activity: { ...part.activity, name: LONG, provider: { ...part.activity.provider, arguments: LONG } },
      })),
    },
  },
};

/** The page that `confluent-dr report` makes. @returns its path; `removeDrillFiles` removes it */
export async function pageOf({ journal, log, against }: Given): Promise<string> {
  const plain = drillJournal(journal);
  const files = written({
    'drill.json': JSON.stringify(log ? { ...plain, traffic: watched(plain, log) } : plain),
    'other.json': JSON.stringify(against ?? {}),
  });
  const words = ['report', files['drill.json'], ...(against ? ['--against', files['other.json']] : [])];
  const tool = ['--require', require.resolve('ts-node/register'), join(root, 'packages/confluent-dr/src/cli/main.ts')];
  const env = { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json') };
  const { exitCode, text } = await run(process.execPath, [...tool, ...words], root, env);
  if (exitCode !== 0 && exitCode !== 4) {
    throw new Error(text);
  }
  return files['drill.json'].replace(/json$/, 'html');
}

/** What the drill's own canary leaves: its raw log, and what follows from it. */
function watched({ run: parts, questions = [] }: Journal, log: readonly CanaryEvent[]): Traffic {
  const text = linesOf(log);
  const { 'canary.jsonl': path } = written({ 'canary.jsonl': text });
  const sha256 = createHash('sha256').update(text).digest('hex');
  return trafficOf({ account: CanaryAccount.of(log), events: () => log, log: { path, sha256 }, run: parts, questions });
}
