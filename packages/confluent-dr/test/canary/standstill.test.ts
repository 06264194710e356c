import { type Standstill, StandstillWatch } from '../../src/canary/standstill';

const LOOK_MS = 250;

describe('What a canary did not see', () => {
  let time = 0;
  let steady = 0;
  let told: Standstill[] = [];
  let watch: StandstillWatch;

  beforeEach(() => {
    [time, steady, told] = [1_000_000, 0, []];
    watch = new StandstillWatch((standstill) => told.push(standstill), { time: () => time, steady: () => steady });
  });

  /** Looks after both clocks went on by so much. */
  const look = (ofTime: number, ofSteady: number): void => {
    time += ofTime;
    steady += ofSteady;
    watch.look();
  };

  test('is nothing while it looks now and then, on a busy machine too', () => {
    [LOOK_MS, 2000, LOOK_MS, 1500].forEach((ms) => look(ms, ms));
    look(1900, LOOK_MS);
    expect(told).toEqual([]);
  });

  test.each([
    ['of a process that was stopped', 12_000, 12_000],
    ['of a machine that slept, whose steady clock slept too', 12_000, LOOK_MS],
    ['of a clock that was put back', -5000, LOOK_MS],
  ])('is told %s, once', (_, ofTime, ofSteady) => {
    look(LOOK_MS, LOOK_MS);
    const since = time;
    look(ofTime, ofSteady);
    look(LOOK_MS, LOOK_MS);
    expect(told).toEqual([{ since, at: since + ofTime }]);
  });

  test('is looked for until it is stopped', () => {
    jest.useFakeTimers();
    watch.start();
    time += 60_000;
    jest.advanceTimersByTime(LOOK_MS);
    expect(told).toHaveLength(1);
    watch.stop();
    time += 60_000;
    jest.advanceTimersByTime(10 * LOOK_MS);
    expect(told).toHaveLength(1);
    jest.useRealTimers();
  });
});
