import {
  type LinkObservation,
  type PairObservation,
  type Role,
  type SideOfTopic,
  type TopicObservation,
} from '../../src/observe/pair-observation';
import { type FailoverRequest, type MissingAcl } from '../../src/plan/failover-request';
import { plan } from '../../src/plan/planner';
import { terraformOutlook } from '../../src/plan/terraform-outlook';
import { pairOf, pairWith, sideOf, type Sides, type SideWord, topicOf } from './support/observations';

const planned: FailoverRequest = { direction: 'failover', procedure: 'planned' };
const unplanned: FailoverRequest = { direction: 'failover', procedure: 'unplanned' };
const follows: Sides = { primary: 'topic', secondary: 'ACTIVE' };
const unseen: LinkObservation = { kind: 'unknown', cause: 'forbidden' };

function withLinks(pair: PairObservation, links: Partial<Record<Role, LinkObservation>>): PairObservation {
  const member = (role: Role) => ({ ...pair.members[role], ...(links[role] && { link: links[role] }) });
  return { ...pair, members: { primary: member('primary'), secondary: member('secondary') } };
}

describe('a procedure that nobody chose is proposed by how the active member answers', () => {
  test.each<[SideWord, string, object]>([
    ['topic', 'planned', { code: 'active-answers', member: 'primary', answer: 'answers' }],
    ['away', 'unplanned', { code: 'active-away', member: 'primary', answer: 'refused' }],
    ['declines', 'planned', { code: 'active-declines', member: 'primary', answer: 'unauthorized' }],
  ])('%s: %s', (primary, procedure, proposal) => {
    for (const asked of [undefined, 'undecided'] as const) {
      const made = plan(pairOf({ sides: { primary, secondary: 'ACTIVE' } }), {
        direction: 'failover',
        procedure: asked,
      });
      expect({ procedure: made.procedure, proposal: made.proposal }).toEqual({ procedure, proposal });
    }
  });

  test('and nothing is proposed where one was', () => {
    expect(Object.keys(plan(pairOf({ sides: follows }), planned))).not.toContain('proposal');
  });
});

describe('a mirror of another link', () => {
  const of = (linkName: string) => {
    const pair = pairOf({ sides: follows });
    const secondary = sideOf('secondary', 'ACTIVE', 'orders', { linkName });
    return { ...pair, topics: [{ name: 'orders', sides: { primary: sideOf('primary', 'topic'), secondary } }] };
  };
  const foreign = [
    { topic: 'orders', code: 'foreign-mirror', on: 'secondary', source: { topic: 'orders', link: 'other' } },
  ];

  test('is no mirror of the pair, by whichever side the link is known', () => {
    expect(plan(of('other'), planned).refusals).toEqual(foreign);
    expect(plan(withLinks(of('other'), { secondary: unseen }), planned).refusals).toEqual(foreign);
    expect(plan(withLinks(of('other'), { primary: unseen }), planned).refusals).toEqual(foreign);
    expect(plan(of('orders-dr'), planned).refusals).toEqual([]);
  });

  test('is told by the link of the member that answers, where the other fell silent', () => {
    const pair = pairOf({ sides: { primary: 'ACTIVE', secondary: 'away' } });
    const primary = sideOf('primary', 'ACTIVE', 'orders', { linkName: 'other' });
    const topics = [{ name: 'orders', sides: { ...pair.topics[0].sides, primary } }];
    expect(plan({ ...pair, topics }, { ...unplanned, direction: 'failback' }).refusals).toMatchObject([
      { code: 'foreign-mirror', on: 'primary' },
    ]);
  });

  test('cannot be told where the link is known to neither', () => {
    const { refusals } = plan(withLinks(of('other'), { primary: unseen, secondary: unseen }), planned);
    expect(refusals).toMatchObject([{ code: 'link-unknown' }]);
  });
});

