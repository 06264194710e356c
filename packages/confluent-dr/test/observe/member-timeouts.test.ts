import { type Role } from '../../src/observe/pair-observation';
import { sideBySide } from '../../src/observe/reading';

const never = new Promise<never>(() => undefined);

/** Ends a reading that is not waited for any longer with `left`. */
const silent = (silenceLimit: AbortSignal): Promise<string> =>
  new Promise((resolve) => silenceLimit.addEventListener('abort', () => resolve('left')));

/** Pauses that end one after the other, whenever the test says so. */
function pauses() {
  const ends: (() => void)[] = [];
  const asked: number[] = [];
  const pause = (ms: number): Promise<void> => {
    asked.push(ms);
    return new Promise((resolve) => ends.push(resolve));
  };
  const next = async (): Promise<void> => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { pause, asked, next };
}

test('a silent member has its limit, and three times what the other one needed', async () => {
  const { pause, asked, next } = pauses();
  const read = (role: Role, silenceLimit: AbortSignal): Promise<string> =>
    role === 'secondary' ? Promise.resolve('told') : silent(silenceLimit);
  const both = sideBySide(read, { timeoutsMs: { primary: 1000 }, pause });
  await next();
  await next();
  expect(await both).toEqual({ primary: 'left', secondary: 'told' });
  expect(asked[0]).toBe(1000);
  // The other one needed no time to speak of.
  expect(asked.slice(1).every((ms) => ms <= 2000)).toBe(true);
});

test('while the other one has not told everything either, it has three times its limit and no more', async () => {
  const { pause, asked, next } = pauses();
  let left = false;
  const read = (role: Role, silenceLimit: AbortSignal): Promise<string> => {
    silenceLimit.addEventListener('abort', () => (left = true));
    return role === 'secondary' ? never : silent(silenceLimit);
  };
  void sideBySide(read, { timeoutsMs: { primary: 1000 }, pause });
  await next();
  expect([asked, left]).toEqual([[1000, 2000], false]);
  await next();
  await next();
  expect(left).toBe(true);
});

test('without a limit it is waited for as long as it takes', async () => {
  const { pause, asked } = pauses();
  const signals: boolean[] = [];
  const read = async (_: Role, silenceLimit: AbortSignal): Promise<string> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    signals.push(silenceLimit.aborted);
    return 'told';
  };
  expect(await sideBySide(read, { timeoutsMs: {}, pause })).toEqual({ primary: 'told', secondary: 'told' });
  expect([asked, signals]).toEqual([[], [false, false]]);
});
