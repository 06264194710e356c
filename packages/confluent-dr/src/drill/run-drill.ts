import { type PairObservation, type Role, ROLES } from '../observe/pair-observation';
import { clientMove, type MoveRemark, servingOfPair } from '../observe/serving';
import { type ActivityRun } from './activity';
import { type Journal, type JournalNote } from './journal';
import { type Phase, STEADY_PROBE } from './phases';
import { type Recorder, type Result } from './recorder';
import { earlierDrillOf, type Left, phasesLeft } from './resume';

/** A canary that runs beside a drill. */
export interface DrillTraffic {
  /**
   * Begins where clients are, and comes back once they are served.
   *
   * @throws what keeps it from that: nothing is begun then
   */
  begin(): Promise<void>;
  /** Takes clients to a member once the mirrors have turned, and waits until they are served, as long as that may take. */
  moveTo(role: Role): Promise<void>;
  /** Ends it, and notes what clients saw. */
  end(): Promise<void>;
}

/** What a drill does, without knowing how. */
export interface DrillActions {
  /** Looks at both members. */
  observe(): Promise<PairObservation>;
  check(): Promise<Result>;
  toggle(blocked: boolean): Promise<Result>;
  /** Loses the primary, or has it back; done when both are seen. */
  lose(lost: boolean): Promise<Result>;
  /** Whether the proxy keeps clients from the primary; undefined if nobody tells. */
  isBlocked(): Promise<boolean | undefined>;
  operate(direction: 'failover' | 'failback'): Promise<Result>;
}

export interface Drill {
  readonly phases: readonly Phase[];
  readonly unplanned: boolean;
  readonly attempts: DrillActions;
  readonly recorder: Recorder;
  /** @default - nobody tells what clients saw */
  readonly traffic?: DrillTraffic;
  /** Whether to go on with a phase. */
  readonly confirm: (phase: Phase) => Promise<boolean>;
  /** Whether to go on with what an earlier drill left. @default - nothing is begun where the pair is not steady */
  readonly resume?: (left: Left) => Promise<boolean>;
  /** The journal of a drill of the same kind that ended on the way. @default - none is known of */
  readonly earlier?: Journal;
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
    return recorder.end(await withTraffic(drill));
  } catch (error) {
    const journal = recorder.end(signal.aborted ? 'interrupted' : 'aborted');
    if (signal.aborted) {
      return journal;
    }
    throw error;
  }
}

async function withTraffic(drill: Drill): Promise<Journal['status']> {
  try {
    return await statusOf(drill);
  } finally {
    await drill.traffic?.end();
  }
}

async function statusOf(drill: Drill): Promise<Journal['status']> {
  const { confirm, recorder, signal, traffic } = drill;
  const phases = await phasesToDo(drill);
  if (typeof phases === 'string') {
    return signal.aborted ? 'interrupted' : phases;
  }
  // Where only the last look is left a canary reads back what one that was killed had not.
  const isUnread = recorder.trafficBefore.length > 0 && recorder.journal.traffic?.sum === undefined;
  if (phases.length > 0 || isUnread) {
    await traffic?.begin();
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
    if (phase.name === 'failover' || phase.name === 'failback') {
      await traffic?.moveTo(phase.name === 'failover' ? 'secondary' : 'primary');
    }
  }
  const { probe } = await steadyProbe(drill, 'after');
  recorder.steady('after', probe);
  return probe.status === 'succeeded' ? 'completed' : 'failed';
}

/**
 * All phases where the pair is steady, or what is left of an earlier drill, if somebody agrees that it was one: a failover in
 * earnest looks the same.
 *
 * @returns how it ends if nothing is to be begun
 */
