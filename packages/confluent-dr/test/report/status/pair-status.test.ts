import { ALL_ACLS } from '../../../../../test/docs/pair-states';
import { RequestFailure } from '../../../src/client/request-failure';
import { type MemberAcls } from '../../../src/observe/acls';
import { type MemberReading } from '../../../src/observe/member-reader';
import { type SeenPair } from '../../../src/observe/observe-pair';
import {
  type LinkObservation,
  type LinkState,
  type LinkTaskState,
  type MemberObservation,
  type MirrorStatus,
  type Role,
  type SideOfTopic,
  type TopicObservation,
  type UnmirroredTopic,
} from '../../../src/observe/pair-observation';
import { changesBetween } from '../../../src/report/status/changes';
import { type PairStatus, pairStatus } from '../../../src/report/status/pair-status';
import { statusText } from '../../../src/words/status';
import { PLAIN } from '../../../src/words/text-style';
import { PLACE } from '../../support/place';

const link = (state: LinkState, task: LinkTaskState = 'ACTIVE', paused = false): LinkObservation => ({
  kind: 'link',
  name: 'link',
  linkId: 'id',
  state,
  paused,
  tasks: [{ name: 'AclSync', state: task, errors: task === 'IN_ERROR' ? [{ code: 'X', message: 'no filter' }] : [] }],
});

const mirror = (status: MirrorStatus, reason?: string): SideOfTopic => ({
  kind: 'mirror',
  topicName: 'orders',
  sourceTopicName: 'orders',
  linkName: 'link',
  status,
  transitionErrors: reason === undefined ? [] : [{ code: '1', message: reason }],
  lags: [{ partition: 0, lag: 2 }],
  partitions: 1,
});
const plain: SideOfTopic = { kind: 'topic', topicName: 'orders', partitions: 1 };

const topic = (name: string, primary: SideOfTopic, secondary: SideOfTopic): TopicObservation => ({
  name,
  sides: { primary, secondary },
});
const STEADY = topic('orders', plain, mirror('ACTIVE'));

interface Seen {
  readonly primary?: Partial<MemberObservation>;
  readonly secondary?: Partial<MemberObservation>;
  readonly topics?: readonly TopicObservation[];
  readonly exporters?: MemberReading['exporters'];
  readonly unmirrored?: readonly UnmirroredTopic[];
  readonly acls?: Readonly<Record<Role, MemberAcls>>;
}

function statusOf({
  primary,
  secondary,
  topics = [STEADY],
  exporters,
  unmirrored = [],
  acls = { primary: ALL_ACLS, secondary: ALL_ACLS },
}: Seen = {}): PairStatus {
  const failure = new RequestFailure({
    kind: 'refused',
    method: 'GET',
    url: '',
    effect: 'read',
    detail: '',
    sent: false,
  });
  const none = { known: false, failure } as const;
  const reading: MemberReading = { topics: { known: true, value: [] }, link: none, linkConfigs: none, mirrors: none };
  const member: MemberObservation = { clusterId: 'lkc-1', dataPlane: { kind: 'answers' }, link: link('ACTIVE') };
  const seen: SeenPair = {
    observation: {
      members: { primary: { ...member, ...primary }, secondary: { ...member, ...secondary } },
      topics,
      unmirrored,
    },
    readings: { primary: { ...reading, ...(exporters && { exporters }) }, secondary: reading },
  };
  const route = { host: 'h', way: 'dns', addresses: [] } as const;
  return pairStatus({ seen, routes: { primary: route, secondary: route }, linkName: 'link', acls });
}

const concernsIn = (seen: Seen) => statusOf(seen).concerns;
const codes = (seen: Seen): string[] => concernsIn(seen).map(({ code }) => code);

