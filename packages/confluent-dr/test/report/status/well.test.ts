import { ALL_ACLS, MISSING_ACL, statusOfPair } from '../../../../../test/docs/pair-states';
import { commands } from '../../../src/cli/commands';
import {
  type LinkObservation,
  otherRole,
  type PairObservation,
  type Role,
  ROLES,
  type SideOfTopic,
} from '../../../src/observe/pair-observation';
import { type MissingAcl } from '../../../src/plan/failover-request';
import { plan } from '../../../src/plan/planner';
import { type ReadyFacts } from '../../../src/report/ready/rules';
import { LINK_TASKS } from '../../../src/report/ready/rules/link-tasks';
import { MIRRORS_ACTIVE } from '../../../src/report/ready/rules/mirrors-active';
import { type PairStatus } from '../../../src/report/status/pair-status';
import {
  type LinkWord,
  pairOf,
  pairWith,
  SIDE_WORDS,
  sideOf,
  type SideWord,
  topicOf,
} from '../../plan/support/observations';

const LINKS: readonly LinkWord[] = ['FAILED', 'UNAVAILABLE', 'PAUSED', 'UNKNOWN', 'absent'];
const LAGS = [0, 1, 1000, 1001];
const WORDS: readonly SideWord[] = ['topic', 'ACTIVE', 'STOPPED', 'PAUSED', 'absent', 'SOURCE_UNAVAILABLE'];

function withLag(pair: PairObservation, lag: number): PairObservation {
  const topics = pair.topics.map((topic) => {
    const [primary, secondary] = ROLES.map((role) => {
      const side = topic.sides[role];
      return side.kind === 'mirror'
        ? { ...side, lags: [0, lag].map((own, partition) => ({ partition, lag: own })) }
        : side;
    });
    return { ...topic, sides: { primary, secondary } };
  });
  return { ...pair, topics };
}

interface Case {
  readonly pair: PairObservation;
  readonly missing: Role[];
  readonly status: PairStatus;
}

function judged(seen: PairObservation, lags: readonly number[], missings: readonly Role[][]): Case[] {
  return lags.flatMap((lag) =>
    missings.map((missing) => {
      const pair = withLag(seen, lag);
      const aclsOf = (role: Role) => (missing.includes(role) ? MISSING_ACL : ALL_ACLS);
      const acls = { primary: aclsOf('primary'), secondary: aclsOf('secondary') };
      return { pair, missing, status: statusOfPair(pair, { acls }) };
    }),
  );
}

/** Where the link is as it should be, with every lag and missing ACL; else those have no say. */
const ONE_TOPIC = SIDE_WORDS.flatMap((primary) =>
  SIDE_WORDS.flatMap((secondary) => [
    ...judged(pairOf({ sides: { primary, secondary } }), LAGS, [[], ['primary'], ['secondary']]),
    ...judged(pairOf({ sides: { primary, secondary }, prefix: 'dr-' }), [0], [[]]),
    ...LINKS.flatMap((word) => [
      { primary: 'ACTIVE' as const, secondary: word },
      { primary: word, secondary: 'ACTIVE' as const },
    ]).flatMap((links) => judged(pairOf({ sides: { primary, secondary }, links }), [0], [[]])),
  ]),
);

const TWO_TOPICS = WORDS.flatMap((a) =>
  WORDS.flatMap((b) =>
    WORDS.flatMap((c) =>
      WORDS.flatMap((d) => {
        const topics = [
          topicOf({ primary: a, secondary: b }, 'orders'),
          topicOf({ primary: c, secondary: d }, 'payments'),
        ];
        return judged(pairWith(...topics), [0, 501], [[], ['primary']]);
      }),
    ),
  ),
);

const CASES = [...ONE_TOPIC, ...TWO_TOPICS];

const missingOn = (roles: readonly Role[]): MissingAcl[] =>
  roles.map((on) => ({ on, principal: 'User:sa-1', operation: 'READ', resourceType: 'TOPIC', resourceName: 'orders' }));

const works = ({ members }: PairObservation): boolean =>
  ROLES.every((role) => {
    const { link } = members[role];
    return link.kind === 'link' && link.state === 'ACTIVE' && link.prefix === '';
  });

function violations(isTrue: (one: Case) => boolean): string[] {
  const found: string[] = [];
  for (const one of CASES) {
    if (found.length < 3 && !isTrue(one)) {
      found.push(JSON.stringify(one));
    }
  }
  return found;
}

