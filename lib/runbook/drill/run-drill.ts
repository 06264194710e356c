import { type PairObservation, clientMove, type Role, servingOfPair } from '../pair';
import { type Journal } from './journal';
import { type Phase, STEADY_PROBE } from './phases';
import { phasesLeft } from './resume';
import { type Recorder, type Result } from './recorder';

/** What a drill does, without knowing how. */
export interface DrillActions {
  /** Looks at both members. */
  observe(): Promise<PairObservation>;
  check(): Promise<Result>;
  toggle(blocked: boolean): Promise<Result>;
  operate(direction: 'failover' | 'failback'): Promise<Result>;
}

export interface Drill {
  readonly phases: readonly Phase[];
  readonly unplanned: boolean;
  readonly attempts: DrillActions;
  readonly recorder: Recorder;
  /** Whether to go on with a phase. */
  readonly confirm: (phase: Phase) => Promise<boolean>;
  /** Whether to go on with what an earlier drill left. @default - nothing is begun where the pair is not steady */
  readonly resume?: (left: readonly Phase[]) => Promise<boolean>;
  readonly listener?: (event: DrillEvent) => void;
  readonly signal: AbortSignal;
}

export type DrillEvent =
  | { readonly type: 'begins'; readonly name: string; readonly steps: string }
  | { readonly type: 'ended'; readonly name: string; readonly ok: boolean; readonly problem?: string };

/**
 * Goes through the phases, and stops at the first that does not succeed. What it leaves behind then is left to people:
 * to undo a failover unasked could be worse.
 *
 * @throws what is no interruption; the journal is written before
 */
export async function runDrill(drill: Drill): Promise<Journal> {
  const { recorder, signal } = drill;
  try {
    return recorder.end(await statusOf(drill));
  } catch (error) {
    const journal = recorder.end(signal.aborted ? 'interrupted' : 'aborted');
    if (signal.aborted) {
      return journal;
    }
    throw error;
  }
}

async function statusOf(drill: Drill): Promise<Journal['status']> {
  const { confirm, recorder, signal } = drill;
  const phases = (await isSteady(drill, 'before')) ? drill.phases : await resumed(drill);
  if (phases === undefined) {
    return signal.aborted ? 'interrupted' : 'failed';
  }
  for (const phase of phases) {
    if (phase.question !== undefined && !(await confirm(phase))) {
      return signal.aborted ? 'interrupted' : 'aborted';
    }
    signal.throwIfAborted();
    tell(drill, { type: 'begins', name: phase.name, steps: phase.steps });
    const run = await recorder.record(phase.activity, () => doneOf(drill, phase));
    recorder.add(run);
    const ok = run.status === 'succeeded';
    tell(drill, { type: 'ended', name: phase.name, ok, problem: run.exception?.join('\n') });
    if (signal.aborted) {
      return 'interrupted';
    }
    if (!ok) {
      return 'aborted';
    }
  }
  return (await isSteady(drill, 'after')) ? 'completed' : 'failed';
}

/** What is left of an earlier drill, if somebody agrees that it was one: a failover in earnest looks the same. */
async function resumed({ phases, attempts, recorder, resume, signal }: Drill): Promise<readonly Phase[] | undefined> {
  if (!resume || signal.aborted) {
    return undefined;
  }
  const left = phasesLeft(await attempts.observe(), phases);
  if (left === undefined || !(await resume(left))) {
    return undefined;
  }
  recorder.notProven(
    `An earlier drill was taken up at ${left[0].name}: what came before it is not in this journal, and was not tried again.`,
  );
  return left;
}

async function isSteady(drill: Drill, when: 'before' | 'after'): Promise<boolean> {
  const { recorder } = drill;
  const name = when === 'before' ? 'steady before' : 'steady after';
  tell(drill, { type: 'begins', name, steps: when === 'before' ? '1 to 3' : '13' });
  const probe = await recorder.record(STEADY_PROBE, async () => servedBy(drill, 'primary', { followed: true }));
  recorder.steady(when, probe);
  const ok = probe.status === 'succeeded';
  tell(drill, { type: 'ended', name, ok, problem: probe.exception?.join('\n') });
  return ok;
}

function doneOf(drill: Drill, { name }: Phase): Promise<Result> {
  const { attempts, unplanned } = drill;
  switch (name) {
    case 'check':
      return attempts.check();
    case 'block':
      return attempts.toggle(true);
    case 'unblock':
      return attempts.toggle(false);
    case 'failover':
    case 'failback':
      return attempts.operate(name);
    case 'check-moved':
    case 'status':
      return servedBy(drill, 'secondary', { followed: !unplanned });
  }
}

/** @param followed whether the other member has to be a mirror already; after an unplanned failover it is none yet */
async function servedBy(
  { attempts }: Drill,
  role: Role,
  { followed }: { readonly followed: boolean },
): Promise<Result> {
  const observed = await attempts.observe();
  const { may, remarks } = clientMove(observed, role);
  const serving = servingOfPair(observed);
  const ok = followed ? may === 'yes' : may !== 'no';
  const leftBehind = (observed.unmirrored ?? []).map(({ name }) => name);
  const document = {
    serving,
    clients: { to: role, may, remarks },
    ...(leftBehind.length > 0 && { unmirrored: leftBehind }),
  };
  const told = remarks.slice(0, MOST_REMARKS).map(({ topic, text }) => `${topic}: ${text}`);
  return {
    ok,
    document,
    leftBehind,
    ...(!ok && { problem: [`Clients should not be on the ${role}.`, ...told].join('\n') }),
  };
}

const MOST_REMARKS = 10;

const tell = ({ listener }: Drill, event: DrillEvent): void => listener?.(event);
