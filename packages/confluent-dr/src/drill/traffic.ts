import { type CanaryAccount, type Found, type Tally } from '../canary/account';
import { type Changeover } from '../canary/changeovers';
import { type CanaryEvent } from '../canary/events';
import { type Interruption, longestOf } from '../canary/interruptions';
import { summaryOf } from '../canary/summary';
import { type CanaryVerdict } from '../canary/verdict';
import { type Role } from '../observe/pair-observation';
import { type ActivityRun, type AnsweredQuestion } from './activity';

/** What clients saw of a drill, by a canary that ran beside it: every number follows from its raw log. */
export interface Traffic {
  readonly run: string;
  /** By its name on the primary. */
  readonly topic: string;
  /** Records a second. */
  readonly rate: number;
  readonly way: 'proxy' | 'direct';
  /** The raw log; its SHA-256 is known once it is closed. */
  readonly log: { readonly path: string; readonly sha256?: string };
  /** Parts of the drill that ended on the way, whose raw logs are measured with it as one. @default - none */
  readonly earlier?: readonly TrafficPart[];
  /** @default - it did not come to its end */
  readonly sum?: { readonly verdict: CanaryVerdict; readonly tally: Tally; readonly found?: Found };
  /** The clock was put back meanwhile, so that no time is told. @default - it was not */
  readonly untimed?: true;
  /** @default - clients did not move there, or not by this run */
  readonly failover?: Recovery;
  /** @default - clients did not move back, or not by this run */
  readonly failback?: Recovery;
  /** What was acknowledged and is not there in the end. @default - not all could be read back */
  readonly loss?: Loss;
}

export interface TrafficPart {
  readonly run: string;
  readonly log: { readonly path: string; readonly sha256?: string };
}

/**
 * How clients lost a member:
 * - `proxy`: the proxy cut them off
 * - `disaster`: the primary was lost
 * - `switch-over`: nothing was taken from them before the mirrors turned
 */
export type FaultKind = 'proxy' | 'disaster' | 'switch-over';

/** How long clients were without a member that serves; all in seconds. */
export interface Recovery {
  readonly fault: { readonly kind: FaultKind; /** ISO 8601. */ readonly at: string };
  /** From the fault to the first record acknowledged on the other side, and consumed there. @default - none was */
  readonly acknowledged_after?: number;
  readonly consumed_after?: number;
  /** Until both had happened. @default - one of them did not */
  readonly rto?: number;
  /** What it is made of; the parts add up to it. @default - it is not known */
  readonly parts?: RecoveryParts;
  /** The longest time without one, until the first one on the other side. @default - none came there */
  readonly pause: { readonly acknowledged?: number; readonly consumed?: number };
}

export interface RecoveryParts {
  /** Until the outage was seen. */
  readonly noticed: number;
  /** Questions that waited for their answers. */
  readonly decided: number;
  /** The failover itself, or the failback. */
  readonly mirrors_turned: number;
  /** Until clients worked again. */
  readonly clients_back: number;
  /** Whatever else was done between. */
  readonly other: number;
}

export interface Loss {
  readonly records: number;
  /** How long before the fault the first one of them was acknowledged. @default - no fault followed on it; 0 for none */
  readonly seconds?: number;
}

export interface TrafficSources {
  readonly account: CanaryAccount;
  /** The events of its raw log, which are read only where something is missing. */
  readonly events: () => readonly CanaryEvent[];
  readonly log: { readonly path: string; readonly sha256: string };
  /** @default - none */
  readonly earlier?: readonly TrafficPart[];
  /** What the drill did meanwhile. */
  readonly run: readonly ActivityRun[];
  readonly questions: readonly AnsweredQuestion[];
}

/** Records that are acknowledged so long after a block is proven were not on their way. */
const ON_THEIR_WAY_MS = 2000;

const isUntimed = ({ standstills }: CanaryAccount): boolean => standstills.some(({ since, at }) => at < since);

/** Whether clients were still served by the primary when the proxy was said to keep them from it; milliseconds of the last one after it. */
export function servedThroughBlock({ account, run }: Pick<TrafficSources, 'account' | 'run'>): number | undefined {
  const block = doneOf(run, 'block');
  const away = account.changeovers.all.find(({ from }) => from === 'primary');
  if (
    account.begin?.way !== 'proxy' ||
    block === undefined ||
    away?.lastAcknowledged === undefined ||
    isUntimed(account)
  ) {
    return undefined;
  }
  const after = away.lastAcknowledged - Date.parse(block.end);
  return after > ON_THEIR_WAY_MS ? after : undefined;
}

export function trafficOf(sources: TrafficSources): Traffic {
  const { account, log, earlier, run } = sources;
  const { run: id, topic, rate, way } = account.begin!;
  const { verdict, tally, found } = summaryOf(account);
  const untimed = isUntimed(account);
  const recoveryTo = (to: Role, phase: 'failover' | 'failback'): Recovery | undefined => {
    const changeover = account.changeovers.all.find((each) => each.to === to);
    const turned = doneOf(run, phase);
    return changeover && turned && !untimed ? recoveryOf(sources, changeover, turned) : undefined;
  };
  const failover = recoveryTo('secondary', 'failover');
  const failback = recoveryTo('primary', 'failback');
  return {
    ...{ run: id, topic, rate, way, log, ...(earlier && { earlier }) },
    sum: { verdict, tally, ...(found && { found }) },
    ...(untimed && { untimed }),
    ...(failover && { failover }),
    ...(failback && { failback }),
    ...(found && { loss: lossOf(sources, found, [failover, failback]) }),
  };
}

