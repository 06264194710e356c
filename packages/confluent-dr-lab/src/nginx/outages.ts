import { type DesiredState } from './script-files';

/** An outage that was asked for and not lifted since; times in seconds since 1970. */
export interface OutageRecord {
  readonly manner: 'reject' | 'blackhole';
  readonly since: number;
  /** When it ends by itself. @default - it does not */
  readonly until?: number;
}

export type OutageRecords = Readonly<Record<string, OutageRecord>>;

/** Undefined once it has ended by itself. */
export const inForce = (record: OutageRecord | undefined, now: number): OutageRecord | undefined =>
  record?.until === undefined || now < record.until ? record : undefined;

/** An outage that ended by itself blocks again only when it was lifted in between, as on the VM. */
export function nextOutage(
  record: OutageRecord | undefined,
  desired: DesiredState,
  now: number,
): OutageRecord | undefined {
  if (desired.outage === 'none') {
    return undefined;
  }
  if (record !== undefined && !inForce(record, now)) {
    return record;
  }
  const since = record?.since ?? now;
  return { manner: desired.outage, since, ...(desired.longest !== undefined && { until: since + desired.longest }) };
}

/** Since when an instance is fenced, in seconds since 1970; none of one that is not. */
export type Fences = Readonly<Record<string, number>>;

/** Those that are to be there; one that was there before keeps its beginning. */
export const fencesOf = (before: Fences, desired: readonly DesiredState[], now: number): Fences =>
  Object.fromEntries(desired.filter(({ fenced }) => fenced).map(({ instance }) => [instance, before[instance] ?? now]));

/** What the script says of fences that it changed. */
export const fenceChanges = (before: Fences, after: Fences): string[] => [
  ...Object.keys(after).flatMap((name) => (name in before ? [] : [`${name} fenced`])),
  ...Object.keys(before).flatMap((name) => (name in after ? [] : [`${name} no longer fenced`])),
];

/** What the script says that it changed. */
export function outageChanges(
  before: OutageRecords,
  after: OutageRecords,
  desired: readonly DesiredState[],
  now: number,
): string[] {
  return desired.flatMap(({ instance, outage }) => {
    const [was, is] = [before[instance], after[instance]].map((record) => inForce(record, now));
    if (outage !== 'none' && !is) {
      return `the outage of ${instance} ended by itself and does not block again until it was switched off in between`;
    }
    return [
      ...(is && is.manner !== was?.manner ? [`${instance} blocked (${is.manner})`] : []),
      ...(was && !is ? [`${instance} unblocked`] : []),
    ];
  });
}

/** An instance as it runs. */
export interface InstanceState {
  readonly name: string;
  readonly running: boolean;
  readonly openSessions: number;
  readonly record?: OutageRecord;
  /** Since when it is fenced. @default - it is not */
  readonly fencedSince?: number;
}

/** The proxy's state, in the form of its own command. */
export function statusOf(
  release: string,
  frontRuns: boolean,
  instances: readonly InstanceState[],
  now: number,
): object {
  const time = (seconds?: number): string | null =>
    seconds === undefined ? null : new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  return {
    release,
    front: { running: frontRuns },
    instances: instances.map(({ name, running, openSessions, record, fencedSince }) => ({
      name,
      blocked: inForce(record, now)?.manner ?? 'none',
      running,
      openSessions,
      outage: record
        ? {
            wish: record.manner,
            since: time(record.since),
            until: time(record.until),
            ended: inForce(record, now) ? null : time(record.until),
          }
        : null,
      fence: fencedSince === undefined ? null : { since: time(fencedSince) },
    })),
  };
}
