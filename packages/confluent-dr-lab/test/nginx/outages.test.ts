import {
  fenceChanges,
  fencesOf,
  inForce,
  type OutageRecord,
  outageChanges,
  statusOf,
  nextOutage,
} from '../../src/nginx/outages';

const NOW = 1_700_000_000;
const state = (outage: 'none' | 'reject' | 'blackhole', longest?: number) => ({
  instance: 'primary',
  outage,
  longest,
  fenced: false,
});

describe('An outage of the proxy', () => {
  test.each<[string, OutageRecord | undefined, ReturnType<typeof state>, OutageRecord | undefined]>([
    ['begins', undefined, state('reject'), { manner: 'reject', since: NOW }],
    ['begins with an end', undefined, state('reject', 60), { manner: 'reject', since: NOW, until: NOW + 60 }],
    ['changes its manner', { manner: 'reject', since: 5 }, state('blackhole'), { manner: 'blackhole', since: 5 }],
    ['is lifted', { manner: 'reject', since: 5 }, state('none'), undefined],
    [
      'stays over',
      { manner: 'reject', since: 5, until: 6 },
      state('reject', 60),
      { manner: 'reject', since: 5, until: 6 },
    ],
    ['that was over is forgotten', { manner: 'reject', since: 5, until: 6 }, state('none'), undefined],
  ])('%s', (_what, before, desired, after) => {
    expect(nextOutage(before, desired, NOW)).toEqual(after);
  });

  test('is in force until its end', () => {
    const record = { manner: 'reject', since: NOW, until: NOW + 60 } as const;
    expect(inForce(record, NOW + 59)).toBe(record);
    expect(inForce(record, NOW + 60)).toBeUndefined();
    expect(inForce(undefined, NOW)).toBeUndefined();
  });

  test('is told as a change when it begins and when it is lifted, and when it does not begin again', () => {
    const record = { manner: 'reject', since: NOW } as const;
    const over = { manner: 'reject', since: 5, until: 6 } as const;
    const changes = (before: object, after: object, desired: ReturnType<typeof state>) =>
      outageChanges(before as never, after as never, [desired], NOW);
    expect(changes({}, { primary: record }, state('reject'))).toEqual(['primary blocked (reject)']);
    expect(changes({ primary: record }, { primary: record }, state('reject'))).toEqual([]);
    expect(changes({ primary: record }, {}, state('none'))).toEqual(['primary unblocked']);
    expect(changes({ primary: over }, {}, state('none'))).toEqual([]);
    expect(changes({ primary: over }, { primary: over }, state('reject'))).toEqual([
      'the outage of primary ended by itself and does not block again until it was switched off in between',
    ]);
  });
});

test('A fence keeps its beginning while it is there, and is told as it comes and goes', () => {
  const states = (fenced: boolean) => [{ ...state('none'), fenced }];
  expect(fencesOf({}, states(true), NOW)).toEqual({ primary: NOW });
  expect(fencesOf({ primary: 5 }, states(true), NOW)).toEqual({ primary: 5 });
  expect(fencesOf({ primary: 5 }, states(false), NOW)).toEqual({});
  expect(fenceChanges({}, { primary: NOW })).toEqual(['primary fenced']);
  expect(fenceChanges({ primary: 5 }, { secondary: NOW })).toEqual(['secondary fenced', 'primary no longer fenced']);
  expect(fenceChanges({ primary: 5 }, { primary: 5 })).toEqual([]);
});

test('the status has the form of the proxy’s own command', () => {
  const instances = [
    { name: 'primary', running: false, openSessions: 0, record: { manner: 'reject', since: NOW, until: NOW + 60 } },
    { name: 'secondary', running: false, openSessions: 0, fencedSince: NOW },
  ] as const;
  const outage = { wish: 'reject', since: '2023-11-14T22:13:20Z', until: '2023-11-14T22:14:20Z' };
  const secondary = { name: 'secondary', blocked: 'none', running: false, openSessions: 0, outage: null };
  const fence = { since: '2023-11-14T22:13:20Z' };
  expect(statusOf('0123456789ab', true, instances, NOW + 1)).toEqual({
    release: '0123456789ab',
    front: { running: true },
    instances: [
      {
        name: 'primary',
        blocked: 'reject',
        running: false,
        openSessions: 0,
        outage: { ...outage, ended: null },
        fence: null,
      },
      { ...secondary, fence },
    ],
  });
  expect(statusOf('0123456789ab', true, instances, NOW + 60)).toMatchObject({
    instances: [{ blocked: 'none', outage: { ...outage, ended: '2023-11-14T22:14:20Z' } }, secondary],
  });
});
