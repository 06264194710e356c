import { type CanaryBegin, type CanaryEvent } from '../../../src/canary/events';

export const BEGIN: CanaryBegin = {
  type: 'begin',
  at: Date.UTC(2026, 0, 5, 12),
  on: 'primary',
  run: 'r1',
  topic: 'canary',
  partitions: 1,
  rate: 100,
  lateAfter: 1000,
  group: 'confluent-dr-canary',
  way: 'proxy',
  clusters: { primary: 'lkc-aaaaa', secondary: 'lkc-bbbbb' },
  versions: { 'confluent-dr': '0.1.0' },
};

/** What an independent read tells of a partition's whole log. */
export const found = (partition: number, log: readonly number[]): CanaryEvent[] => [
  ...log.map((sequence) => ({
    ...({ type: 'found', at: BEGIN.at + 5000, on: 'secondary', partition } as const),
    ...{ first: sequence, last: sequence },
  })),
  { type: 'read', at: BEGIN.at + 5000, on: 'secondary', partition, from: 0, to: log.length },
];

export interface Plan {
  readonly records: number;
  readonly lost: number;
  readonly twice: number;
  /** Pairs of neighbours that changed places. */
  readonly swapped: number;
}

/** A run whose records were all acknowledged and consumed, and whose log was then tampered with. */
export function planted(
  { records, lost, twice, swapped }: Plan,
  { partitions, random }: { partitions: number; random: (below: number) => number },
): { events: CanaryEvent[]; partitions: number } {
  const events: CanaryEvent[] = [BEGIN];
  const logs = Array.from({ length: partitions }, (_, partition) => {
    const count = Math.floor((records - partition + partitions - 1) / partitions);
    const span = { on: 'primary', partition, first: 0, last: count - 1, at: BEGIN.at } as const;
    events.push({ type: 'sent', ...span }, { type: 'acknowledged', ...span });
    events.push({ type: 'consumed', ...span, age: 5, late: 0 });
    return Array.from({ length: count }, (__, sequence) => sequence);
  });
  const some = (least: number): number[] => {
    const large = logs.filter((log) => log.length > least);
    return large[random(large.length)];
  };
  for (let n = 0; n < lost; n += 1) {
    const log = some(0);
    log.splice(random(log.length), 1);
  }
  // Pairs that do not touch, so that each of them is one record that was overtaken.
  const used = new Map(logs.map((log) => [log, new Set<number>()]));
  for (let n = 0; n < swapped;) {
    const log = some(1);
    const at = random(log.length - 1);
    const taken = used.get(log)!;
    if (![at - 1, at, at + 1].some((place) => taken.has(place))) {
      taken.add(at).add(at + 1);
      [log[at], log[at + 1]] = [log[at + 1], log[at]];
      n += 1;
    }
  }
  for (let n = 0; n < twice; n += 1) {
    const log = some(0);
    const at = random(log.length);
    log.splice(at + 1 + random(log.length - at), 0, log[at]);
  }
  logs.forEach((log, partition) => events.push(...found(partition, log)));
  return { events, partitions };
}
