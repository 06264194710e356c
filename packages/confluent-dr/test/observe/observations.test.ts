import { type LinkConfigRow, type LinkRow, type MirrorRow, type TopicRow } from '../../src/client/kafka-rest-rows';
import { RequestFailure } from '../../src/client/request-failure';
import { memberObservation, topicObservations, unmirroredTopics } from '../../src/observe/member-observation';
import { type MemberReading } from '../../src/observe/member-reader';
import { type LinkObservation, type SideOfTopic } from '../../src/observe/pair-observation';
import { type Reading } from '../../src/observe/reading';
import { situationOf } from '../../src/observe/situation';

function known<T>(value: unknown): Reading<T> {
  return { known: true, value: value as T };
}

function failed(kind: RequestFailure['kind']): { readonly known: false; readonly failure: RequestFailure } {
  const asked = { method: 'GET', url: 'https://a/b', effect: 'read' } as const;
  return { known: false, failure: new RequestFailure({ ...asked, kind, detail: '', sent: true }) };
}

const LINK_ROW = { link_name: 'l', cluster_link_id: 'id', link_state: 'ACTIVE' };
const MIRROR_ROW = {
  link_name: 'l',
  mirror_topic_name: 'orders',
  source_topic_name: 'orders',
  num_partitions: 1,
  mirror_status: 'ACTIVE',
};

function reading(parts: Partial<MemberReading> = {}): MemberReading {
  return {
    topics: known<TopicRow[]>([]),
    link: known<LinkRow>(LINK_ROW),
    linkConfigs: known<LinkConfigRow[]>([]),
    mirrors: known<MirrorRow[]>([]),
    ...parts,
  };
}

function linkIn(parts: Partial<MemberReading>): LinkObservation {
  return memberObservation('lkc-1', 'l', reading(parts)).link;
}

function secondarySide(row: object): SideOfTopic {
  const readings = { primary: reading(), secondary: reading({ mirrors: known<MirrorRow[]>([row]) }) };
  const linkNames = { primary: 'l', secondary: 'l' };
  return topicObservations({ readings, linkNames, expected: ['orders'] })[0].sides.secondary;
}

describe('the side of a link', () => {
  test('is paused by its settings before its state says so', () => {
    expect(linkIn({ linkConfigs: known([{ name: 'cluster.link.paused', value: 'true' }]) })).toMatchObject({
      paused: true,
    });
    expect(linkIn({ linkConfigs: known([{ name: 'cluster.link.paused', value: 'false' }]) })).toMatchObject({
      paused: false,
    });
    expect(linkIn({ link: known({ ...LINK_ROW, link_state: 'PAUSED' }) })).toMatchObject({ paused: true });
  });

  test('has an unknown prefix where its settings were not read', () => {
    expect(linkIn({ linkConfigs: failed('forbidden') })).not.toHaveProperty('prefix');
  });

  test.each([
    [{ link_state: 'SLEEPING' }, { state: 'UNKNOWN' }],
    [{ link_state: undefined }, { state: 'UNKNOWN' }],
    [
      { link_error: 'TIMEOUT_ERROR', link_error_message: 'late' },
      { error: 'TIMEOUT_ERROR', errorMessage: 'late' },
    ],
    [
      { tasks: [{ task_name: 'New', state: 'DREAMING', errors: [{ error_code: '1', error_message: 'm' }] }] },
      { tasks: [{ name: 'New', state: 'UNKNOWN', errors: [{ code: '1', message: 'm' }] }] },
    ],
  ])('with %j is %j', (fields, seen) => {
    expect(linkIn({ link: known({ ...LINK_ROW, ...fields }) })).toMatchObject(seen);
  });

  test('without errors tells none', () => {
    const link = linkIn({ link: known({ ...LINK_ROW, link_error: 'NO_ERROR', link_error_message: null }) });
    expect(Object.keys(link)).not.toContain('error');
    expect(Object.keys(link)).not.toContain('errorMessage');
  });

  test('is unknown, not absent, where the whole cluster is not found', () => {
    const gone = failed('not-found');
    expect(linkIn({ link: gone, mirrors: gone }).kind).toBe('unknown');
    expect(linkIn({ link: gone }).kind).toBe('absent');
  });
});

