import {
  type LinkSide,
  type PairObservation,
  type Role,
  type SideOfTopic,
  type TopicObservation,
} from '../../src/observe/pair-observation';
import { type FailoverRequest, type MissingAcl } from '../../src/plan/failover-request';
import { type RefusalCode } from '../../src/plan/plan';
import { plan } from '../../src/plan/planner';
import { isReached } from '../../src/plan/transitions';
import { REFUSAL_CODES, refusalInWords } from '../../src/words/refusals';
import { noteInWords, warningInWords } from '../../src/words/steps';
import { linkOf, type LinkWord, pairOf, pairWith, sideOf, type SideWord, topicOf } from './support/observations';

const failover: FailoverRequest = { direction: 'failover' };
const planned: FailoverRequest = { direction: 'failover', procedure: 'planned' };
const unplanned: FailoverRequest = { direction: 'failover', procedure: 'unplanned' };
const failback: FailoverRequest = { direction: 'failback' };

const pair = (primary: SideWord, secondary: SideWord): PairObservation => pairOf({ sides: { primary, secondary } });

function withLink(observed: PairObservation, role: Role, changes: Partial<LinkSide>): PairObservation {
  const member = observed.members[role];
  const link = { ...linkOf('ACTIVE'), ...changes } as LinkSide;
  return { ...observed, members: { ...observed.members, [role]: { ...member, link } } };
}

const mirrored = (name: string, changes: Parameters<typeof sideOf>[3] = {}): TopicObservation => ({
  name,
  sides: { primary: sideOf('primary', 'topic', name), secondary: sideOf('secondary', 'ACTIVE', name, changes) },
});

describe('the steps', () => {
  test('of a planned failover: all topics at once, until both sides have turned', () => {
    const made = plan(pairWith(mirrored('orders'), mirrored('payments')), planned);
    expect(made).toMatchObject({ kind: 'plan', target: 'secondary', procedure: 'planned' });
    expect(made.steps).toEqual([
      {
        kind: 'operate',
        operation: 'reverse-and-start-mirror',
        on: 'secondary',
        link: 'orders-dr',
        topics: [
          { name: 'orders', nameThere: 'orders' },
          { name: 'payments', nameThere: 'payments' },
        ],
        until: { secondary: 'STOPPED', primary: 'ACTIVE' },
        loss: { kind: 'none' },
        confirmations: [expect.objectContaining({ kind: 'switch-over' })],
      },
    ]);
  });

  test('of a failback after a disaster: restore, wait, and take over', () => {
    const made = plan(pair('topic', 'STOPPED'), { ...failback, allow: { truncation: true } });
    expect(made.steps).toMatchObject([
      { operation: 'truncate-and-restore', on: 'primary', until: { primary: 'ACTIVE' }, loss: { kind: 'discarded' } },
      { operation: 'reverse-and-start-mirror', on: 'primary', until: { primary: 'STOPPED', secondary: 'ACTIVE' } },
    ]);
  });

  test('resume a paused mirror before it is reversed', () => {
    expect(plan(pair('topic', 'PAUSED'), planned).steps).toMatchObject([
      { operation: 'resume', confirmations: [] },
      { operation: 'reverse-and-start-mirror' },
    ]);
  });

  test('leave alone what has turned, and wait for what is turning, after asking for the rest', () => {
    const made = plan(
      pairWith(
        topicOf({ primary: 'ACTIVE', secondary: 'STOPPED' }, 'a'),
        topicOf({ primary: 'PENDING_MIRROR', secondary: 'PENDING_SYNCHRONIZE' }, 'b'),
        mirrored('c'),
      ),
      planned,
    );
    expect(made.done).toEqual(['a']);
    expect(made.steps).toMatchObject([
      { operation: 'reverse-and-start-mirror', topics: [{ name: 'c' }] },
      { kind: 'wait', topics: ['b'] },
    ]);
  });

  test('of an unplanned failover tell what is known to be lost, by the name that the topic has at the primary', () => {
    const lags = [
      { partition: 0, lag: 0 },
      { partition: 1, lag: 12 },
    ];
    const secondary = sideOf('secondary', 'SOURCE_UNAVAILABLE', 'dr-orders', { sourceTopicName: 'orders', lags });
    const observed = {
      ...pair('away', 'ACTIVE'),
      topics: [{ name: 'orders', sides: { primary: sideOf('primary', 'away'), secondary } }],
    };
    expect(plan(observed, unplanned).steps).toMatchObject([
      {
        operation: 'failover',
        topics: [{ name: 'orders', nameThere: 'dr-orders' }],
        until: { secondary: 'STOPPED' },
        loss: { kind: 'not-mirrored', atLeast: [{ topic: 'orders', partition: 1, records: 12 }] },
        confirmations: [{ kind: 'loss' }],
      },
    ]);
  });

  test('are for the chosen topics only', () => {
    const made = plan(pairWith(mirrored('a'), mirrored('b')), { ...planned, topics: ['b'] });
    expect(made.steps).toMatchObject([{ topics: [{ name: 'b' }] }]);
  });
});

