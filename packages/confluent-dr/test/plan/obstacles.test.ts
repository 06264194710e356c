import {
  type LinkObservation,
  type LinkSide,
  type PairObservation,
  type Role,
} from '../../src/observe/pair-observation';
import { type FailoverRequest, type MissingAcl } from '../../src/plan/failover-request';
import { plan } from '../../src/plan/planner';
import { isReached } from '../../src/plan/transitions';
import { linkOf, type LinkWord, pairOf, sideOf, type Sides } from './support/observations';

const planned: FailoverRequest = { direction: 'failover', procedure: 'planned' };
const unplanned: FailoverRequest = { direction: 'failover', procedure: 'unplanned' };
const failback: FailoverRequest = { direction: 'failback', procedure: 'planned', allow: { truncation: true } };
const follows: Sides = { primary: 'topic', secondary: 'ACTIVE' };
const stopped: Sides = { primary: 'topic', secondary: 'STOPPED' };

const links = (primary: LinkWord, secondary: LinkWord = 'ACTIVE') => ({ primary, secondary });

function withLink(pair: PairObservation, role: Role, link: LinkObservation): PairObservation {
  return { ...pair, members: { ...pair.members, [role]: { ...pair.members[role], link } } };
}

const changed = (changes: Partial<LinkSide>): LinkObservation => ({ ...(linkOf('ACTIVE') as LinkSide), ...changes });
const refusals = (pair: PairObservation, request: FailoverRequest) => plan(pair, request).refusals;

describe('a link', () => {
  const LINK = { topic: 'orders', link: 'orders-dr', errors: [] };

  test.each<[LinkWord, string]>([
    ['PAUSED', 'link-paused'],
    ['FAILED', 'link-failed'],
    ['UNAVAILABLE', 'link-unavailable'],
    ['UNKNOWN', 'link-unknown'],
  ])('that is %s stands in the way of a reversal and of a restore, on either side', (word, code) => {
    for (const [sides, request] of [
      [follows, planned],
      [stopped, failback],
    ] as const) {
      expect(refusals(pairOf({ sides, links: links(word) }), request)).toEqual([{ code, on: 'primary', ...LINK }]);
      expect(refusals(pairOf({ sides, links: links('ACTIVE', word) }), request)).toEqual([
        { code, on: 'secondary', ...LINK },
      ]);
    }
  });

  test('is the better reason where a mirror does not follow', () => {
    const sides: Sides = { primary: 'topic', secondary: 'FAILED' };
    expect(refusals(pairOf({ sides, links: links('ACTIVE', 'PAUSED') }), planned)).toMatchObject([
      { code: 'link-paused', on: 'secondary', link: 'orders-dr' },
    ]);
  });

  test('is paused by what is said of it, and tells what it knows of its errors', () => {
    const pair = pairOf({ sides: follows });
    const paused = changed({ paused: true, error: 'AUTHENTICATION_ERROR', errorMessage: 'no key' });
    expect(refusals(withLink(pair, 'primary', paused), planned)).toEqual([
      { ...LINK, code: 'link-paused', on: 'primary', errors: ['AUTHENTICATION_ERROR', 'no key'] },
    ]);
    expect(refusals(withLink(pair, 'primary', changed({ state: 'FAILED', errorMessage: 'no key' })), planned)).toEqual([
      { ...LINK, code: 'link-failed', on: 'primary', errors: ['no key'] },
    ]);
  });

  test('that is absent or not seen stands in the way of a reversal; absent, of an unplanned failover too', () => {
    const absent = { code: 'link-absent', on: 'secondary', topic: 'orders', link: 'orders-dr' };
    const away = pairOf({ sides: { primary: 'away', secondary: 'ACTIVE' }, links: links('ACTIVE', 'absent') });
    expect(refusals(pairOf({ sides: follows, links: links('ACTIVE', 'absent') }), planned)).toEqual([absent]);
    expect(refusals(away, unplanned)).toEqual([absent]);
    const unseen: LinkObservation = { kind: 'unknown', cause: 'forbidden' };
    expect(refusals(withLink(pairOf({ sides: follows }), 'secondary', unseen), planned)).toEqual([
      { code: 'link-unknown', on: 'secondary', topic: 'orders', cause: 'forbidden' },
    ]);
    expect(plan(withLink(away, 'secondary', unseen), unplanned)).toMatchObject({
      kind: 'plan',
      steps: [{ operation: 'failover' }],
    });
  });

  test('that is another one on the other side stands in the way', () => {
    const pair = withLink(pairOf({ sides: follows }), 'secondary', changed({ linkId: 'link-2' }));
    expect(refusals(pair, planned)).toEqual([
      { code: 'link-different', topic: 'orders', links: { primary: 'link-1', secondary: 'link-2' } },
    ]);
  });

  test.each<[Sides, FailoverRequest]>([
    [follows, planned],
    [stopped, failback],
  ])('with a prefix, or with another name for the topic, turns no mirror round', (sides, request) => {
    const names = { primary: 'orders', secondary: 'orders' };
    expect(refusals(pairOf({ sides, prefix: 'dr-' }), request)).toEqual([
      { code: 'link-prefix', topic: 'orders', names, link: 'orders-dr' },
    ]);
    const pair = pairOf({ sides });
    const [{ name, sides: there }] = pair.topics;
    const secondary = sideOf('secondary', sides.secondary, 'dr-orders', { sourceTopicName: 'orders' });
    expect(refusals({ ...pair, topics: [{ name, sides: { ...there, secondary } }] }, request)).toEqual([
      { code: 'link-prefix', topic: 'orders', names: { ...names, secondary: 'dr-orders' } },
    ]);
  });

  test('whose settings were not read is held to have no prefix, as long as the names are the same', () => {
    const pair = withLink(pairOf({ sides: follows }), 'secondary', changed({ prefix: undefined }));
    expect(plan(pair, planned)).toMatchObject({ kind: 'plan', refusals: [] });
  });
});

