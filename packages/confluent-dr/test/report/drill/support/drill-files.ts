import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CanaryEvent } from '../../../../src/canary/events';
import { type Journal } from '../../../../src/drill/journal';
import { type Role } from '../../../../src/observe/pair-observation';
import { BEGIN, found } from '../../../canary/support/story';

const folders: string[] = [];

/** Removes what `written` made; call it after each test. */
export function removeDrillFiles(): void {
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true }));
}

/** Writes files into a new folder. @returns their paths, by name */
export function written<Name extends string>(files: Readonly<Record<Name, string>>): Record<Name, string> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  folders.push(folder);
  const entries = Object.entries<string>(files).map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return [name, path];
  });
  return Object.fromEntries(entries) as Record<Name, string>;
}

const START = BEGIN.at;
const time = (second: number): string => new Date(START + second * 1000).toISOString();

const activity = (type: 'action' | 'probe', name: string, words: string) =>
  ({ type, name, provider: { type: 'process', path: 'confluent-dr', arguments: words } }) as const;

const PARTS: readonly (readonly [type: 'action' | 'probe', name: string, words: string, start: number, end: number])[] =
  [
    ['probe', 'check', 'check', 1, 3],
    ['action', 'block', 'block', 5, 12],
    ['action', 'failover', 'failover --planned', 14, 20],
    ['probe', 'check-moved', 'status', 20, 22],
    ['action', 'unblock', 'unblock', 24, 29],
    ['probe', 'status', 'status', 29, 31],
    ['action', 'failback', 'failback', 33, 41],
  ];

/** A drill of 45 seconds, as `confluent-dr drill` writes it; all of it went well. */
export function drillJournal(changes: Partial<Journal> = {}): Journal {
  const run = PARTS.map(([type, name, words, start, end]) => ({
    activity: activity(type, name, words),
    status: 'succeeded' as const,
    output: { states: [], requests: [] },
    start: time(start),
    end: time(end),
    duration: end - start,
  }));
  const steady = { steady_state_met: true, probes: [] };
  return {
    'chaoslib-version': '0.1.0',
    platform: 'Linux-6.1.0',
    node: 'ops-1',
    experiment: {
      title: 'Losing the primary of lkc-aaaaa and lkc-bbbbb',
      description: 'The primary is taken away from its clients, the secondary takes over, and all goes back.',
      tags: ['kafka'],
      'steady-state-hypothesis': { title: 'The primary serves', probes: [] },
      method: PARTS.map(([type, name, words]) => activity(type, name, words)),
      rollbacks: [],
    },
    start: time(0),
    status: 'completed',
    deviated: false,
    steady_states: { before: steady, after: steady, during: [] },
    run,
    rollbacks: [],
    end: time(45),
    duration: 45,
    operator: { user: 'ada', folder: '/srv/drill' },
    questions: [
      { text: 'Next, the primary is taken away. Go on?', by: 'person', answer: true, at: time(3), seconds: 2 },
      { text: 'Have the producers stopped?', by: 'option', answer: true, at: time(12), seconds: 0 },
    ],
    not_proven: [],
    interruptions: [],
    targets: { lost: 0, lag: 30 },
    actuals: { lost: 0, discarded: 0, moved_after: 17.2 },
    ...changes,
  };
}

/** What a canary saw of that drill: ten records a second, an outage from 6 to 21, another of 5 seconds on the way back. */
export function canaryLog({
  lost = [],
  twice = [],
}: { lost?: readonly number[]; twice?: readonly number[] } = {}): CanaryEvent[] {
  const events: CanaryEvent[] = [{ ...BEGIN, rate: 10, partitions: 1 }];
  const acknowledged: number[] = [];
  for (let second = 0, next = 0; second < 45; second += 1) {
    const on: Role = second >= 21 && second < 38 ? 'secondary' : 'primary';
    const isOut = (second >= 6 && second < 21) || (second >= 33 && second < 38);
    const at = START + second * 1000;
    if (second === 21 || second === 38) {
      events.push({ type: 'moved', at, on });
    }
    const span = { on, partition: 0, first: next, last: next + 9 };
    next += 10;
    events.push({ type: 'sent', at: at + 100, ...span });
    if (isOut) {
      events.push({ type: 'not-acknowledged', at: at + 200, ...span, cause: 'Connection closed' });
    } else {
      acknowledged.push(...Array.from({ length: 10 }, (_, index) => span.first + index));
      events.push({ type: 'acknowledged', at: at + 200, ...span });
      events.push({ type: 'consumed', at: at + 700, ...span, age: 600, late: 0 });
    }
  }
  const log = acknowledged.filter((sequence) => !lost.includes(sequence));
  return [
    ...events,
    { type: 'stopped', at: START + 45_000, on: 'primary' },
    ...found(0, [...log, ...twice]).map((event) => ({ ...event, at: START + 46_000, on: 'primary' as const })),
  ];
}

export const linesOf = (events: readonly CanaryEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

/**
 * The same, of a tool that was killed at one second of it and run again at another: a raw log of each part. The second one
 * begins where clients are then, and has read back what the first one wrote.
 */
export function cutDrill({
  at = 16,
  again = 18,
  lost = [],
}: { at?: number; again?: number; lost?: readonly number[] } = {}): [CanaryEvent[], CanaryEvent[]] {
  const [begin, ...events] = canaryLog({ lost });
  const before = events.filter((event) => event.at < START + at * 1000);
  const after = events.filter((event) => event.at >= START + again * 1000);
  const [from, first] = [at * 10, again * 10];
  const on: Role = again >= 21 && again < 38 ? 'secondary' : 'primary';
  const second = { ...begin, run: 'second', earlier: [BEGIN.run], at: START + again * 1000, on };
  const counted = after.flatMap((event): CanaryEvent[] => {
    if (event.type === 'moved' && event.on === on && event.at === START + 21_000) {
      return [];
    }
    if (!('first' in event)) {
      return [event];
    }
    if (event.type !== 'found') {
      return [{ ...event, first: event.first - first, last: event.last - first }];
    }
    // What is found may reach over the time in which nobody was there.
    const old = { ...event, last: Math.min(event.last, from - 1), run: BEGIN.run };
    const own = { ...event, first: Math.max(event.first, first) - first, last: event.last - first };
    return [old, own].filter((span) => span.first <= span.last);
  });
  return [
    [begin, ...before],
    [second, ...counted],
  ];
}
