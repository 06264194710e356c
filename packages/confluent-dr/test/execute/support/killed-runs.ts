import { type Ending, type OperationRun, type Question } from '../../../src/execute/operation-run';
import { type Role } from '../../../src/observe/pair-observation';
import { type FailoverRequest } from '../../../src/plan/failover-request';
import { DeployedLab } from '../../support/deployed-lab';
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
import { withHooks } from '../../support/pair-with-hooks';
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

/** `unsent`: the tool dies before the request leaves. `unheard`: the server does it, and the tool dies before it knows. */
type Death = `${number} ${'unsent' | 'unheard'}` | 'at its end';

type Operations = Record<Role, readonly string[]>;

/** What a tool that is killed leaves behind: nothing but the cloud. */
interface Left {
  /** Each death that leaves this; a request that changes nothing leaves what was there before it. */
  readonly deaths: Death[];
  readonly cloud: string;
  /** That it had asked for by then. */
  readonly operations: Operations;
  /** Whether a truncation was asked of the cluster before somebody agreed to it; never. */
  readonly truncatedUnasked: boolean;
}

const operationsOf = (lab: DeployedLab): Operations => ({
  primary: operationsOn(lab, 'primary'),
  secondary: operationsOn(lab, 'secondary'),
});

/** Carries the run out once, and keeps what it would leave behind if it were killed at its first request, its second, … */
async function leftBehind(lab: DeployedLab, { run }: Scenario): Promise<Left[]> {
  const before = operationsOf(lab);
  const asked: Question['kind'][] = [];
  const left: Left[] = [];
  const keep = (death: Death): void => {
    const cloud = lab.snapshot();
    const operations = operationsOf(lab);
    const sameAs = left.at(-1);
    const own = {
      primary: operations.primary.slice(before.primary.length),
      secondary: operations.secondary.slice(before.secondary.length),
    };
    const truncatedUnasked = own.primary.includes('truncate-and-restore') && !asked.includes('discard');
    if (sameAs?.cloud === cloud && sameAs.truncatedUnasked === truncatedUnasked) {
      sameAs.deaths.push(death);
    } else {
      left.push({ deaths: [death], cloud, operations: own, truncatedUnasked });
    }
  };
  const pair = withHooks(pairOf(lab), {
    beforeSent: (number) => keep(`${number} unsent`),
    beforeHeard: (number) => keep(`${number} unheard`),
  });
  await operated(lab, {
    ...run,
    pair,
    confirm: ({ kind }) => {
      asked.push(kind);
      return Promise.resolve(true);
    },
  });
  keep('at its end');
  return left;
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

/** How a run that was killed ended when it was run again. */
export interface RunAgain {
  readonly deaths: readonly Death[];
  readonly ending: Ending['kind'];
  readonly states: readonly string[];
  /** Of both runs. */
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
  readonly truncatedUnasked: boolean;
  /** Topics that could be written to on both sides at a time, where they could not be before. */
  readonly writableOnBoth: readonly string[];
}

/** What is to become of a run, whatever its deaths. */
export const expected = ({ states, operations, ending = 'done' }: Scenario, { deaths }: RunAgain): RunAgain => ({
  deaths,
  ending,
  states: Array.from({ length: TOPICS }, () => states),
  ...operations,
  truncatedUnasked: false,
  writableOnBoth: [],
});

async function runAgain(fresh: DeployedLab, scenario: Scenario, left: Left): Promise<RunAgain> {
  const lab = await fresh.continued(left.cloud);
  const { both, clock } = watched(lab);
  const mayBeSplit = scenario.primaryAway || (await writableOnBoth(lab)).length > 0;
  const { ending } = await operated(lab, { ...scenario.run, clock });
  const operations = operationsOf(lab);
  return {
    deaths: left.deaths,
    ending: ending.kind,
    states: await statesOf(lab),
    primary: [...left.operations.primary, ...operations.primary],
    secondary: [...left.operations.secondary, ...operations.secondary],
    truncatedUnasked: left.truncatedUnasked,
    writableOnBoth: mayBeSplit ? [] : [...both],
  };
}

/** Kills the scenario's run at every request, before it is sent and before its answer is heard, and runs each again. */
export async function killedAtEveryRequest(scenario: Scenario): Promise<RunAgain[]> {
  const lab = await DeployedLab.start({ topics: TOPICS });
  await scenario.before(lab);
  const runs: RunAgain[] = [];
  for (const left of await leftBehind(lab, scenario)) {
    runs.push(await runAgain(lab, scenario, left));
    await closePairs();
  }
  return runs;
}
