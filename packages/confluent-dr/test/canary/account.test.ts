import { CanaryAccount, type Found, total } from '../../src/canary/account';
import { type CanaryEvent } from '../../src/canary/events';
import { summaryOf } from '../../src/canary/summary';
import { verdictOf } from '../../src/canary/verdict';
import { randoms } from './support/randoms';
import { BEGIN, found, planted } from './support/story';

describe('The books of a canary', () => {
  test.each(Array.from({ length: 100 }, (_, seed) => seed))(
    'N planted losses are N, M duplicates M, S swapped pairs S (%i)',
    (seed) => {
      const random = randoms(seed);
      const plan = { records: 200 + random(400), lost: random(40), twice: random(40), swapped: random(10) };
      const { events, partitions } = planted(plan, { partitions: 1 + random(4), random });
      const accounts = CanaryAccount.of(events).byPartition();
      expect(accounts).toHaveLength(partitions);
      expect(total<Found>(accounts.flatMap(({ found: sum }) => sum ?? []))).toEqual({
        there: plan.records - plan.lost,
        missing: plan.lost,
        twice: plan.twice,
        outOfOrder: plan.swapped,
        unacknowledged: 0,
      });
      const named = accounts.flatMap(({ missing }) => missing.map(({ first, last }) => last - first + 1));
      expect(named.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(plan.lost);
      expect(verdictOf(accounts).ok).toBe(plan.lost + plan.twice + plan.swapped === 0);
    },
  );

  test('what is consumed again is twice, and not out of order; what was overtaken is out of order once', () => {
    const consumed = (first: number, last: number): CanaryEvent => ({
      ...{ type: 'consumed', at: 100, on: 'primary', partition: 0, age: 5, late: 0 },
      ...{ first, last },
    });
    const events: CanaryEvent[] = [
      BEGIN,
      { type: 'sent', at: 10, on: 'primary', partition: 0, first: 0, last: 9 },
      { type: 'acknowledged', at: 20, on: 'primary', partition: 0, first: 0, last: 9 },
      consumed(0, 5),
      consumed(3, 5),
      consumed(7, 7),
      consumed(6, 6),
    ];
    expect(CanaryAccount.of(events).byPartition()[0].tally).toEqual({
      sent: 10,
      acknowledged: 10,
      consumed: 8,
      late: 0,
      twice: 3,
      outOfOrder: 1,
      notConsumed: 2,
    });
  });

  describe('where others of the group have a partition for a time', () => {
    const span = { on: 'primary', partition: 0 } as const;
    const acknowledged = (first: number, last: number): CanaryEvent[] => [
      { type: 'sent', at: 10, ...span, first, last },
      { type: 'acknowledged', at: 20, ...span, first, last },
    ];
    const consumed = (first: number, last: number): CanaryEvent => ({
      ...{ type: 'consumed', at: 100, ...span, first, last, age: 5, late: 0 },
    });
    const shared = (...partitions: number[]): CanaryEvent => ({ type: 'shared', at: 50, on: 'primary', partitions });

    test('what they read is not held to be unconsumed, and keeps nobody waiting; what comes after is', () => {
      const account = CanaryAccount.of([BEGIN, ...acknowledged(0, 9), consumed(0, 4), shared(0)]);
      expect(account.behind).toBe(0);
      [...acknowledged(10, 19), consumed(5, 5), shared(), ...acknowledged(20, 29), consumed(20, 24)].forEach((event) =>
        account.apply(event),
      );
      const [partition] = account.byPartition();
      const { notConsumed, consumed: all } = partition.tally;
      expect([notConsumed, all, partition.shared, account.behind]).toEqual([5, 11, 14, 5]);
      // One that was thought to be read by others may still come.
      account.apply(consumed(10, 10));
      expect([account.behind, account.byPartition()[0].shared]).toEqual([5, 13]);
    });

    test('it does no harm where they leave it all to the canary in the end', () => {
      const events = [BEGIN, ...acknowledged(0, 9), shared(0), shared(), consumed(0, 9)];
      const accounts = CanaryAccount.of([...events, ...found(0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])]).byPartition();
      expect([accounts[0].shared, verdictOf(accounts)]).toEqual([undefined, { ok: true, faults: [] }]);
    });

    test('nobody knows whether all was consumed, also where they have it in the end', () => {
      const events = [BEGIN, ...acknowledged(0, 9), consumed(0, 4), shared(0, 1)];
      const accounts = CanaryAccount.of([...events, ...found(0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])]).byPartition();
      expect(accounts.map(({ tally, shared: is }) => [tally.notConsumed, is])).toEqual([
        [0, 5],
        [0, undefined],
      ]);
      expect(verdictOf(accounts)).toEqual({ ok: false, faults: ['group-shared'] });
    });
  });

  test('what nobody acknowledged is neither lost where it is missing, nor hidden where it is there', () => {
    const events: CanaryEvent[] = [
      BEGIN,
      { type: 'sent', at: 10, on: 'primary', partition: 0, first: 0, last: 3 },
      { type: 'acknowledged', at: 20, on: 'primary', partition: 0, first: 0, last: 1 },
      { type: 'not-acknowledged', at: 20, on: 'primary', partition: 0, first: 2, last: 3, cause: 'refused' },
      ...found(0, [0, 1, 2]),
    ];
    const [{ found: sum }] = CanaryAccount.of(events).byPartition();
    expect(sum).toEqual({ there: 3, missing: 0, twice: 0, outOfOrder: 0, unacknowledged: 1 });
  });

  test('a partition that was not read to its end has no findings, and no verdict that is well', () => {
    const events: CanaryEvent[] = [
      BEGIN,
      { type: 'sent', at: 10, on: 'primary', partition: 0, first: 0, last: 3 },
      { type: 'acknowledged', at: 20, on: 'primary', partition: 0, first: 0, last: 3 },
    ];
    const accounts = CanaryAccount.of(events).byPartition();
    expect(accounts[0].found).toBeUndefined();
    expect(accounts[0].missing).toEqual([]);
    expect(verdictOf(accounts)).toEqual({ ok: false, faults: ['not-consumed', 'not-read'] });
  });

  test('nothing acknowledged proves nothing', () => {
    expect(verdictOf([])).toEqual({ ok: false, faults: ['nothing-acknowledged'] });
  });

  test('counts each second by itself, and what waits at its end', () => {
    const at = (ms: number) => BEGIN.at + ms;
    const span = { on: 'primary', partition: 0 } as const;
    const { seconds } = CanaryAccount.of([
      BEGIN,
      { type: 'sent', at: at(10), ...span, first: 0, last: 4 },
      { type: 'acknowledged', at: at(990), ...span, first: 0, last: 4 },
      { type: 'consumed', at: at(2500), ...span, first: 0, last: 2, age: 2490, late: 3 },
    ]);
    const told = seconds.take(at(3000));
    expect(
      told.map(({ at: begins, sent, acknowledged, consumed, late, waiting }) => [
        begins - BEGIN.at,
        ...[sent, acknowledged, consumed, late, waiting],
      ]),
    ).toEqual([
      [0, 5, 5, 0, 0, 5],
      [1000, 0, 0, 0, 0, 5],
      [2000, 0, 0, 3, 3, 2],
    ]);
    expect(told[2].on.primary).toEqual({ sent: 0, acknowledged: 0, consumed: 3 });
    expect(seconds.take(at(3999))).toEqual([]);
    expect(seconds.take(at(4000))).toHaveLength(1);
  });

  test('goes on where a clock was set, and fills no years', () => {
    const at = (ms: number) => BEGIN.at + ms;
    const sent = (ms: number): CanaryEvent => ({
      ...{ type: 'sent', at: at(ms), on: 'primary', partition: 0, first: 0, last: 0 },
    });
    const aYear = 31_536_000_000;
    const { seconds } = CanaryAccount.of([BEGIN, sent(500), sent(aYear), sent(aYear + 1500), sent(3000), sent(4000)]);
    expect(seconds.take(at(5000)).map(({ at: begins, sent: count }) => [begins - BEGIN.at, count])).toEqual([
      [0, 1],
      [1000, 0],
      [aYear, 1],
      [aYear + 1000, 1],
      [aYear + 2000, 0],
      [3000, 1],
      [4000, 1],
    ]);
  });

  test('has the times in which the canary itself did not run', () => {
    const stoodStill = { type: 'stood-still', on: 'primary', since: BEGIN.at + 100, at: BEGIN.at + 12_100 } as const;
    expect(summaryOf(CanaryAccount.of([BEGIN, stoodStill])).standstills).toEqual([
      { since: BEGIN.at + 100, at: BEGIN.at + 12_100 },
    ]);
  });
});
