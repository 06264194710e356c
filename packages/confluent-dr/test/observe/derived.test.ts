import {
  MIRROR_STATUSES,
  presenceOf,
  type Role,
  topicNameOn,
  type TopicObservation,
} from '../../src/observe/pair-observation';
import { clientMove, servingOf, servingOfPair } from '../../src/observe/serving';
import { CLOCK_TOLERANCE_MS, situationName, situationOf } from '../../src/observe/situation';
import { moveRemarkInWords } from '../../src/words/moves';
import { pairWith, SIDE_WORDS, sideOf, type SideWord, topicOf } from '../plan/support/observations';

const topic = (primary: SideWord, secondary: SideWord, name?: string): TopicObservation =>
  topicOf({ primary, secondary }, name);

function bothStopped(primarySince?: number, secondarySince?: number): TopicObservation {
  return {
    name: 'orders',
    sides: {
      primary: sideOf('primary', 'STOPPED', 'orders', { statusSince: primarySince }),
      secondary: sideOf('secondary', 'STOPPED', 'orders', { statusSince: secondarySince }),
    },
  };
}

describe('the situation of a topic', () => {
  test.each([
    ['topic', 'ACTIVE', 'steady'],
    ['STOPPED', 'ACTIVE', 'steady'],
    ['ACTIVE', 'STOPPED', 'switched over'],
    ['topic', 'LINK_PAUSED', 'steady, but the mirror is LINK_PAUSED'],
    ['FAILED', 'STOPPED', 'switched over, but the mirror is FAILED'],
    ['PENDING_MIRROR', 'PENDING_SYNCHRONIZE', 'reversing to the secondary'],
    ['PENDING_MIRROR', 'STOPPED', 'reversing to the secondary'],
    ['PENDING_SYNCHRONIZE', 'away', 'reversing to the primary'],
    ['topic', 'PENDING_STOPPED', 'stopping the mirror on the secondary'],
    ['PENDING_SETUP_FOR_RESTORE', 'STOPPED', 'restoring the primary'],
    ['PENDING_RESTORE', 'STOPPED', 'restoring the primary'],
    ['topic', 'STOPPED', 'failed over to the secondary'],
    ['STOPPED', 'topic', 'failed over to the primary'],
    ['STOPPED', 'STOPPED', 'stopped on both sides'],
    ['ACTIVE', 'PAUSED', 'a mirror on both sides'],
    ['away', 'ACTIVE', 'a mirror on the secondary, its source not seen'],
    ['declines', 'STOPPED', 'active on the secondary, the other side not seen'],
    ['absent', 'FAILED', 'a mirror on the secondary without a source'],
    ['absent', 'STOPPED', 'active on the secondary, missing on the other side'],
    ['topic', 'topic', 'independent, nothing mirrors it'],
    ['topic', 'absent', 'independent, nothing mirrors it'],
    ['absent', 'absent', 'missing'],
    ['topic', 'away', 'unknown'],
    ['away', 'away', 'unknown'],
  ] as const)('%s on the primary and %s on the secondary: %s', (primary, secondary, name) => {
    expect(situationName(situationOf(topic(primary, secondary)))).toBe(name);
  });

  test('of two that stopped, the later one is active', () => {
    expect(situationOf(bothStopped(10_000, 90_000))).toEqual({ kind: 'failed-over', active: 'secondary' });
    expect(situationOf(bothStopped(90_000, 10_000))).toEqual({ kind: 'failed-over', active: 'primary' });
  });

  test('of two that stopped within what clocks differ, or at times that were not told, none is, unless somebody says so', () => {
    const close = bothStopped(10_000, 10_000 + CLOCK_TOLERANCE_MS);
    expect(situationOf(close)).toEqual({ kind: 'both-stopped' });
    expect(situationOf(bothStopped(undefined, 90_000))).toEqual({ kind: 'both-stopped' });
    expect(situationOf(close, { keep: 'primary' })).toEqual({ kind: 'failed-over', active: 'primary' });
  });

  test('a mirror of another topic, or by another link, is foreign', () => {
    const { sides, name } = topic('topic', 'ACTIVE');
    const other = {
      name,
      sides: { ...sides, secondary: sideOf('secondary', 'ACTIVE', 'orders', { sourceTopicName: 'bills' }) },
    };
    expect(situationOf(other)).toEqual({ kind: 'foreign-mirror', on: 'secondary' });
    expect(situationOf(topic('topic', 'ACTIVE'), { linkName: 'another' })).toEqual({
      kind: 'foreign-mirror',
      on: 'secondary',
    });
  });

  test('with a prefix a mirror is one of its source all the same', () => {
    const secondary = sideOf('secondary', 'ACTIVE', topicNameOn('secondary', 'orders', 'dr-'), {
      sourceTopicName: 'orders',
    });
    const primary = sideOf('primary', 'topic', topicNameOn('primary', 'orders', 'dr-'));
    expect(secondary).toMatchObject({ topicName: 'dr-orders' });
    expect(situationOf({ name: 'orders', sides: { primary, secondary } })).toEqual({
      kind: 'replicating',
      active: 'primary',
    });
  });
});