describe('what is told of a member that does not answer', () => {
  test('is not believed', () => {
    const gone = pair('topic', 'away');
    const claimed: PairObservation = { ...gone, topics: [topicOf({ primary: 'topic', secondary: 'PAUSED' })] };
    const request: FailoverRequest = { ...unplanned, allow: { unplannedWhileActiveAnswers: true } };
    expect(plan(claimed, request)).toMatchObject({ kind: 'refusal', refusals: [{ code: 'member-away' }] });
  });
});

describe('a promotion that somebody began', () => {
  const allow = { endPromotion: true, unplannedWhileActiveAnswers: true };

  test('is ended only with leave, and only if its source does not tell', () => {
    expect(plan(pair('away', 'PENDING_STOPPED'), { ...unplanned, allow }).steps).toMatchObject([
      { operation: 'failover' },
    ]);
    expect(plan(pair('away', 'PENDING_STOPPED'), unplanned)).toMatchObject({
      kind: 'wait',
      steps: [{ underWay: { code: 'stop', member: 'secondary' }, hindrance: { liftedBy: 'endPromotion' } }],
    });
    expect(plan(pair('topic', 'PENDING_STOPPED'), { ...unplanned, allow }).kind).toBe('wait');
  });
});

const ALTER: MissingAcl = {
  operation: 'ALTER',
  resourceType: 'CLUSTER',
  resourceName: 'kafka-cluster',
  on: 'primary',
  principal: 'User:sa-1',
};
const READ: MissingAcl = {
  ...ALTER,
  operation: 'READ',
  resourceType: 'TOPIC',
  resourceName: 'orders',
  on: 'secondary',
};

interface Refused {
  readonly code: RefusalCode;
  readonly observed: PairObservation;
  readonly request: FailoverRequest;
  readonly cause: string;
  readonly cure: string;
}

const links = (secondary: LinkWord): PairObservation =>
  pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' }, links: { primary: 'ACTIVE', secondary } });
