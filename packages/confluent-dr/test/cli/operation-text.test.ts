import { type Deployment } from '../../src/deployment/deployment';
import { type Ending } from '../../src/execute/operation-run';
import { type MemberAcls } from '../../src/observe/acls';
import { type MirrorObservation, type PairObservation, type SideOfTopic } from '../../src/observe/pair-observation';
import { type FailoverRequest } from '../../src/plan/failover-request';
import { plan } from '../../src/plan/planner';
import { aclsText } from '../../src/words/acls';
import { endingText } from '../../src/words/operation';
import { planText, proposalText } from '../../src/words/plan';
import { recordsTable } from '../../src/words/progress';
import { PLAIN } from '../../src/words/text-style';
import { PLACE } from '../support/place';

const mirror = (topicName: string, status: MirrorObservation['status'], lag = 0): MirrorObservation => ({
  kind: 'mirror',
  topicName,
  sourceTopicName: topicName,
  linkName: 'orders-dr',
  status,
  transitionErrors: [],
  lags: [{ partition: 0, lag }],
  partitions: 1,
});

const topic = (topicName: string): SideOfTopic => ({ kind: 'topic', topicName, partitions: 1 });

const LINK = {
  kind: 'link',
  name: 'orders-dr',
  linkId: 'one',
  state: 'ACTIVE',
  prefix: '',
  paused: false,
  tasks: [],
} as const;

const AWAY = { kind: 'refused', cause: 'GET https://pkc-1: the connection was refused' } as const;

function pair(
  sides: (name: string) => { primary: SideOfTopic; secondary: SideOfTopic },
  away = false,
): PairObservation {
  return {
    members: {
      primary: {
        clusterId: 'lkc-1',
        dataPlane: away ? AWAY : { kind: 'answers' },
        link: away ? { kind: 'unknown', cause: AWAY.cause } : LINK,
      },
      secondary: { clusterId: 'lkc-2', dataPlane: { kind: 'answers' }, link: LINK },
    },
    topics: ['orders', 'payments'].map((name) => ({ name, sides: sides(name) })),
  };
}

const STEADY = pair((name) => ({ primary: topic(name), secondary: mirror(name, 'ACTIVE') }));
const GONE = pair(
  (name) => ({
    primary: { kind: 'unknown', topicName: name, cause: AWAY.cause },
    secondary: mirror(name, 'ACTIVE', 12),
  }),
  true,
);
const FAILED_OVER = pair(
  (name) => ({
    primary: { kind: 'unknown', topicName: name, cause: AWAY.cause },
    secondary: mirror(name, 'STOPPED', 12),
  }),
  true,
);
const BACK_FROM_DISASTER = pair((name) => ({ primary: topic(name), secondary: mirror(name, 'STOPPED') }));
const TURNED = pair((name) => ({ primary: mirror(name, 'ACTIVE'), secondary: mirror(name, 'STOPPED') }));
const TURNING = pair((name) => ({
  primary: mirror(name, 'PENDING_MIRROR'),
  secondary: mirror(name, 'PENDING_SYNCHRONIZE'),
}));

const member = (role: 'primary' | 'secondary') => ({
  role,
  clusterId: role === 'primary' ? 'lkc-1' : 'lkc-2',
  restEndpoint: 'https://pkc-1:443',
  bootstrapEndpoint: role === 'primary' ? 'pkc-1.westeurope:9092' : 'pkc-2.northeurope:9092',
  kafkaCredentials: { key: 'K', secret: 'S' },
});
const DEPLOYMENT: Deployment = {
  members: { primary: member('primary'), secondary: member('secondary') },
  linkName: 'orders-dr',
  topics: ['orders', 'payments'],
  values: [],
};

const PLANNED: FailoverRequest = { direction: 'failover', procedure: 'planned' };
const UNPLANNED: FailoverRequest = { direction: 'failover', procedure: 'unplanned' };
const LOST = ['orders', 'payments'].map((name) => ({ topic: name, partition: 0, records: 12 }));

const ending = (part: Partial<Ending>): Ending => ({
  kind: 'done',
  attempts: [],
  obstacles: [],
  lost: [],
  discarded: [],
  ...part,
});

const ATTEMPT = {
  operation: 'reverse-and-start-mirror',
  on: 'secondary',
  topic: 'orders',
  outcome: { kind: 'accepted' },
  at: 0,
} as const;

const BACK = pair((name) => ({ primary: mirror(name, 'STOPPED'), secondary: mirror(name, 'ACTIVE') }));
const HALF = pair((name) =>
  name === 'orders'
    ? { primary: mirror(name, 'ACTIVE'), secondary: mirror(name, 'STOPPED') }
    : { primary: topic(name), secondary: mirror(name, 'ACTIVE') },
);
const UNMIRRORED: PairObservation = { ...STEADY, unmirrored: [{ name: 'audit', on: ['primary'] }] };
const FAILBACK: FailoverRequest = { direction: 'failback', procedure: 'planned' };
const REFUSED = {
  code: 'operation-refused',
  topic: 'payments',
  on: 'secondary',
  operation: 'reverse-and-start-mirror',
  message: 'Not this one.',
} as const;
const SWITCH_OVER = { kind: 'switch-over', step: plan(STEADY, PLANNED).steps[0], records: [] } as const;