describe('of several topics', () => {
  const turned = topicOf({ primary: 'ACTIVE', secondary: 'STOPPED' }, 'turned');
  const missing = topicOf({ primary: 'absent', secondary: 'absent' }, 'missing');
  const following = topicOf(follows, 'following');
  const partly: FailoverRequest = { ...planned, allow: { partial: true } };

  test('one that is refused holds up all, unless some may go on', () => {
    expect(plan(pairWith(following, missing), planned)).toMatchObject({ kind: 'refusal', steps: [] });
    expect(plan(pairWith(following, missing), partly)).toMatchObject({
      kind: 'plan',
      steps: [{ topics: [{ name: 'following' }] }],
      refusals: [{ topic: 'missing', code: 'topic-missing' }],
    });
  });

  test('the rest is refused where nothing else is left to do', () => {
    expect(plan(pairWith(turned, missing), partly)).toMatchObject({ kind: 'refusal', steps: [], done: ['turned'] });
    expect(plan(pairWith(turned), partly)).toMatchObject({ kind: 'done', steps: [], refusals: [] });
  });

  test('each has its own number of stages, and operations keep their order', () => {
    const paused = topicOf({ primary: 'topic', secondary: 'PAUSED' }, 'paused');
    expect(plan(pairWith(following, paused), planned).steps).toMatchObject([
      { operation: 'reverse-and-start-mirror', topics: [{ name: 'following' }] },
      { operation: 'resume', topics: [{ name: 'paused' }] },
      { operation: 'reverse-and-start-mirror', topics: [{ name: 'paused' }] },
    ]);
  });

  test('waits come after operations, and keep their order', () => {
    const reversing = topicOf({ primary: 'PENDING_MIRROR', secondary: 'PENDING_SYNCHRONIZE' }, 'reversing');
    const stopping = topicOf({ primary: 'topic', secondary: 'PENDING_STOPPED' }, 'stopping');
    expect(plan(pairWith(reversing, following, stopping), planned).steps).toMatchObject([
      { operation: 'reverse-and-start-mirror', topics: [{ name: 'following' }] },
      { kind: 'wait', topics: ['reversing'], underWay: { code: 'reversal', member: 'secondary' } },
      { kind: 'wait', topics: ['stopping'], underWay: { code: 'stop', member: 'secondary' } },
    ]);
  });
});

describe('the link of a step', () => {
  test('is that of the mirror, also where the link itself was not read', () => {
    const away = pairOf({ sides: { primary: 'away', secondary: 'ACTIVE' } });
    expect(plan(withLinks(away, { secondary: unseen }), unplanned).steps).toMatchObject([{ link: 'orders-dr' }]);
  });

  test('is one: mirrors of two links are two steps', () => {
    const away = pairOf({ sides: { primary: 'away', secondary: 'ACTIVE' } });
    const of = (name: string, linkName: string): TopicObservation => ({
      name,
      sides: { primary: sideOf('primary', 'away', name), secondary: sideOf('secondary', 'ACTIVE', name, { linkName }) },
    });
    const topics = [of('a', 'one'), of('b', 'other'), of('c', 'one')];
    expect(plan(withLinks({ ...away, topics }, { secondary: unseen }), unplanned).steps).toMatchObject([
      { operation: 'failover', link: 'one', topics: [{ name: 'a' }, { name: 'c' }] },
      { operation: 'failover', link: 'other', topics: [{ name: 'b' }] },
    ]);
  });

  test('is that of the member where there is no mirror yet', () => {
    const request: FailoverRequest = { direction: 'failback', procedure: 'planned', allow: { truncation: true } };
    expect(plan(pairOf({ sides: { primary: 'topic', secondary: 'STOPPED' } }), request).steps).toMatchObject([
      { operation: 'truncate-and-restore', link: 'orders-dr' },
      { operation: 'reverse-and-start-mirror', link: 'orders-dr' },
    ]);
  });
});