const failed: SideOfTopic = sideOf('secondary', 'FAILED', 'orders', { error: 'SOURCE_TOPIC_ID_CHANGED' });
const REFUSED: readonly Refused[] = [
  {
    code: 'active-answers',
    observed: pair('topic', 'ACTIVE'),
    request: unplanned,
    cause: 'two sides',
    cure: 'planned',
  },
  {
    code: 'older-records',
    observed: pair('topic', 'STOPPED'),
    request: { ...failback, procedure: 'unplanned' },
    cause: 'older records',
    cure: '--discard',
  },
  { code: 'active-declines', observed: pair('declines', 'ACTIVE'), request: unplanned, cause: 'lives', cure: 'access' },
  { code: 'member-declines', observed: pair('declines', 'ACTIVE'), request: failover, cause: '401', cure: 'API key' },
  {
    code: 'member-away',
    observed: pair('away', 'ACTIVE'),
    request: planned,
    cause: 'ECONNREFUSED',
    cure: 'Bring it back',
  },
  { code: 'both-mirrors', observed: pair('ACTIVE', 'ACTIVE'), request: planned, cause: 'nobody', cure: 'Compare' },
  { code: 'both-stopped', observed: pair('STOPPED', 'STOPPED'), request: planned, cause: 'times', cure: '--keep' },
  { code: 'link-absent', observed: links('absent'), request: planned, cause: 'no link', cure: 'name of the link' },
  { code: 'link-paused', observed: links('PAUSED'), request: planned, cause: 'is paused', cure: 'cluster.link.paused' },
  { code: 'link-failed', observed: links('FAILED'), request: planned, cause: 'FAILED', cure: "link's key" },
  { code: 'link-unavailable', observed: links('UNAVAILABLE'), request: planned, cause: 'UNAVAILABLE', cure: 'reach' },
  { code: 'link-unknown', observed: links('UNKNOWN'), request: planned, cause: 'UNKNOWN', cure: 'Wait' },
  {
    code: 'link-different',
    observed: withLink(pair('topic', 'ACTIVE'), 'secondary', { linkId: 'link-2' }),
    request: planned,
    cause: 'link-1 on the primary, link-2 on the secondary',
    cure: 'one after the other',
  },
  {
    code: 'link-prefix',
    observed: withLink(pair('topic', 'ACTIVE'), 'secondary', { prefix: 'dr-' }),
    request: planned,
    cause: 'prefix',
    cure: 'without a prefix',
  },
  {
    code: 'link-paused',
    observed: pair('topic', 'LINK_PAUSED'),
    request: planned,
    cause: 'LINK_PAUSED',
    cure: 'false',
  },
  {
    code: 'link-failed',
    observed: pair('topic', 'LINK_FAILED'),
    request: planned,
    cause: 'LINK_FAILED',
    cure: "link's key",
  },
  {
    code: 'source-unavailable',
    observed: pair('topic', 'SOURCE_UNAVAILABLE'),
    request: planned,
    cause: 'cannot be reached',
    cure: 'unplanned',
  },
  {
    code: 'mirror-failed',
    observed: pairWith({ name: 'orders', sides: { primary: sideOf('primary', 'topic'), secondary: failed } }),
    request: planned,
    cause: 'SOURCE_TOPIC_ID_CHANGED',
    cure: 'anew',
  },
  {
    code: 'topic-unknown',
    observed: pairWith(topicOf({ primary: 'topic', secondary: 'declines' })),
    request: planned,
    cause: 'is not known',
    cure: 'describe the topic',
  },
  {
    code: 'foreign-mirror',
    observed: pairWith(mirrored('orders', { sourceTopicName: 'bills' })),
    request: planned,
    cause: 'bills by link orders-dr',
    cure: 'leave it out',
  },
  {
    code: 'source-missing',
    observed: pair('absent', 'ACTIVE'),
    request: planned,
    cause: 'no source',
    cure: 'unplanned',
  },
  { code: 'not-mirrored', observed: pair('topic', 'topic'), request: planned, cause: 'neither', cure: 'leave it out' },
  {
    code: 'topic-elsewhere-only',
    observed: pair('topic', 'absent'),
    request: failover,
    cause: 'primary only',
    cure: 'mirror',
  },
  {
    code: 'topic-elsewhere-only',
    observed: pair('absent', 'STOPPED'),
    request: failback,
    cause: 'not exist',
    cure: 'mirror',
  },
  { code: 'topic-missing', observed: pair('absent', 'absent'), request: planned, cause: 'neither side', cure: 'name' },
  {
    code: 'topic-missing',
    observed: pairWith(),
    request: { ...planned, topics: ['x'] },
    cause: 'neither side',
    cure: 'name',
  },
  { code: 'no-topics', observed: pairWith(), request: planned, cause: 'No topics', cure: 'name of the link' },
  {
    code: 'transition-blocked',
    observed: pair('away', 'PENDING_MIRROR'),
    request: unplanned,
    cause: 'waiting to become a mirror',
    cure: 'Bring the primary back',
  },
  {
    code: 'truncation-not-allowed',
    observed: pair('topic', 'STOPPED'),
    request: failback,
    cause: 'discard',
    cure: '--discard',
  },
  {
    code: 'acls-missing',
    observed: pair('topic', 'ACTIVE'),
    request: { ...planned, missingAcls: [ALTER] },
    cause: 'on the primary for User:sa-1 ALTER on the cluster',
    cure: '--fix-acls',
  },
];

describe('a refusal names cause and cure', () => {
  test('each one of them is tried here', () => {
    expect([...new Set(REFUSED.map(({ code }) => code))].sort()).toEqual([...REFUSAL_CODES].sort());
  });

  test.each(REFUSED.map((one) => [one.code, one.cause, one] as const))(
    '%s: %s',
    (code, _, { observed, request, cause, cure }) => {
      const made = plan(observed, request);
      expect({ kind: made.kind, steps: made.steps }).toEqual({ kind: 'refusal', steps: [] });
      expect(made.refusals).toHaveLength(1);
      expect(made.refusals[0].code).toBe(code);
      expect(refusalInWords(made.refusals[0])).toEqual({
        cause: expect.stringContaining(cause) as string,
        cure: expect.stringContaining(cure) as string,
      });
    },
  );

  test('holds everything back, unless going on with some topics is allowed', () => {
    const observed = pairWith(mirrored('a'), topicOf({ primary: 'topic', secondary: 'topic' }, 'b'));
    expect(plan(observed, planned)).toMatchObject({ kind: 'refusal', steps: [] });
    const partial = plan(observed, { ...planned, allow: { partial: true } });
    expect(partial).toMatchObject({ kind: 'plan', refusals: [{ topic: 'b' }], steps: [{ topics: [{ name: 'a' }] }] });
  });
});