describe('for any state of both sides, both links, ACLs and lags', () => {
  test('what is well would be moved as a whole by a planned switch-over, and lose no more than the target by an unplanned one', () => {
    let well = 0;
    expect(
      violations(({ pair, missing, status }) => {
        if (!status.well) {
          return true;
        }
        well++;
        const { serving } = status;
        if (serving !== 'primary' && serving !== 'secondary') {
          return false;
        }
        const direction = otherRole(serving) === 'secondary' ? 'failover' : 'failback';
        const missingAcls = missingOn(missing);
        const planned = plan(pair, { direction, procedure: 'planned', missingAcls });
        const allow = { unplannedWhileActiveAnswers: true };
        const unplanned = plan(pair, { direction, procedure: 'unplanned', allow });
        const topics = pair.topics.map(({ name }) => name).sort();
        const moved = [planned, unplanned].map(({ steps }) =>
          steps.flatMap((step) => (step.kind === 'operate' ? step.topics.map(({ name }) => name) : [])).sort(),
        );
        const lost = unplanned.steps
          .flatMap((step) => (step.kind === 'operate' && 'atLeast' in step.loss ? step.loss.atLeast : []))
          .reduce((sum, { records }) => sum + records, 0);
        return (
          planned.refusals.length + unplanned.refusals.length === 0 &&
          moved.every((names) => names.join() === topics.join()) &&
          planned.steps.every((step) => step.kind === 'operate' && step.loss.kind === 'none') &&
          lost <= status.targets.records
        );
      }),
    ).toEqual([]);
    // Steady or switched over, for one topic and for two, and with lags that the target allows.
    expect(well).toBeGreaterThanOrEqual(4 * 2);
  });

  test('what is not well has a concern and one next step, and what is well has none', () => {
    expect(
      violations(({ status: { well, concerns, next } }) =>
        well ? concerns.length === 0 && next === undefined : concerns.length > 0 && next !== undefined,
      ),
    ).toEqual([]);
  });

  test('the next step is a command of this tool with options that it has', () => {
    const seen = new Set<string>();
    for (const { status } of CASES) {
      seen.add(JSON.stringify(status.next?.command ?? ['status']));
    }
    for (const words of [...seen].map((text) => JSON.parse(text) as string[])) {
      let command = commands();
      const options = words.filter((word) => word.startsWith('--'));
      for (const word of words) {
        command = command.commands.find((child) => child.name() === word) ?? command;
      }
      expect(command.name()).toBe(words.filter((word) => !word.startsWith('--') && word !== 'primary').at(-1));
      expect(command.options.map(({ long }) => long)).toEqual(expect.arrayContaining(options));
    }
  });
});

test('where the link works, the planner refuses no operation that is the next step for a topic', () => {
  const refused: string[] = [];
  for (const { pair, missing, status } of CASES) {
    const [direction, ...options] = status.next?.command ?? [];
    if ((direction === 'failover' || direction === 'failback') && pair.topics.length === 1 && works(pair)) {
      const has = (option: string): boolean => options.includes(option);
      const made = plan(pair, {
        direction,
        procedure: has('--unplanned') ? 'unplanned' : 'planned',
        ...(has('--keep') && { keep: 'primary' }),
        // What would be discarded is shown and asked for; ACLs as well.
        allow: {
          truncation: true,
          aclCure: true,
          unplannedWhileActiveAnswers: has('--although-active-answers'),
          endPromotion: has('--end-promotion'),
        },
        missingAcls: missingOn(missing),
      });
      if (made.kind === 'refusal' && refused.length < 5) {
        refused.push(`${status.next?.command.join(' ')}: ${made.refusals[0].code} ${JSON.stringify(pair)}`);
      }
    }
  }
  expect(refused).toEqual([]);
});

test('is not well while the VMs of the proxy do not do the same', () => {
  const line = (machine: string, blocked: string) =>
    `${machine}: confluent-dr-proxy: release abc: done {"instances":[{"name":"primary","blocked":"${blocked}"}]}`;
  const statusWith = (...blocked: string[]) =>
    statusOfPair(pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' } }), {
      proxyReport: blocked.map((word, index) => line(`vm-${index}`, word)).join('\n'),
    });
  expect(statusWith('none', 'none')).toMatchObject({ well: true, concerns: [] });
  expect(statusWith('reject', 'none')).toMatchObject({
    well: false,
    concerns: [{ code: 'proxy-vms-differ', told: 'vm-0: primary reject; vm-1: primary none' }],
    next: { because: 'proxy-vms-differ', command: ['check'] },
  });
});