describe('who serves', () => {
  test.each([
    ['topic', 'ACTIVE', 'primary'],
    ['ACTIVE', 'STOPPED', 'secondary'],
    ['topic', 'STOPPED', 'both'],
    ['PENDING_MIRROR', 'PENDING_SYNCHRONIZE', 'nobody'],
    ['absent', 'ACTIVE', 'nobody'],
    ['away', 'STOPPED', 'secondary'],
    ['away', 'ACTIVE', 'unknown'],
    ['topic', 'away', 'unknown'],
    ['declines', 'away', 'unknown'],
  ] as const)('%s on the primary and %s on the secondary: %s', (primary, secondary, serving) => {
    expect(servingOf(topic(primary, secondary))).toBe(serving);
  });

  test('nothing is assumed of a side that does not tell', () => {
    for (const word of [...MIRROR_STATUSES.filter((status) => status !== 'STOPPED'), 'absent', 'topic'] as const) {
      expect([word, servingOf(topic('away', word)), servingOf(topic(word, 'declines'))]).toEqual([
        word,
        'unknown',
        'unknown',
      ]);
    }
  });

  test('the pair is mixed as soon as topics differ', () => {
    const [steady, turned] = [topic('topic', 'ACTIVE', 'a'), topic('ACTIVE', 'STOPPED', 'b')];
    expect(servingOfPair(pairWith(steady))).toBe('primary');
    expect(servingOfPair(pairWith(steady, turned))).toBe('mixed');
    expect(servingOfPair(pairWith())).toBe('nobody');
  });
});

describe('whether clients may move', () => {
  const may = (to: Role, ...topics: TopicObservation[]): string => clientMove(pairWith(...topics), to).may;

  test('once every topic is writable there, and followed by the other side', () => {
    expect(may('secondary', topic('ACTIVE', 'STOPPED', 'a'), topic('ACTIVE', 'STOPPED', 'b'))).toBe('yes');
    expect(may('primary', topic('topic', 'ACTIVE'))).toBe('yes');
  });

  test('not while one topic has not turned, and it says which', () => {
    const move = clientMove(
      pairWith(topic('ACTIVE', 'STOPPED', 'a'), topic('topic', 'PENDING_STOPPED', 'b')),
      'secondary',
    );
    expect(move).toEqual({
      to: 'secondary',
      may: 'no',
      remarks: [{ code: 'read-only', topic: 'b', on: 'secondary', status: 'PENDING_STOPPED' }],
    });
  });

  test.each([
    ['topic', 'STOPPED', 'can be written to as well'],
    ['away', 'STOPPED', 'does not tell; see to it'],
    ['absent', 'STOPPED', 'nothing follows'],
    ['PAUSED', 'STOPPED', 'does not follow: PAUSED'],
  ] as const)('with care while the primary is %s and the secondary %s', (primary, secondary, text) => {
    const move = clientMove(pairWith(topic(primary, secondary)), 'secondary');
    expect([move.may, moveRemarkInWords(move.remarks[0])]).toEqual(['with-care', expect.stringContaining(text)]);
  });

  test('never to where a topic is not writable, whatever the other side is', () => {
    for (const primary of SIDE_WORDS) {
      for (const secondary of SIDE_WORDS.filter((word) => word !== 'STOPPED' && word !== 'topic')) {
        expect([primary, secondary, may('secondary', topic(primary, secondary))]).toEqual([primary, secondary, 'no']);
      }
    }
  });

  test('not to a topic that never was a mirror while the other side may have been failed over to', () => {
    expect(may('primary', topic('topic', 'away'))).toBe('no');
  });

  test('not where no topics were seen', () => {
    expect(may('secondary')).toBe('no');
  });
});

test('a member that is gone is told from one that lives and declines', () => {
  const presence = (kind: 'refused' | 'timeout' | 'unauthorized' | 'throttled'): string =>
    presenceOf({ kind, cause: '' });
  expect([presenceOf({ kind: 'answers' }), presence('refused'), presence('timeout')]).toEqual([
    'answers',
    'away',
    'away',
  ]);
  expect([presence('unauthorized'), presence('throttled')]).toEqual(['declines', 'declines']);
});