describe('beside the steps', () => {
  test('missing ACLs are cured first, where that is allowed', () => {
    const request: FailoverRequest = { ...planned, missingAcls: [READ], allow: { aclCure: true } };
    expect(plan(pair('topic', 'ACTIVE'), request).steps).toMatchObject([
      { kind: 'cure-acls', on: 'secondary', missing: [READ] },
      { kind: 'operate' },
    ]);
    // A reversal that hangs for want of them, too; one that is done needs none.
    const waiting = plan(pair('PENDING_MIRROR', 'PENDING_SYNCHRONIZE'), request);
    expect(waiting.steps).toMatchObject([{ kind: 'cure-acls' }, { kind: 'wait' }]);
    expect(plan(pair('ACTIVE', 'STOPPED'), request).steps).toEqual([]);
  });

  test('a wait tells what keeps it from ending', () => {
    const transitionErrors = [{ code: '403', message: 'Missing ACLs: ALTER' }];
    const secondary = sideOf('secondary', 'PENDING_SYNCHRONIZE', 'orders', { transitionErrors });
    const made = plan(
      pairWith({ name: 'orders', sides: { primary: sideOf('primary', 'PENDING_MIRROR'), secondary } }),
      planned,
    );
    expect(made).toMatchObject({
      kind: 'wait',
      steps: [{ hindrance: { errors: transitionErrors } }],
    });
  });

  test('tasks in error, other numbers of partitions and errors of mirrors are told, and stop nothing', () => {
    const tasks = [
      { name: 'AclSync', state: 'IN_ERROR' as const, errors: [{ code: '1', message: 'no filters' }] },
      { name: 'ConsumerOffsetSync', state: 'ACTIVE' as const, errors: [] },
    ];
    const observed = withLink(pairWith(mirrored('orders', { partitions: 4, error: 'ILLEGAL_STATE' })), 'secondary', {
      tasks,
    });
    const made = plan(observed, planned);
    expect(made.kind).toBe('plan');
    expect(made.warnings.map(warningInWords)).toEqual([
      {
        cause: 'Task AclSync of link orders-dr on the secondary is IN_ERROR: no filters.',
        cure: expect.stringContaining('acl.filters') as string,
      },
    ]);
    expect(made.notes.map(noteInWords)).toEqual([
      'It has 2 partitions on the primary and 4 on the secondary.',
      'The mirror on the secondary tells the error ILLEGAL_STATE.',
    ]);
  });

  test('where two stopped, the word of the operator decides which one is restored', () => {
    const request: FailoverRequest = { ...failback, keep: 'secondary', allow: { truncation: true } };
    expect(plan(pair('STOPPED', 'STOPPED'), request).steps[0]).toMatchObject({
      operation: 'truncate-and-restore',
      on: 'primary',
    });
    expect(plan(pair('STOPPED', 'STOPPED'), { ...request, keep: 'primary' })).toMatchObject({
      kind: 'done',
      notes: [{ code: 'other-writable', other: 'secondary' }],
    });
  });
});

test('what is waited for is reached when both sides tell it', () => {
  const turned = topicOf({ primary: 'ACTIVE', secondary: 'STOPPED' });
  expect(isReached({ primary: 'ACTIVE', secondary: 'STOPPED' }, turned)).toBe(true);
  expect(isReached({ secondary: 'STOPPED' }, topicOf({ primary: 'away', secondary: 'STOPPED' }))).toBe(true);
  expect(
    isReached({ primary: 'ACTIVE', secondary: 'STOPPED' }, topicOf({ primary: 'away', secondary: 'STOPPED' })),
  ).toBe(false);
  expect(isReached({ secondary: 'STOPPED' }, topicOf({ primary: 'topic', secondary: 'topic' }))).toBe(false);
});