test.each([
  ['topic', 'ACTIVE', 'primary', 'secondary', 'failback'],
  ['ACTIVE', 'topic', 'secondary', 'primary', 'failover'],
] as const)(
  'with %s/%s is well where clients are let in to the %s, and not where they are to the %s',
  (primary, secondary, serving, other, command) => {
    const pair = pairOf({ sides: { primary, secondary } });
    expect(statusOfPair(pair, { access: serving })).toMatchObject({ well: true, access: serving, concerns: [] });
    expect(statusOfPair(pair, { access: other })).toMatchObject({
      well: false,
      access: other,
      concerns: [{ code: 'clients-elsewhere', on: serving }],
      next: { because: 'clients-elsewhere', on: serving, command: [command] },
    });
  },
);

test('is not well while the proxy blocks the member that serves, until the block has ended by itself', () => {
  const statusWith = (name: Role, until?: string) => {
    const outage = until === undefined ? {} : { outage: { until } };
    const instances = [{ name, blocked: 'reject', running: true, ...outage }];
    return statusOfPair(pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' } }), {
      proxyReport: `confluent-dr-proxy: release abc: done ${JSON.stringify({ instances })}`,
    });
  };
  expect(statusWith('primary')).toMatchObject({
    well: false,
    concerns: [{ code: 'clients-blocked', on: 'primary', told: 'reject' }],
    next: { because: 'clients-blocked', command: ['unblock'] },
  });
  expect(statusWith('primary', '2999-01-01T00:00:00Z')).toMatchObject({
    well: false,
    concerns: [{ code: 'clients-blocked', told: 'reject until 2999-01-01T00:00:00Z' }],
  });
  expect(statusWith('primary', '2001-01-01T00:00:00Z')).toMatchObject({ well: true });
  expect(statusWith('secondary')).toMatchObject({ well: true });
});

test('is not well where a mirror or a link tells an error, though it is ACTIVE', () => {
  const steady = pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' } });
  const { sides, name } = steady.topics[0];
  const secondary = { ...sides.secondary, error: 'UNEXPECTED_TRUNCATION' } as SideOfTopic;
  const primary = sideOf('primary', 'STOPPED', 'orders', { error: 'ILLEGAL_STATE' });
  const told = statusOfPair({ ...steady, topics: [{ name, sides: { ...sides, secondary } }] });
  expect(told).toMatchObject({
    well: false,
    concerns: [{ code: 'mirror-error', on: 'secondary', topics: ['orders'], told: 'UNEXPECTED_TRUNCATION' }],
    next: { command: ['status', '--all'] },
  });
  expect(MIRRORS_ACTIVE.judge({ status: told } as ReadyFacts).verdict).toBe('broken');
  // What a mirror told when it stopped is over.
  expect(statusOfPair({ ...steady, topics: [{ name, sides: { ...sides, primary } }] })).toMatchObject({ well: true });
  const link = {
    ...steady.members.primary.link,
    error: 'AUTHENTICATION_ERROR',
    errorMessage: 'no key',
  } as LinkObservation;
  const members = { ...steady.members, primary: { ...steady.members.primary, link } };
  const ofLink = statusOfPair({ ...steady, members });
  expect(ofLink).toMatchObject({
    well: false,
    concerns: [{ code: 'link-error', on: 'primary', told: 'AUTHENTICATION_ERROR: no key' }],
    next: { command: ['check'] },
  });
  expect(LINK_TASKS.judge({ status: ofLink } as ReadyFacts).verdict).toBe('broken');
});

test('is not well where a mirror lacks partitions of its source, or does not tell of each how far it is', () => {
  const statusWith = (changes: object) => {
    const topic = topicOf({ primary: 'topic', secondary: 'ACTIVE' });
    const secondary = { ...topic.sides.secondary, ...changes };
    return statusOfPair(pairWith({ ...topic, sides: { ...topic.sides, secondary } }));
  };
  expect(statusWith({})).toMatchObject({ well: true });
  expect(statusWith({ partitions: 1, lags: [{ partition: 0, lag: 0 }] })).toMatchObject({
    well: false,
    concerns: [{ code: 'partitions-differ', topics: ['orders'] }],
    next: { command: ['failover', '--planned', '--dry-run'] },
  });
  expect(statusWith({ lags: [{ partition: 0, lag: 0 }] })).toMatchObject({
    well: false,
    concerns: [{ code: 'lag-unknown', topics: ['orders'] }],
  });
});