const ACLS: Record<'primary' | 'secondary', MemberAcls> = {
  primary: {
    kind: 'known',
    principal: 'User:sa-1',
    acls: [
      { operation: 'READ', resourceType: 'TOPIC', resourceName: 'orders', verdict: 'missing' },
      { operation: 'ALTER', resourceType: 'CLUSTER', resourceName: 'kafka-cluster', verdict: 'denied' },
      { operation: 'DESCRIBE', resourceType: 'CLUSTER', resourceName: 'kafka-cluster', verdict: 'allowed' },
    ],
  },
  secondary: { kind: 'unknown', code: 'not-read', cause: 'It is not known whom the key of the secondary belongs to.' },
};

describe.each([60, 140])('in a terminal of %i columns', (width) => {
  const look = { width, paint: PLAIN };

  test('a planned failover is announced', () => {
    expect(planText(plan(STEADY, { direction: 'failover' }), look)).toMatchSnapshot();
  });

  test('a failback that discards records does not promise that nothing is lost', () => {
    const restoring = plan(BACK_FROM_DISASTER, {
      direction: 'failback',
      procedure: 'planned',
      allow: { truncation: true },
    });
    expect(restoring.kind).toBe('plan');
    const text = planText(restoring, look).replace(/\s+/g, ' ');
    expect(text).toContain('what only the primary has is discarded first');
    expect(text).not.toContain('nothing is lost');
  });

  test('an unplanned failover is tried out', () => {
    const proposal = { plan: plan(GONE, UNPLANNED), observation: GONE, acls: ACLS, previews: [], objections: [] };
    expect(proposalText(proposal, look)).toMatchSnapshot();
  });

  test('what is refused is told once for all topics, in the words of the command line', () => {
    const refused = plan(STEADY, UNPLANNED);
    expect(
      endingText(ending({ kind: 'refused', plan: refused, observation: STEADY }), DEPLOYMENT, look),
    ).toMatchSnapshot();
  });

  test('a planned failover is confirmed', () => {
    const done = ending({ plan: plan(TURNED, PLANNED), observation: TURNED, attempts: [ATTEMPT] });
    expect(endingText(done, DEPLOYMENT, look)).toMatchSnapshot();
  });

  test('an unplanned failover is confirmed, with what was lost', () => {
    const done = ending({ plan: plan(FAILED_OVER, UNPLANNED), observation: FAILED_OVER, lost: LOST });
    expect(endingText(done, DEPLOYMENT, look)).toMatchSnapshot();
  });

  test('what goes on by itself is told when the time is over', () => {
    const late = ending({
      kind: 'time-limit',
      plan: plan(TURNING, PLANNED),
      observation: TURNING,
      attempts: [ATTEMPT],
    });
    expect(endingText(late, DEPLOYMENT, look)).toMatchSnapshot();
  });

  test.each<[string, Partial<Ending>, string?]>([
    ['nothing was left to do', { plan: plan(TURNED, PLANNED), observation: TURNED }],
    [
      'a part was refused',
      { kind: 'refused', plan: plan(STEADY, PLANNED), observation: UNMIRRORED, obstacles: [REFUSED] },
    ],
    ['all was refused', { kind: 'refused', plan: plan(GONE, PLANNED), observation: GONE }],
    [
      'nobody agreed',
      { kind: 'declined', plan: plan(STEADY, PLANNED), observation: STEADY, declined: SWITCH_OVER },
      'There is no terminal to ask in. To agree beforehand, give --yes.',
    ],
    [
      'one topic is held up',
      { kind: 'hindered', plan: plan(HALF, PLANNED), observation: HALF, attempts: [ATTEMPT], obstacles: [REFUSED] },
    ],
    ['it was interrupted before anything was seen', { kind: 'interrupted' }],
    ['it was interrupted', { kind: 'interrupted', plan: plan(STEADY, PLANNED), observation: STEADY }],
    [
      'it was interrupted on the way',
      { kind: 'interrupted', plan: plan(TURNING, PLANNED), observation: TURNING, attempts: [ATTEMPT] },
    ],
    [
      'the way back discarded records',
      { plan: plan(BACK, FAILBACK), observation: BACK, attempts: [{ ...ATTEMPT, on: 'primary' }], discarded: LOST },
    ],
    ['the way back was late', { kind: 'time-limit', plan: plan(TURNED, FAILBACK), observation: TURNED }],
  ])('the ending is told where %s', (...[, part, hint]) => {
    expect(endingText(ending(part), DEPLOYMENT, look, hint)).toMatchSnapshot();
  });

  test('ACLs are counted where they are there, and named where not', () => {
    expect(aclsText(ACLS, PLACE, look)).toMatchSnapshot();
  });
});

test('of many partitions those with the most records are shown, and the others counted', () => {
  const records = Array.from({ length: 30 }, (_, partition) => ({
    topic: 'orders',
    partition,
    records: partition + 1,
  }));
  const lines = recordsTable(records, { width: 80, paint: PLAIN }).split('\n');
  expect(lines[1]).toMatch(/^orders +29 +30$/);
  expect(lines.slice(-2)).toEqual(['… and 10 more partitions', '465 records in 1 topic']);
  expect(recordsTable([], { width: 80, paint: PLAIN })).toBe('');
});