test('leave to discard is asked for only where it would help', () => {
  const unasked: FailoverRequest = { ...failback, allow: {} };
  expect(refusals(pairOf({ sides: stopped }), unasked)).toMatchObject([{ code: 'truncation-not-allowed' }]);
  expect(refusals(pairOf({ sides: stopped, prefix: 'dr-' }), unasked)).toMatchObject([{ code: 'link-prefix' }]);
  expect(refusals(pairOf({ sides: stopped, links: links('PAUSED') }), unasked)).toMatchObject([
    { code: 'link-paused', on: 'primary' },
  ]);
});

test('a mirror that failed tells its error, if it has one', () => {
  const pair = pairOf({ sides: { primary: 'topic', secondary: 'FAILED' } });
  const failed = (error?: string): PairObservation => ({
    ...pair,
    topics: [
      {
        name: 'orders',
        sides: { primary: sideOf('primary', 'topic'), secondary: sideOf('secondary', 'FAILED', 'orders', { error }) },
      },
    ],
  });
  const refused = { topic: 'orders', code: 'mirror-failed', on: 'secondary' };
  expect(refusals(failed('the source is gone'), planned)).toEqual([{ ...refused, error: 'the source is gone' }]);
  expect(JSON.stringify(refusals(failed(), planned))).toBe(JSON.stringify([refused]));
  expect(Object.keys(refusals(failed(), planned)[0])).not.toContain('error');
});

describe('missing ACLs', () => {
  const acl = (resourceType: MissingAcl['resourceType'], resourceName: string, on: Role = 'primary'): MissingAcl => ({
    on,
    principal: 'User:sa-1',
    operation: 'READ',
    resourceType,
    resourceName,
  });
  const pair = pairOf({ sides: follows });
  const cluster = acl('CLUSTER', 'kafka-cluster', 'secondary');
  const own = acl('TOPIC', 'orders');
  const others = acl('TOPIC', 'payments');

  test('of the topic and of the clusters stand in the way of a reversal, those of others do not', () => {
    expect(refusals(pair, { ...planned, missingAcls: [cluster, own, others] })).toEqual([
      { code: 'acls-missing', topic: 'orders', acls: [cluster, own], liftedBy: 'aclCure' },
    ]);
    expect(plan(pair, { ...planned, missingAcls: [others] })).toMatchObject({ kind: 'plan', refusals: [] });
  });

  test('are made first where that is agreed to, side by side', () => {
    const request: FailoverRequest = { ...planned, missingAcls: [cluster, own], allow: { aclCure: true } };
    expect(plan(pair, request).steps).toMatchObject([
      { kind: 'cure-acls', on: 'primary', missing: [own] },
      { kind: 'cure-acls', on: 'secondary', missing: [cluster] },
      { operation: 'reverse-and-start-mirror' },
    ]);
  });
});

describe('an unplanned failover', () => {
  test('is none of a mirror of another link', () => {
    const pair = pairOf({ sides: { primary: 'away', secondary: 'ACTIVE' } });
    const secondary = sideOf('secondary', 'ACTIVE', 'orders', { linkName: 'other' });
    const topics = [{ name: 'orders', sides: { ...pair.topics[0].sides, secondary } }];
    expect(refusals({ ...pair, topics }, unplanned)).toMatchObject([{ code: 'foreign-mirror', on: 'secondary' }]);
  });

  test('ends a promotion that waits for what is gone on the target alone, and only where that is agreed to', () => {
    const sides: Sides = { primary: 'away', secondary: 'PENDING_STOPPED' };
    const allow = { endPromotion: true };
    expect(plan(pairOf({ sides }), { ...unplanned, allow }).steps).toMatchObject([{ operation: 'failover' }]);
    expect(plan(pairOf({ sides }), unplanned).steps).toMatchObject([
      { kind: 'wait', hindrance: { silent: ['primary'], liftedBy: 'endPromotion' } },
    ]);
    const there: Sides = { primary: 'PENDING_STOPPED', secondary: 'topic' };
    expect(plan(pairOf({ sides: there }), { ...unplanned, allow }).steps).toMatchObject([
      { kind: 'wait', underWay: { code: 'stop', member: 'primary' } },
    ]);
  });
});