describe('the status of a pair', () => {
  test('is well where the secondary follows the primary, and where it is the other way round', () => {
    expect(statusOf()).toMatchObject({
      well: true,
      serving: 'primary',
      moves: { primary: { may: 'yes' }, secondary: { may: 'no' } },
      topics: [
        { topic: 'orders', stands: 'steady', sides: { primary: 'topic', secondary: 'ACTIVE' }, lag: { records: 2 } },
      ],
    });
    expect(statusOf({ topics: [topic('orders', mirror('ACTIVE'), mirror('STOPPED'))] })).toMatchObject({
      well: true,
      serving: 'secondary',
    });
  });

  test('puts the topics that are not steady first, and names each way to be so once', () => {
    const paused = (name: string): TopicObservation => topic(name, plain, mirror('PAUSED', 'by an operator'));
    const { topics, concerns, well } = statusOf({
      topics: [STEADY, paused('a'), paused('b'), topic('c', plain, mirror('STOPPED'))],
    });
    expect(well).toBe(false);
    expect(topics.map((each) => each.topic)).toEqual(['a', 'b', 'c', 'orders']);
    expect(topics[0].reasons).toEqual(['by an operator']);
    expect(concerns).toEqual([
      { code: 'mirror-paused', topics: ['a', 'b'] },
      { code: 'not-followed', on: 'secondary', topics: ['c'] },
    ]);
  });

  test('is concerned about members, links, tasks, and a pair without topics', () => {
    expect(codes({ topics: [] })).toEqual(['no-topics']);
    const away = { dataPlane: { kind: 'refused', cause: 'nothing listens' }, link: link('FAILED') } as const;
    expect(concernsIn({ primary: away })).toEqual([{ code: 'member-away', on: 'primary', told: 'refused' }]);
    expect(codes({ secondary: { link: link('UNAVAILABLE') } })).toEqual(['link-unavailable']);
    expect(codes({ secondary: { link: link('ACTIVE', 'ACTIVE', true) } })).toEqual(['link-paused']);
    expect(codes({ primary: { link: { kind: 'absent', name: 'link' } } })).toEqual(['link-absent']);
    expect(codes({ primary: { link: { kind: 'unknown', cause: '403' } } })).toEqual(['link-unknown']);
    expect(concernsIn({ primary: { link: link('ACTIVE', 'IN_ERROR') } })).toEqual([
      { code: 'task-in-error', on: 'primary', told: 'AclSync: no filter' },
    ]);
    expect(codes({ primary: { link: link('ACTIVE', 'NOT_CONFIGURED') } })).toEqual([]);
  });

  test('sends whoever is declined to the keys or to patience, and fails over where the active member is gone', () => {
    const nextOf = (kind: 'timeout' | 'unauthorized' | 'throttled') =>
      statusOf({ primary: { dataPlane: { kind, cause: '' } } }).next?.command;
    expect(nextOf('timeout')).toEqual(['failover', '--unplanned']);
    expect(nextOf('unauthorized')).toEqual(['config', 'show']);
    expect(nextOf('throttled')).toEqual(['status']);
  });

  test('asks for no key to read ACLs of a member that does not answer', () => {
    const acls = { primary: { kind: 'unknown', code: 'not-read', cause: '' }, secondary: ALL_ACLS } as const;
    expect(codes({ acls })).toEqual(['acls-unknown']);
    expect(codes({ acls, primary: { dataPlane: { kind: 'timeout', cause: '' } } })).toEqual(['member-away']);
  });

  test('calls a loss that a member which is gone may add to the least of it', () => {
    const loss = (seen?: Seen) =>
      /would lose (.*);/.exec(statusText(statusOf(seen), false, PLACE, { width: 100, paint: PLAIN }))?.[1];
    expect(loss()).toBe('2 records');
    expect(loss({ primary: { dataPlane: { kind: 'timeout', cause: '' } } })).toBe('at least 2 records');
  });

  test('tells of topics without a mirror, and is not well with one', () => {
    const { well, concerns, unmirrored } = statusOf({ unmirrored: [{ name: 'x', on: ['primary'] }] });
    expect([well, concerns, unmirrored]).toEqual([
      false,
      [{ code: 'unmirrored', topics: ['x'] }],
      [{ name: 'x', on: ['primary'] }],
    ]);
  });

  test('tells since when a member is gone, and what the mirrors knew of', () => {
    const cut = { ...mirror('SOURCE_UNAVAILABLE'), statusSince: Date.parse('2026-01-02T03:04:05Z') } as SideOfTopic;
    const unknown: SideOfTopic = { kind: 'unknown', topicName: 'orders', cause: '' };
    const away = { dataPlane: { kind: 'timeout', cause: '' } } as const;
    expect(statusOf({ primary: away, topics: [topic('orders', unknown, cut)] }).outages).toEqual([
      { on: 'primary', clusterId: 'lkc-1', since: '2026-01-02T03:04:05.000Z', records: 2 },
    ]);
  });

  test('is concerned about exporters that do not run', () => {
    const exporters = (...states: string[]): MemberReading['exporters'] => ({
      known: true,
      value: states.map((state, index) => ({ name: `e${index}`, state, ...(state === 'ERROR' && { trace: 'a\nb' }) })),
    });
    expect(codes({ exporters: exporters('RUNNING', 'STARTING') })).toEqual([]);
    expect(concernsIn({ exporters: exporters('PAUSED', 'ERROR') }).map(({ told }) => told)).toEqual([
      'e0 is PAUSED',
      'e1 is ERROR: a',
    ]);
  });

  test('tells what Terraform would meet', () => {
    const { terraform } = statusOf({ topics: [topic('orders', plain, mirror('PENDING_STOPPED'))] });
    expect([terraform.plan.length, terraform.destroy.length]).toEqual([0, 0]);
    expect(statusOf({ topics: [topic('orders', mirror('ACTIVE'), mirror('STOPPED'))] }).terraform.destroy).toHaveLength(
      1,
    );
  });
});

describe('changes', () => {
  test('are told in lines, and nothing where nothing has changed', () => {
    const before = statusOf();
    expect(changesBetween(before, statusOf())).toEqual([]);
    const after = statusOf({
      primary: { dataPlane: { kind: 'timeout', cause: '' }, link: { kind: 'unknown', cause: '' } },
      topics: [
        topic('orders', { kind: 'unknown', topicName: 'orders', cause: '' }, mirror('STOPPED')),
        topic('new', plain, plain),
      ],
      exporters: { known: true, value: [{ name: 'e', state: 'ERROR' }] },
    });
    expect(changesBetween(before, after)).toEqual([
      'serving: primary → mixed',
      'primary: answers → timeout',
      'link on the primary: ACTIVE → unknown',
      'exporter e of the primary: not seen → ERROR',
      'orders: steady → active on the secondary, the other side not seen',
      'new: not seen → independent, nothing mirrors it',
      'something needs a look',
    ]);
    expect(changesBetween(after, before).at(-1)).toBe('all is well');
  });
});