/** What was begun and did not succeed was done again: clients were without it from the first time on. */
const firstOf = (run: readonly ActivityRun[], name: string, isOne: (each: ActivityRun) => boolean = () => true) =>
  run.find((each) => each.activity.name === name && isOne(each));

const succeeded = ({ status }: ActivityRun): boolean => status === 'succeeded';

const doneOf = (run: readonly ActivityRun[], name: string): ActivityRun | undefined =>
  run.filter(({ activity, status }) => activity.name === name && status === 'succeeded').at(-1);

function recoveryOf(sources: TrafficSources, changeover: Changeover, turned: ActivityRun): Recovery {
  const { lastAcknowledged, lastConsumed, firstAcknowledged, firstConsumed } = changeover;
  const fault = faultOf(sources, changeover, turned);
  const { interruptions } = summaryOf(sources.account);
  const since = (at: number | undefined): number | undefined => at && Math.max(0, secondsBetween(fault.at, at));
  const acknowledged = since(firstAcknowledged);
  const consumed = since(firstConsumed);
  const rto = acknowledged === undefined || consumed === undefined ? undefined : Math.max(acknowledged, consumed);
  const pauseOf = (what: Interruption['what'], last?: number, first?: number): number | undefined => {
    if (last === undefined || first === undefined) {
      return undefined;
    }
    // Stragglers of the side that they left may come in the middle of it.
    const meanwhile = interruptions.filter(({ began, ended }) => ended > fault.at && began < first);
    return Math.max(0, secondsBetween(last, first), longestOf(meanwhile, what)?.seconds ?? 0);
  };
  return {
    fault: { kind: fault.kind, at: new Date(fault.at).toISOString() },
    acknowledged_after: acknowledged,
    consumed_after: consumed,
    ...(rto !== undefined && { rto, parts: partsOf(sources, fault, turned, rto) }),
    pause: {
      acknowledged: pauseOf('acknowledged', lastAcknowledged, firstAcknowledged),
      consumed: pauseOf('consumed', lastConsumed, firstConsumed),
    },
  };
}

interface Fault {
  readonly kind: FaultKind;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When it was seen. */
  readonly seenAt: number;
}

/** What is taken away is gone when the last record has come through, which no one tells but the clients. */
function faultOf(sources: TrafficSources, { from, lastAcknowledged }: Changeover, turned: ActivityRun): Fault {
  const began = Date.parse(firstOf(sources.run, turned.activity.name)?.start ?? turned.start);
  const outage = firstOf(sources.run, 'outage', succeeded);
  if (from === 'primary' && outage !== undefined) {
    return faultWithin('disaster', outage, lastAcknowledged);
  }
  const block = firstOf(sources.run, 'block', succeeded);
  if (
    from !== 'primary' ||
    block === undefined ||
    sources.account.begin?.way !== 'proxy' ||
    servedThroughBlock(sources) !== undefined
  ) {
    return { kind: 'switch-over', at: began, seenAt: began };
  }
  return faultWithin('proxy', block, lastAcknowledged);
}

function faultWithin(kind: FaultKind, { start, end }: ActivityRun, lastAcknowledged = 0): Fault {
  const at = Math.max(Date.parse(start), lastAcknowledged);
  return { kind, at, seenAt: Math.max(at, Date.parse(end)) };
}

/** The parts lie one behind the other: what is in one of them is in no other. */
function partsOf({ questions }: TrafficSources, fault: Fault, turned: ActivityRun, rto: number): RecoveryParts {
  const back = fault.at + rto * 1000;
  const [began, ended] = [Date.parse(turned.start), Date.parse(turned.end)];
  const within = (from: number, to: number): { readonly done: number; readonly asked: number } => {
    const [start, end] = [Math.max(from, fault.at), Math.min(to, back)];
    const all = Math.max(0, end - start);
    const waited = questions.reduce((sum, { at, seconds }) => {
      const begin = Date.parse(at);
      return sum + Math.max(0, Math.min(begin + seconds * 1000, end) - Math.max(begin, start));
    }, 0);
    const asked = Math.min(waited, all);
    return { done: (all - asked) / 1000, asked: asked / 1000 };
  };
  const noticed = within(fault.at, fault.seenAt);
  const between = within(fault.seenAt, began);
  const turning = within(Math.max(began, fault.seenAt), ended);
  const after = within(ended, back);
  return {
    noticed: noticed.done,
    decided: noticed.asked + between.asked + turning.asked + after.asked,
    mirrors_turned: turning.done,
    clients_back: after.done,
    other: between.done,
  };
}

/** Records that went missing were acknowledged before the fault that followed on them. */
function lossOf(
  { account, events }: TrafficSources,
  { missing }: Found,
  recoveries: readonly (Recovery | undefined)[],
): Loss {
  if (missing === 0) {
    return { records: 0, seconds: 0 };
  }
  const firsts = new Map(
    account
      .byPartition()
      .flatMap(({ partition, missing: [span] }): [number, number][] => (span ? [[partition, span.first]] : [])),
  );
  const faults = recoveries.flatMap((recovery) => (recovery ? Date.parse(recovery.fault.at) : []));
  const seconds = events().flatMap((event) => {
    if (event.type !== 'acknowledged') {
      return [];
    }
    const sequence = firsts.get(event.partition);
    if (sequence === undefined || event.first > sequence || event.last < sequence) {
      return [];
    }
    const fault = faults.filter((at) => at >= event.at).sort((one, other) => one - other)[0];
    return fault === undefined ? [] : [secondsBetween(event.at, fault)];
  });
  return { records: missing, ...(seconds.length > 0 && { seconds: Math.max(...seconds) }) };
}

const secondsBetween = (from: number, to: number): number => (to - from) / 1000;