test('what hinders a wait is told: errors, missing ACLs and silent members, and nothing where there is none', () => {
  const reversing: Sides = { primary: 'PENDING_MIRROR', secondary: 'PENDING_SYNCHRONIZE' };
  const pair = pairOf({ sides: reversing });
  const errors = [{ code: 'E', message: 'not authorized' }] as never;
  const secondary = sideOf('secondary', 'PENDING_SYNCHRONIZE', 'orders', { transitionErrors: errors });
  const withErrors = { ...pair, topics: [{ name: 'orders', sides: { ...pair.topics[0].sides, secondary } }] };
  const acl = {
    on: 'primary',
    principal: 'User:sa-1',
    operation: 'READ',
    resourceType: 'TOPIC',
    resourceName: 'orders',
  } as const;
  expect(Object.keys(plan(pair, planned).steps[0])).not.toContain('hindrance');
  expect(plan(withErrors, planned).steps).toMatchObject([{ hindrance: { errors, missingAcls: [], silent: [] } }]);
  expect(plan(withErrors, { ...planned, missingAcls: [acl] }).steps).toMatchObject([
    { hindrance: { errors, missingAcls: [acl], silent: [] } },
  ]);
});

describe('what hinders a wait is told', () => {
  test('where as many members are silent as tell an error', () => {
    const pair = pairOf({ sides: { primary: 'away', secondary: 'PENDING_RESTORE' } });
    const errors = [{ code: '403', message: 'not authorized' }];
    const secondary = sideOf('secondary', 'PENDING_RESTORE', 'orders', { transitionErrors: errors });
    const topics = [{ name: 'orders', sides: { ...pair.topics[0].sides, secondary } }];
    expect(plan({ ...pair, topics }, planned).steps).toMatchObject([
      { kind: 'wait', hindrance: { errors, missingAcls: [], silent: ['primary'] } },
    ]);
  });

  test('where a member answers, but not what became of the topic: only leave to end a promotion goes on', () => {
    const { members, topics } = pairOf({ sides: { primary: 'away', secondary: 'PENDING_STOPPED' } });
    const primary = { ...members.primary, dataPlane: { kind: 'answers' } } as const;
    expect(plan({ members: { ...members, primary }, topics }, unplanned).steps).toMatchObject([
      { kind: 'wait', hindrance: { errors: [], missingAcls: [], silent: [], liftedBy: 'endPromotion' } },
    ]);
  });
});

test('what is unmirrored, and the tasks of links that are in error, are warned of', () => {
  const task = (name: string, state: string) => ({ name, state, errors: [{ code: 'E', message: `${name} broke` }] });
  const tasks = [task('AclSync', 'IN_ERROR'), task('OffsetSync', 'ACTIVE')] as never;
  const pair = withLink(pairOf({ sides: follows }), 'secondary', changed({ tasks }));
  const inError = {
    code: 'task-in-error',
    on: 'secondary',
    link: 'orders-dr',
    task: 'AclSync',
    errors: ['AclSync broke'],
  };
  expect(plan(pair, planned).warnings).toEqual([inError]);
  expect(plan({ ...pair, unmirrored: [{ name: 'audit' }] as never }, planned).warnings).toEqual([
    { code: 'unmirrored', topics: ['audit'] },
    inError,
  ]);
  expect(plan(pairOf({ sides: follows }), planned).warnings).toEqual([]);
  // What a member said of its link before it fell silent is not of now.
  const silent = withLink(pairOf({ sides: { primary: 'away', secondary: 'ACTIVE' } }), 'primary', changed({ tasks }));
  expect(plan(silent, unplanned).warnings).toEqual([]);
  expect(refusals(silent, planned)).toMatchObject([{ code: 'member-away', member: 'primary' }]);
});

test('a wait has ended when both sides tell it, and what is no mirror tells nothing', () => {
  const [topic] = pairOf({ sides: { primary: 'ACTIVE', secondary: 'STOPPED' } }).topics;
  expect(isReached({ primary: 'ACTIVE', secondary: 'STOPPED' }, topic)).toBe(true);
  expect(isReached({ secondary: 'STOPPED' }, topic)).toBe(true);
  expect(isReached({}, topic)).toBe(true);
  expect(isReached({ primary: 'ACTIVE', secondary: 'ACTIVE' }, topic)).toBe(false);
  expect(isReached({ primary: 'STOPPED', secondary: 'STOPPED' }, topic)).toBe(false);
  expect(isReached({ primary: 'ACTIVE' }, pairOf({ sides: follows }).topics[0])).toBe(false);
});
