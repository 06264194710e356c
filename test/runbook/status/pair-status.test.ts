import { RequestFailure } from '../../../lib/runbook/client';
import { type MemberReading, type SeenPair } from '../../../lib/runbook/observing';
import {
  type LinkObservation,
  type LinkState,
  type LinkTaskState,
  type MemberObservation,
  type MirrorStatus,
  type SideOfTopic,
  type TopicObservation,
} from '../../../lib/runbook/pair';
import { changesBetween, type PairStatus, pairStatus } from '../../../lib/runbook/status';

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
}

function statusOf({ primary, secondary, topics = [STEADY], exporters }: Seen = {}): PairStatus {
  const failure = new RequestFailure({
    kind: 'refused',
    method: 'GET',
    url: '',
    effect: 'read',
    detail: '',
    sent: false,
  });
  const none = { known: false, failure } as const;
  const reading: MemberReading = { topics: none, link: none, linkConfigs: none, mirrors: none };
  const member: MemberObservation = { clusterId: 'lkc-1', dataPlane: { kind: 'answers' }, link: link('ACTIVE') };
  const seen: SeenPair = {
    observation: { members: { primary: { ...member, ...primary }, secondary: { ...member, ...secondary } }, topics },
    readings: { primary: { ...reading, ...(exporters && { exporters }) }, secondary: reading },
  };
  const route = { host: 'h', way: 'dns', addresses: [] } as const;
  return pairStatus({ seen, routes: { primary: route, secondary: route }, linkName: 'link' });
}

const causes = (seen: Seen): string[] => statusOf(seen).concerns.map(({ cause }) => cause);

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
    expect(concerns.map(({ cause }) => cause)).toEqual([
      '2 topics: steady, but the mirror is PAUSED.',
      'Topic c: failed over to the secondary.',
    ]);
    expect(concerns[1].cure).toMatch(/failback --dry-run/);
  });

  test('is concerned about members, links, tasks, and a pair without topics', () => {
    expect(causes({ topics: [] })).toEqual(['No topics were seen that the pair replicates.']);
    expect(
      causes({ primary: { dataPlane: { kind: 'refused', cause: 'nothing listens' }, link: link('FAILED') } }),
    ).toEqual(['The primary does not tell: nothing listens']);
    expect(causes({ secondary: { link: link('UNAVAILABLE') } })).toEqual(['The link on the secondary is UNAVAILABLE.']);
    expect(causes({ secondary: { link: link('ACTIVE', 'ACTIVE', true) } })).toEqual([
      'The link on the secondary is PAUSED.',
    ]);
    expect(causes({ primary: { link: { kind: 'absent', name: 'link' } } })).toEqual(['The primary has no link link.']);
    expect(causes({ primary: { link: { kind: 'unknown', cause: '403' } } })).toEqual([
      'The link on the primary is not told: 403',
    ]);
    expect(causes({ primary: { link: link('ACTIVE', 'IN_ERROR') } })).toEqual([
      'AclSync of the link on the primary is in error: no filter',
    ]);
    expect(causes({ primary: { link: link('ACTIVE', 'NOT_CONFIGURED') } })).toEqual([]);
  });

  test('sends whoever is declined to the keys, and whoever gets no answer to the check', () => {
    const cureOf = (kind: 'timeout' | 'unauthorized'): string =>
      statusOf({ primary: { dataPlane: { kind, cause: '' } } }).concerns[0].cure;
    expect(cureOf('timeout')).toMatch(/confluent-dr check/);
    expect(cureOf('unauthorized')).toMatch(/API key/);
  });

  test('is concerned about exporters that do not run', () => {
    const exporters = (...states: string[]): MemberReading['exporters'] => ({
      known: true,
      value: states.map((state, index) => ({ name: `e${index}`, state, ...(state === 'ERROR' && { trace: 'a\nb' }) })),
    });
    expect(causes({ exporters: exporters('RUNNING', 'STARTING') })).toEqual([]);
    expect(causes({ exporters: exporters('PAUSED', 'ERROR') })).toEqual([
      'Schema exporter e0 of the primary is PAUSED.',
      'Schema exporter e1 of the primary is ERROR: a.',
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
