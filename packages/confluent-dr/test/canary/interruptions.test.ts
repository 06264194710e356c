import { Interruptions, longestOf } from '../../src/canary/interruptions';

const heard = (times: readonly [number, 'primary' | 'secondary'][]): Interruptions => {
  const interruptions = new Interruptions();
  times.forEach(([at, on]) => interruptions.happened('acknowledged', { at, on }));
  return interruptions;
};

test('pauses of a second and more are told, with the places before and after', () => {
  const outage = heard([
    [0, 'primary'],
    [100, 'primary'],
    [1100, 'primary'],
    [25_100, 'secondary'],
    [25_200, 'secondary'],
  ]);
  expect(outage.until(25_900)).toEqual([
    { what: 'acknowledged', from: 'primary', to: 'primary', began: 100, ended: 1100, seconds: 1 },
    { what: 'acknowledged', from: 'primary', to: 'secondary', began: 1100, ended: 25_100, seconds: 24 },
  ]);
  expect(longestOf(outage.until(25_900), 'acknowledged')?.seconds).toBe(24);
  expect(longestOf(outage.until(25_900), 'consumed')).toBeUndefined();
});

test('of a quick run the longest pause is told, of equal ones the first', () => {
  const quick = heard([
    [0, 'primary'],
    [20, 'primary'],
    [320, 'primary'],
    [620, 'primary'],
  ]);
  expect(quick.until(700).map(({ began, ended }) => [began, ended])).toEqual([[20, 320]]);
});

test('what came back no more lasts until the end, and the end is no place', () => {
  const dead = heard([
    [0, 'primary'],
    [2000, 'primary'],
  ]);
  expect(dead.until(9000)).toEqual([
    { what: 'acknowledged', from: 'primary', to: 'primary', began: 0, ended: 2000, seconds: 2 },
    { what: 'acknowledged', from: 'primary', began: 2000, ended: 9000, seconds: 7 },
  ]);
  // Still going on, it may be asked again.
  expect(dead.until(9000)).toEqual(dead.until(9000));
});

test('where nothing ever happened nothing was interrupted', () => {
  expect(new Interruptions().until(5000)).toEqual([]);
});

test('the two kinds do not end each other', () => {
  const both = new Interruptions();
  both.happened('acknowledged', { at: 0, on: 'primary' });
  both.happened('consumed', { at: 1500, on: 'primary' });
  both.happened('acknowledged', { at: 3000, on: 'primary' });
  expect(both.until().map(({ what, seconds }) => [what, seconds])).toEqual([
    ['acknowledged', 3],
    ['consumed', 0],
  ]);
});
