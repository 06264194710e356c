import { type CanaryBegin, type CanaryEvent } from './events';

/** The whole of a run that a kill or Ctrl-C cut into parts, each with a raw log of its own. */
export interface JoinedRun {
  /** As one run would have left them: records are counted on, and what each part has read back is what the last one found. */
  readonly events: readonly CanaryEvent[];
  /** Times in which no canary was there; milliseconds since 1970. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

/**
 * Makes one run of its parts.
 *
 * @param logs the events of each part, in order
 * @returns undefined where they are not parts of one run: on another topic or other clusters, or not all read back by the last
 */
export function joinedRun(logs: readonly (readonly CanaryEvent[])[]): JoinedRun | undefined {
  const begins = logs.map(([begin]) => begin as CanaryBegin);
  const last = begins.at(-1)!;
  const earlier = begins.slice(0, -1);
  const belong = earlier.every(
    ({ run, topic, clusters, partitions, way }) =>
      last.earlier?.includes(run) === true &&
      topic === last.topic &&
      way === last.way &&
      partitions <= last.partitions &&
      clusters.primary === last.clusters.primary &&
      clusters.secondary === last.clusters.secondary,
  );
  if (!belong) {
    return undefined;
  }
  const next: number[] = [];
  const firsts = new Map<string, readonly number[]>();
  for (const [index, events] of logs.entries()) {
    firsts.set(begins[index].run, [...next]);
    for (const event of events) {
      if ('first' in event && (event.type !== 'found' || event.run === undefined)) {
        const first = firsts.get(begins[index].run)![event.partition] ?? 0;
        next[event.partition] = Math.max(next[event.partition] ?? 0, first + event.last + 1);
      }
    }
  }
  const countedOn = (event: CanaryEvent, run: string): CanaryEvent => {
    if (!('first' in event)) {
      return event;
    }
    const by = firsts.get(run)?.[event.partition] ?? 0;
    return { ...event, first: event.first + by, last: event.last + by };
  };
  const gaps = earlier.map((_, index) => ({ from: logs[index].at(-1)!.at, to: begins[index + 1].at }));
  const parts = logs.map((events, index): readonly CanaryEvent[] => {
    const { run, at, on } = begins[index];
    const own = events.slice(1);
    if (index === logs.length - 1) {
      return [
        ...(index === 0 ? [last] : [{ type: 'taken-up' as const, at, on }]),
        ...own.flatMap((event): CanaryEvent[] => {
          if (event.type !== 'found' || event.run === undefined) {
            return [countedOn(event, run)];
          }
          const { run: of, ...found } = event;
          return firsts.has(of) ? [countedOn(found, of)] : [];
        }),
      ];
    }
    return [
      index === 0 ? { ...begins[0], partitions: last.partitions } : { type: 'taken-up', at, on },
      ...own.filter(({ type }) => !READ_BACK.includes(type)).map((event) => countedOn(event, run)),
    ];
  });
  return { events: parts.flat(), gaps };
}

const READ_BACK: readonly CanaryEvent['type'][] = ['stopped', 'found', 'read'];