describe('ACLs are made', () => {
  const missingAcls: MissingAcl[] = [
    { on: 'primary', principal: 'User:sa-1', operation: 'READ', resourceType: 'TOPIC', resourceName: 'orders' },
  ];
  const cure = { missingAcls, allow: { aclCure: true } };
  const stepsOf = (sides: Sides, request: FailoverRequest) =>
    plan(pairOf({ sides }), request).steps.map((step) => (step.kind === 'operate' ? step.operation : step.kind));
  const reversing: Sides = { primary: 'PENDING_MIRROR', secondary: 'PENDING_SYNCHRONIZE' };

  test('for a reversal, and for one that is under way', () => {
    expect(stepsOf(follows, { ...planned, ...cure })).toEqual(['cure-acls', 'reverse-and-start-mirror']);
    expect(stepsOf(reversing, { ...planned, ...cure })).toEqual(['cure-acls', 'wait']);
  });

  test('for nothing else', () => {
    expect(stepsOf({ primary: 'topic', secondary: 'PENDING_STOPPED' }, { ...planned, ...cure })).toEqual(['wait']);
    expect(stepsOf({ primary: 'away', secondary: 'ACTIVE' }, { ...unplanned, ...cure })).toEqual(['failover']);
  });

  test('where some are missing, and somebody agreed', () => {
    expect(stepsOf(follows, { ...planned, allow: { aclCure: true } })).toEqual(['reverse-and-start-mirror']);
    expect(stepsOf(reversing, { ...planned, missingAcls })).toEqual(['wait']);
    expect(plan(pairOf({ sides: reversing }), { ...planned, missingAcls }).steps).toMatchObject([
      { hindrance: { errors: [], missingAcls, silent: [] } },
    ]);
  });
});

test('a topic that is not known although its member answers tells why', () => {
  const pair = pairOf({ sides: follows });
  const unknown: SideOfTopic = { kind: 'unknown', topicName: 'orders', cause: 'forbidden' };
  const of = (sides: Partial<Record<Role, SideOfTopic>>): PairObservation => ({
    ...pair,
    topics: [{ name: 'orders', sides: { ...pair.topics[0].sides, ...sides } }],
  });
  expect(plan(of({ secondary: unknown }), planned).refusals).toEqual([
    { topic: 'orders', code: 'topic-unknown', on: 'secondary', cause: 'forbidden' },
  ]);
  expect(plan(of({ primary: unknown }), planned).refusals).toEqual([
    { topic: 'orders', code: 'topic-unknown', on: 'primary', cause: 'forbidden' },
  ]);
});

describe("Terraform's outlook", () => {
  const withCause = (cause: string, kind: 'refused' | 'unauthorized'): PairObservation => {
    const pair = pairOf({ sides: follows });
    const primary = { ...pair.members.primary, dataPlane: { kind, cause } };
    return { ...pair, members: { ...pair.members, primary } };
  };

  test('tells of a member that is away, or declines, what became of the request', () => {
    const silent = (code: string, told: string) => [{ code, on: 'primary', topics: [], told }];
    expect(terraformOutlook(withCause('connect 10.0.0.1 failed.', 'refused')).plan).toEqual(
      silent('refresh-away', 'refused, connect 10.0.0.1 failed'),
    );
    expect(terraformOutlook(withCause('401 Unauthorized', 'unauthorized')).plan).toEqual(
      silent('refresh-declined', 'unauthorized, 401 Unauthorized'),
    );
  });

  test('tells once what is the same but for the topic, and apart what is not', () => {
    const pair = pairWith(
      topicOf({ primary: 'topic', secondary: 'SOURCE_UNAVAILABLE' }, 'a'),
      topicOf({ primary: 'topic', secondary: 'topic' }, 'b'),
      topicOf({ primary: 'topic', secondary: 'SOURCE_UNAVAILABLE' }, 'c'),
      topicOf({ primary: 'topic', secondary: 'LINK_FAILED' }, 'd'),
      topicOf({ primary: 'absent', secondary: 'absent' }, 'e'),
      topicOf(follows, 'f'),
    );
    expect(terraformOutlook(pair).plan).toEqual([
      { code: 'mirror-unreadable', on: 'secondary', topics: ['a', 'c'], told: 'SOURCE_UNAVAILABLE' },
      { code: 'mirror-replaced', on: 'secondary', topics: ['b'] },
      { code: 'mirror-unreadable', on: 'secondary', topics: ['d'], told: 'LINK_FAILED' },
      { code: 'topic-made-anew', on: 'primary', topics: ['e'] },
      { code: 'topic-made-anew', on: 'secondary', topics: ['e'] },
    ]);
  });
});