describe('the side of a topic', () => {
  test('is unknown where its status is a word that this tool does not know', () => {
    expect(secondarySide({ ...MIRROR_ROW, mirror_status: 'PENDING_FAREWELL' })).toEqual({
      kind: 'unknown',
      topicName: 'orders',
      cause: 'its mirror status PENDING_FAREWELL is unknown',
    });
  });

  test('may be the mirror of another link, which makes no other topic part of the pair', () => {
    const row = { ...MIRROR_ROW, link_name: 'other' };
    expect(secondarySide(row)).toMatchObject({ kind: 'mirror', linkName: 'other' });
    const readings = { primary: reading(), secondary: reading({ mirrors: known<MirrorRow[]>([row]) }) };
    expect(topicObservations({ readings, linkNames: { primary: 'l', secondary: 'l' }, expected: [] })).toEqual([]);
  });

  test('is a topic like any other where another link brought it there once, and follows nothing any more', () => {
    const row = { ...MIRROR_ROW, link_name: 'migration', mirror_status: 'STOPPED' };
    const topics = known<TopicRow[]>([{ topic_name: 'orders', partitions_count: 4, is_internal: false }]);
    const readings = {
      primary: reading({ topics, mirrors: known<MirrorRow[]>([row]) }),
      secondary: reading({ topics, mirrors: known<MirrorRow[]>([{ ...MIRROR_ROW, link_name: 'l' }]) }),
    };
    const [orders] = topicObservations({ readings, linkNames: { primary: 'l', secondary: 'l' }, expected: [] });
    expect(orders.sides.primary).toEqual({ kind: 'topic', topicName: 'orders', partitions: 4 });
    expect(situationOf(orders, { linkName: 'l' })).toEqual({ kind: 'replicating', active: 'primary' });
  });

  test.each(['NO_ERROR', 'NOT_SET', undefined])('has no error where it is told %s', (error) => {
    expect(secondarySide({ ...MIRROR_ROW, mirror_topic_error: error })).not.toHaveProperty('error');
  });

  test('has no lags where none are told', () => {
    expect(secondarySide({ ...MIRROR_ROW, mirror_lags: null })).toMatchObject({ kind: 'mirror', lags: [] });
  });
});

describe('a topic without a mirror', () => {
  const unmirrored = (status: string) => {
    const moved = { ...MIRROR_ROW, link_name: 'other', mirror_status: status };
    const topics = known<TopicRow[]>([{ topic_name: 'orders', partitions_count: 1, is_internal: false }]);
    const primary = reading({ topics, mirrors: known<MirrorRow[]>([moved]) });
    return unmirroredTopics({ primary, secondary: reading() }, []);
  };

  test('is also what another link brought there, and follows nothing any more', () => {
    expect(unmirrored('STOPPED')).toEqual([{ name: 'orders', on: ['primary'] }]);
  });

  test('is not what another link still mirrors', () => {
    expect(unmirrored('ACTIVE')).toEqual([]);
  });
});

test('of a mirror that stopped, the partitions are those that its topic has now', () => {
  const topics = known<TopicRow[]>([{ topic_name: 'orders', partitions_count: 4, is_internal: false }]);
  const stopped = reading({ topics, mirrors: known<MirrorRow[]>([{ ...MIRROR_ROW, mirror_status: 'STOPPED' }]) });
  const readings = { primary: reading(), secondary: stopped };
  const linkNames = { primary: 'l', secondary: 'l' };
  expect(topicObservations({ readings, linkNames, expected: [] })[0].sides.secondary).toMatchObject({ partitions: 4 });
});
