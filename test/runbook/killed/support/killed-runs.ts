import { type Ending, type Question, type OperationRun } from '../../../../lib/runbook/operating';
import { type FailoverRequest } from '../../../../lib/runbook/planning';
import { DeployedLab } from '../../support/deployed-lab';
import { type Death, mortal } from '../../support/mortal-pair';
import {
  closePairs,
  labClock,
  lose,
  operated,
  operationsOn,
  pairOf,
  produced,
  statesOf,
} from '../../support/operating-lab';
import { writableOnBoth } from '../../support/writable-sides';

export interface Scenario {
  readonly title: string;
  readonly run: Omit<OperationRun, 'pair' | 'confirm'>;
  /** Brings a fresh lab to where the scenario begins. */
  readonly before: (lab: DeployedLab) => Promise<unknown>;
  readonly states: string;
  /** How the run ends, killed before or not. @default done */
  readonly ending?: Ending['kind'];
  readonly operations: { readonly primary: readonly string[]; readonly secondary: readonly string[] };
  /** Whether the primary is away to the end: nobody writes there, though it could be written to. */
  readonly primaryAway: boolean;
}

const failover = (procedure: FailoverRequest['procedure']): FailoverRequest => ({ direction: 'failover', procedure });
const FAILBACK: FailoverRequest = { direction: 'failback' };

export async function disaster(lab: DeployedLab): Promise<void> {
  const bring = await lose(lab, 'primary');
  await produced(lab, 'primary', 5);
  await operated(lab, { request: failover('unplanned') });
  await bring();
  await lab.wait(1000);
}

export const FROM_A_PAIR_AT_WORK: readonly Scenario[] = [
  {
    title: 'a planned failover',
    run: { request: failover('planned') },
    before: () => Promise.resolve(),
    states: 'ACTIVE/STOPPED',
    operations: { primary: [], secondary: ['reverse-and-start-mirror'] },
    primaryAway: false,
  },
  {
    title: 'an unplanned failover',
    run: { request: failover('unplanned') },
    before: (lab) => lose(lab, 'primary'),
    states: 'topic/STOPPED',
    operations: { primary: [], secondary: ['failover'] },
    primaryAway: true,
  },
  {
    title: 'a failback',
    run: { request: FAILBACK },
    before: (lab) => operated(lab, { request: failover('planned') }),
    states: 'STOPPED/ACTIVE',
    operations: { primary: ['reverse-and-start-mirror'], secondary: [] },
    primaryAway: false,
  },
];

export const AFTER_A_DISASTER: Scenario = {
  title: 'a failback after a disaster',
  run: { request: FAILBACK, askable: { truncation: true } },
  before: disaster,
  states: 'STOPPED/ACTIVE',
  operations: { primary: ['truncate-and-restore', 'reverse-and-start-mirror'], secondary: [] },
  primaryAway: false,
};

const TOPICS = 3;

/** A confirm that agrees, and what it was asked before each operation was sent. */
function agreeing(): { readonly asked: Question['kind'][]; readonly confirm: OperationRun['confirm'] } {
  const asked: Question['kind'][] = [];
  return {
    asked,
    confirm: ({ kind }) => {
      asked.push(kind);
      return Promise.resolve(true);
    },
  };
}

async function prepared({ before }: Scenario): Promise<DeployedLab> {
  const lab = await DeployedLab.start({ topics: TOPICS });
  await before(lab);
  return lab;
}

interface KilledRun {
  /** Whether it came to its end before. */
  readonly ended: boolean;
  /** Whether a truncation was asked of the cluster before somebody agreed to it; never. */
  readonly truncatedUnasked: boolean;
}

/** Kills the run at its nth request. */
async function killedRun(lab: DeployedLab, { run }: Scenario, death: Death, at: number): Promise<KilledRun> {
  const { pair, died } = mortal(pairOf(lab), death, at);
  const { asked, confirm } = agreeing();
  const end = operated(lab, { ...run, pair, confirm }).then(() => 'ended' as const);
  const outcome = await Promise.race([end, died]);
  const truncated = operationsOn(lab, 'primary').includes('truncate-and-restore');
  return { ended: outcome === 'ended', truncatedUnasked: truncated && !asked.includes('discard') };
}

/** Looks after every step of the lab's time, too. */
function watched(lab: DeployedLab): { readonly both: Set<string>; readonly clock: OperationRun['clock'] } {
  const both = new Set<string>();
  const { now, sleep } = labClock(lab);
  return {
    both,
    clock: {
      now,
      sleep: async (ms, signal) => {
        for (let passed = 0; passed < ms; passed += 100) {
          await sleep(Math.min(100, ms - passed), signal);
          (await writableOnBoth(lab)).forEach((topic) => both.add(topic));
        }
      },
    },
  };
}

/** How a run that was killed at its nth request ended when it was run again. */
export interface RunAgain {
  readonly at: number;
  readonly ending: Ending['kind'];
  readonly states: readonly string[];
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
  readonly truncatedUnasked: boolean;
  /** Topics that could be written to on both sides at a time, where they could not be before. */
  readonly writableOnBoth: readonly string[];
}

/** What is to become of each run. */
export const expected = ({ states, operations, ending = 'done' }: Scenario, at: number): RunAgain => ({
  at,
  ending,
  states: Array.from({ length: TOPICS }, () => states),
  ...operations,
  truncatedUnasked: false,
  writableOnBoth: [],
});

/** Kills the scenario's run at its first request, its second, … until it comes to its end first, and runs each again. */
export async function killedAtEveryRequest(scenario: Scenario, death: Death): Promise<RunAgain[]> {
  const lab = await prepared(scenario);
  const beginning = await lab.snapshot();
  const runs: RunAgain[] = [];
  for (let ended = false; !ended;) {
    const at = runs.length + 1;
    await lab.restore(beginning);
    const killed = await killedRun(lab, scenario, death, at);
    ended = killed.ended;
    const { both, clock } = watched(lab);
    const mayBeSplit = scenario.primaryAway || (await writableOnBoth(lab)).length > 0;
    const { ending } = await operated(lab, { ...scenario.run, clock });
    runs.push({
      at,
      ending: ending.kind,
      states: await statesOf(lab),
      primary: operationsOn(lab, 'primary'),
      secondary: operationsOn(lab, 'secondary'),
      truncatedUnasked: killed.truncatedUnasked,
      writableOnBoth: mayBeSplit ? [] : [...both],
    });
    await closePairs();
  }
  return runs;
}
