import { type Question, type OperationRun } from '../../../lib/runbook/operating';
import { type FailoverRequest } from '../../../lib/runbook/planning';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { type Death, mortal } from '../support/mortal-pair';
import {
  closePairs,
  labClock,
  lose,
  operated,
  operationsOn,
  pairOf,
  produced,
  statesOf,
} from '../support/operating-lab';
import { writableOnBoth } from '../support/writable-sides';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

interface Scenario {
  readonly title: string;
  readonly run: Omit<OperationRun, 'pair' | 'confirm'>;
  /** Brings a fresh lab to where the scenario begins. */
  readonly before: (lab: DeployedLab) => Promise<unknown>;
  readonly states: string;
  readonly operations: { readonly primary: readonly string[]; readonly secondary: readonly string[] };
  /** Whether the primary is away to the end: nobody writes there, though it could be written to. */
  readonly primaryAway: boolean;
}

const failover = (procedure: FailoverRequest['procedure']): FailoverRequest => ({ direction: 'failover', procedure });
const FAILBACK: FailoverRequest = { direction: 'failback' };

async function disaster(lab: DeployedLab): Promise<void> {
  const bring = await lose(lab, 'primary');
  await produced(lab, 'primary', 5);
  await operated(lab, { request: failover('unplanned') });
  await bring();
  await lab.wait(1000);
}

const SCENARIOS: readonly Scenario[] = [
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
  {
    title: 'a failback after a disaster',
    run: { request: FAILBACK, askable: { truncation: true } },
    before: disaster,
    states: 'STOPPED/ACTIVE',
    operations: { primary: ['truncate-and-restore', 'reverse-and-start-mirror'], secondary: [] },
    primaryAway: false,
  },
];

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

/** Kills the run at its nth request; true if it came to its end before. */
async function killedRun(lab: DeployedLab, { run }: Scenario, death: Death, at: number): Promise<boolean> {
  const { pair, died } = mortal(pairOf(lab), death, at);
  const { asked, confirm } = agreeing();
  const end = operated(lab, { ...run, pair, confirm }).then(() => 'ended' as const);
  const outcome = await Promise.race([end, died]);
  expectAsked(lab, asked);
  return outcome === 'ended';
}

/** A truncation is never asked of a cluster before somebody agreed to it. */
function expectAsked(lab: DeployedLab, asked: readonly Question['kind'][]): void {
  const truncated = operationsOn(lab, 'primary').includes('truncate-and-restore');
  expect(truncated && !asked.includes('discard')).toBe(false);
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

describe.each(SCENARIOS)('$title', (scenario) => {
  test.each(['unsent', 'unheard'] as const)(
    'killed at every request, %s, ends the same when it is run again',
    async (death) => {
      const lab = await prepared(scenario);
      const beginning = await lab.snapshot();
      let [at, ended] = [1, false];
      for (; !ended; at += 1) {
        await lab.restore(beginning);
        ended = await killedRun(lab, scenario, death, at);
        const { both, clock } = watched(lab);
        const splitBefore = (await writableOnBoth(lab)).length > 0;
        const { ending } = await operated(lab, { ...scenario.run, clock });
        const told = {
          at,
          ending: ending.kind,
          states: await statesOf(lab),
          primary: operationsOn(lab, 'primary'),
          secondary: operationsOn(lab, 'secondary'),
        };
        expect(told).toEqual({
          at,
          ending: 'done',
          states: lab.topics.map(() => scenario.states),
          ...scenario.operations,
        });
        const mayBeSplit = splitBefore || scenario.primaryAway;
        expect({ at, both: mayBeSplit ? [] : [...both] }).toEqual({ at, both: [] });
        await closePairs();
      }
      // It was killed so often that the above means something.
      expect(at).toBeGreaterThan(15);
    },
  );
});