async function phasesToDo(drill: Drill): Promise<readonly Phase[] | 'failed' | 'aborted'> {
  const { phases, recorder, resume, earlier, signal, attempts } = drill;
  const { probe, observed } = await steadyProbe(drill, 'before');
  const isSteady = probe.status === 'succeeded';
  if (resume && !signal.aborted) {
    const traces = { earlier: earlier && earlierDrillOf(earlier) };
    const left =
      phasesLeft(observed, phases, traces) ??
      phasesLeft(observed, phases, { ...traces, blocked: isSteady ? await attempts.isBlocked() : undefined });
    if (left !== undefined) {
      const agreed = await resume(left);
      recorder.steady('before', probe);
      if (agreed) {
        recorder.takeUp(left.phases[0], left.isCertain ? earlier : undefined);
      }
      return agreed ? left.phases : isSteady ? 'aborted' : 'failed';
    }
  }
  recorder.steady('before', probe);
  return isSteady ? phases : 'failed';
}

async function steadyProbe(
  drill: Drill,
  when: 'before' | 'after',
): Promise<{ readonly probe: ActivityRun; readonly observed: PairObservation }> {
  const { recorder, attempts } = drill;
  const name = `steady ${when}`;
  tell(drill, { type: 'begins', name, steps: when === 'before' ? '1 to 3' : '13' });
  let observed: PairObservation | undefined;
  const probe = await recorder.record(STEADY_PROBE, async () => {
    observed = await attempts.observe();
    return servedBy(drill, observed, 'primary', { followed: true });
  });
  tell(drill, { type: 'ended', name, ok: probe.status === 'succeeded', problem: probe.exception?.join('\n') });
  return { probe, observed: observed! };
}

async function doneOf(drill: Drill, { name }: Phase): Promise<Result> {
  const { attempts, unplanned } = drill;
  switch (name) {
    case 'check':
      return attempts.check();
    case 'block':
      return attempts.toggle(true);
    case 'unblock':
      return attempts.toggle(false);
    case 'outage':
      return attempts.lose(true);
    case 'recovery':
      return attempts.lose(false);
    case 'failover':
    case 'failback':
      return attempts.operate(name);
    case 'check-moved':
    case 'status':
      return servedBy(drill, await attempts.observe(), 'secondary', { followed: !unplanned });
  }
}

/** @param followed whether the other member has to be a mirror already; after an unplanned failover it is none yet */
function servedBy(
  { recorder: { inWords } }: Drill,
  observed: PairObservation,
  role: Role,
  { followed }: { readonly followed: boolean },
): Result {
  const { may, remarks } = clientMove(observed, role);
  const serving = servingOfPair(observed);
  const ok = followed ? may === 'yes' : may !== 'no';
  const leftBehind = (observed.unmirrored ?? []).map(({ name }) => name);
  const document = {
    serving,
    clients: { to: role, may, remarks },
    ...(leftBehind.length > 0 && { unmirrored: leftBehind }),
  };
  const told = together(remarks, inWords);
  return {
    ok,
    document,
    leftBehind,
    ...(!ok && {
      problem: [
        inWords({ code: 'clients-should-not-be', on: role }),
        ...silentMembers(observed).map(inWords),
        ...told,
      ].join('\n'),
    }),
  };
}

const silentMembers = ({ members }: PairObservation): JournalNote[] =>
  ROLES.flatMap((role) => {
    const { clusterId, dataPlane } = members[role];
    return dataPlane.kind === 'answers' ? [] : [{ code: 'silent', member: role, clusterId, answer: dataPlane }];
  });

/** What is the same for many topics, once. */
function together(remarks: readonly MoveRemark[], inWords: Recorder['inWords']): string[] {
  const groups = new Map<string, string[]>();
  for (const remark of remarks) {
    const text = inWords({ code: 'move', remark });
    groups.set(text, [...(groups.get(text) ?? []), ...(remark.topic === undefined ? [] : [remark.topic])]);
  }
  return [...groups].slice(0, MOST_REMARKS).map(([text, topics]) => {
    const shown = topics.slice(0, MOST_NAMES).join(', ');
    const names = topics.length > MOST_NAMES ? `${topics.length} topics (${shown}, …)` : shown;
    return names === '' ? text : `${names}: ${text}`;
  });
}

const MOST_REMARKS = 10;
const MOST_NAMES = 5;

const tell = ({ listener }: Drill, event: DrillEvent): void => listener?.(event);
