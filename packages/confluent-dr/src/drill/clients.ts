import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { type ActivityRun } from './activity';
import { type FaultKind, type Recovery } from './traffic';

const EVENTS = ['acknowledged', 'consumed'] as const;

/** What an application writes of its client, a line of JSON for each record or now and then; other keys are left alone. */
const LINE = z.object({
  client: z.string().min(1),
  version: z.string(),
  time: z.iso.datetime({ offset: true }),
  event: z.enum(EVENTS),
});

export interface ClientEvent {
  readonly client: string;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: (typeof EVENTS)[number];
}

/** A client of somebody else, in a drill. */
export interface ClientSeen {
  readonly client: string;
  readonly version: string;
  /** @default - it did not work before, or there was none */
  readonly failover?: ClientRecovery;
  readonly failback?: ClientRecovery;
}

/** How long a client was without a member that serves it, by its own log; in seconds. A time that is left out did not end. */
export type ClientRecovery = Pick<Recovery, 'fault' | 'acknowledged_after' | 'consumed_after' | 'pause'>;

/** What applications wrote while a drill went on. */
export interface ClientsSeen {
  readonly logs: readonly { readonly path: string; readonly sha256: string }[];
  /** By name and version. @default - the drill has not ended */
  readonly seen?: readonly ClientSeen[];
}

/** What was given for a log of clients is none. */
export class UnusableClientsLog extends Error {
  /** @param line that is none of such a log; left out where there is no log */
  constructor(
    public readonly path: string,
    public readonly reason: string,
    public readonly line?: { readonly number: number; readonly text: string },
  ) {
    super(`${path}${line ? `:${line.number}` : ''}: ${reason}`);
  }
}

export interface ClientsLog {
  readonly path: string;
  readonly sha256: string;
  readonly events: readonly ClientEvent[];
}

/**
 * Reads a log of clients. Its last line may not be whole yet, and is left out then.
 *
 * @throws UnusableClientsLog
 */
export function readClientsLog(path: string): ClientsLog {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UnusableClientsLog(path, (error as Error).message);
  }
  const events = bytes
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap((line, index) => (line.trim() === '' ? [] : [eventOf(path, line, index + 1)]));
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), events };
}

function eventOf(path: string, text: string, number: number): ClientEvent {
  const { data, error } = LINE.safeParse(jsonIn(text));
  if (error) {
    const [issue] = error.issues;
    throw new UnusableClientsLog(path, [...issue.path, issue.message].join(': '), { number, text });
  }
  return { client: data.client, version: data.version, at: Date.parse(data.time), event: data.event };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What clients saw of a drill, by the parts of it that were done. @param end of the drill, in milliseconds since 1970 */
export function clientsSeen(events: readonly ClientEvent[], run: readonly ActivityRun[], end: number): ClientSeen[] {
  const failover = doneOf(run, 'failover');
  const failback = doneOf(run, 'failback');
  const until = failback && Date.parse(failback.start);
  return [...groupsOf(events)].map(([, own]) => {
    const [{ client, version }] = own;
    const over = failover && recoveryOf(own, faultOf(run, failover), failover, until ?? end);
    const back = failback && recoveryOf(own, { kind: 'switch-over', run: failback }, failback, end);
    return { client, version, ...(over && { failover: over }), ...(back && { failback: back }) };
  });
}

/** The events of each client, in the order in which clients come first. */
function groupsOf(events: readonly ClientEvent[]): Map<string, [ClientEvent, ...ClientEvent[]]> {
  const groups = new Map<string, [ClientEvent, ...ClientEvent[]]>();
  for (const event of [...events].sort((one, other) => one.at - other.at)) {
    const key = JSON.stringify([event.client, event.version]);
    const known = groups.get(key);
    if (known) {
      known.push(event);
    } else {
      groups.set(key, [event]);
    }
  }
  return groups;
}

const doneOf = (run: readonly ActivityRun[], name: string): ActivityRun | undefined =>
  run.filter(({ activity, status }) => activity.name === name && status === 'succeeded').at(-1);

/** What took the old side from clients. */
interface Taking {
  readonly kind: FaultKind;
  readonly run: ActivityRun;
}

function faultOf(run: readonly ActivityRun[], failover: ActivityRun): Taking {
  const outage = doneOf(run, 'outage');
  const block = doneOf(run, 'block');
  return outage
    ? { kind: 'disaster', run: outage }
    : block
      ? { kind: 'proxy', run: block }
      : { kind: 'switch-over', run: failover };
}

/** Records that are acknowledged so long after something was taken away were not on their way. */
const ON_THEIR_WAY_MS = 2000;

interface Gap {
  readonly began: number;
  /** @default - it did not end */
  readonly ended?: number;
}

/** Nobody tells on which side a record was acknowledged: the time without one tells when the sides changed. */
function recoveryOf(
  events: readonly ClientEvent[],
  taking: Taking,
  turned: ActivityRun,
  until: number,
): ClientRecovery | undefined {
  const from = Date.parse(taking.run.start);
  const gapOf = (event: ClientEvent['event']): Gap | undefined =>
    longestGap(
      events.filter((each) => each.event === event && each.at <= until).map(({ at }) => at),
      { from, turned: Date.parse(turned.end), until },
    );
  const gaps = { acknowledged: gapOf('acknowledged'), consumed: gapOf('consumed') };
  const lost = gaps.acknowledged ?? gaps.consumed;
  if (lost === undefined) {
    return undefined;
  }
  const isOwnFault = lost.began <= Date.parse(taking.run.end) + ON_THEIR_WAY_MS;
  const fault: { kind: FaultKind; at: number } =
    taking.kind === 'switch-over' || !isOwnFault
      ? { kind: 'switch-over', at: Date.parse(turned.start) }
      : { kind: taking.kind, at: Math.max(from, lost.began) };
  const since = (gap?: Gap): number | undefined =>
    gap?.ended === undefined ? undefined : Math.max(0, (gap.ended - fault.at) / 1000);
  const length = (gap?: Gap): number | undefined =>
    gap?.ended === undefined ? undefined : (gap.ended - gap.began) / 1000;
  return {
    fault: { kind: fault.kind, at: new Date(fault.at).toISOString() },
    acknowledged_after: since(gaps.acknowledged),
    consumed_after: since(gaps.consumed),
    pause: { acknowledged: length(gaps.acknowledged), consumed: length(gaps.consumed) },
  };
}

/**
 * The longest time without an event of those that a change of sides can have made: which begin before the mirrors have
 * turned, and end after the fault.
 *
 * @param times in their order
 * @returns undefined for a client of which there was nothing before
 */
function longestGap(
  times: readonly number[],
  { from, turned, until }: { readonly from: number; readonly turned: number; readonly until: number },
): Gap | undefined {
  const gaps = times.map((began, index): Gap => ({ began, ended: times[index + 1] }));
  const ofChange = gaps.filter(({ began, ended }) => began <= turned && (ended === undefined || ended >= from));
  const length = ({ began, ended = until }: Gap): number => ended - began;
  return ofChange.reduce<Gap | undefined>(
    (longest, gap) => (longest === undefined || length(gap) > length(longest) ? gap : longest),
    undefined,
  );
}
