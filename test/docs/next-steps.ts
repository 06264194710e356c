import { type FailureCode } from '../../packages/confluent-dr/src/probe/probe-result';
import { type PairStatus } from '../../packages/confluent-dr/src/report/status/pair-status';
import { concernInWords } from '../../packages/confluent-dr/src/words/concerns';
import {
  linkOf,
  type LinkWord,
  pairOf,
  SIDE_WORDS,
  topicOf,
} from '../../packages/confluent-dr/test/plan/support/observations';
import { ALL_ACLS, MISSING_ACL, statusOfPair } from './pair-states';

interface Row {
  readonly state: string;
  readonly status: PairStatus;
}

const STEADY = pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' } });

const failing = (code: FailureCode) => ({ kind: 'fails', code, detail: '' }) as const;

const sides = (): Row[] =>
  SIDE_WORDS.flatMap((primary) =>
    SIDE_WORDS.map((secondary) => ({
      state: `${primary}/${secondary}`,
      status: statusOfPair(pairOf({ sides: { primary, secondary } })),
    })),
  );

const links = (): Row[] =>
  (['FAILED', 'UNAVAILABLE', 'PAUSED', 'UNKNOWN', 'absent'] as LinkWord[]).map((word) => ({
    state: `steady, the secondary's link ${word}`,
    status: statusOfPair(
      pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' }, links: { primary: 'ACTIVE', secondary: word } }),
    ),
  }));

function others(): Row[] {
  const mirror = STEADY.topics[0].sides.secondary;
  const behind = {
    ...STEADY.topics[0].sides,
    secondary: { ...mirror, lags: [0, 1001].map((lag, partition) => ({ partition, lag })) } as never,
  };
  const narrow = { ...STEADY.topics[0].sides, primary: { ...STEADY.topics[0].sides.primary, partitions: 3 } as never };
  const inError = { ...STEADY.topics[0].sides, secondary: { ...mirror, error: 'UNEXPECTED_TRUNCATION' } as never };
  const refused = { ...STEADY.members.primary.link, error: 'AUTHENTICATION_ERROR' } as never;
  const blocked = 'confluent-dr-proxy: release abc: done {"instances":[{"name":"primary","blocked":"reject"}]}';
  const throttled = { ...STEADY.members.primary, dataPlane: { kind: 'throttled', cause: '429' } } as const;
  const tasks = [{ name: 'AclSync', state: 'IN_ERROR', errors: [] }] as const;
  const stuck = topicOf({ primary: 'PENDING_MIRROR', secondary: 'PENDING_SYNCHRONIZE' });
  const held = { ...stuck.sides.secondary, transitionErrors: [{ code: 'X', message: 'no way' }] } as never;
  const row = (state: string, status: PairStatus): Row => ({ state, status });
  return [
    row(
      'steady, with a prefix',
      statusOfPair(pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' }, prefix: 'dr-' })),
    ),
    row('steady, but 1001 records behind', statusOfPair({ ...STEADY, topics: [{ name: 'orders', sides: behind }] })),
    row('steady, but later than the target', statusOfPair(STEADY, { late: ['orders'] })),
    row(
      'steady, but a mirror lacks a partition',
      statusOfPair({ ...STEADY, topics: [{ name: 'orders', sides: narrow }] }),
    ),
    row(
      'steady, but a mirror tells an error',
      statusOfPair({ ...STEADY, topics: [{ name: 'orders', sides: inError }] }),
    ),
    row(
      'steady, but the link tells an error',
      statusOfPair({
        ...STEADY,
        members: { ...STEADY.members, primary: { ...STEADY.members.primary, link: refused } },
      }),
    ),
    row('steady, and the proxy blocks the primary', statusOfPair(STEADY, { proxyReport: blocked })),
    row('steady, an ACL missing', statusOfPair(STEADY, { acls: { primary: MISSING_ACL, secondary: ALL_ACLS } })),
    row(
      'steady, ACLs not known',
      statusOfPair(STEADY, {
        acls: { primary: { kind: 'unknown', code: 'not-read', cause: '' }, secondary: ALL_ACLS },
      }),
    ),
    row('steady, a topic without a mirror', statusOfPair({ ...STEADY, unmirrored: [{ name: 'x', on: ['primary'] }] })),
    row(
      'steady, a task of the link in error',
      statusOfPair({
        ...STEADY,
        members: {
          ...STEADY.members,
          primary: { ...STEADY.members.primary, link: { ...linkOf('ACTIVE'), tasks } as never },
        },
      }),
    ),
    row('the primary answers 429', statusOfPair({ ...STEADY, members: { ...STEADY.members, primary: throttled } })),
    row(
      'reversing, with an error told',
      statusOfPair({ ...STEADY, topics: [{ name: 'orders', sides: { ...stuck.sides, secondary: held } }] }),
    ),
    row(
      'reversing, an ACL missing',
      statusOfPair({ ...STEADY, topics: [stuck] }, { acls: { primary: MISSING_ACL, secondary: ALL_ACLS } }),
    ),
    row('steady, the control plane away', statusOfPair(STEADY, { controlPlane: failing('away') })),
    row('steady, the control plane answers 401', statusOfPair(STEADY, { controlPlane: failing('key-refused') })),
    row(
      'the primary and the control plane away',
      statusOfPair(pairOf({ sides: { primary: 'away', secondary: 'ACTIVE' } }), { controlPlane: failing('away') }),
    ),
    row('no topics', statusOfPair({ ...STEADY, topics: [] })),
    row(
      'one topic on the secondary, two on the primary',
      statusOfPair({
        ...STEADY,
        topics: [
          topicOf({ primary: 'ACTIVE', secondary: 'STOPPED' }, 'a'),
          topicOf({ primary: 'topic', secondary: 'ACTIVE' }, 'b'),
          topicOf({ primary: 'topic', secondary: 'ACTIVE' }, 'c'),
        ],
      }),
    ),
  ];
}

/** Every state that one topic can be seen in, and a few of the pair, by the step that comes next. */
export function nextStepsTable(): string {
  const steps = new Map<string, { words: string; command: string; states: string[] }>();
  for (const { state, status } of [...sides(), ...links(), ...others()]) {
    const { next, concerns, well } = status;
    const concern = concerns.find(({ code, on }) => code === next?.because && on === next.on);
    const words = concern ? concernInWords(concern) : well ? 'All is well.' : '';
    const command = next ? `\`confluent-dr ${next.command.join(' ')}\`` : 'nothing';
    const step = steps.get(words + command) ?? { words, command, states: [] };
    step.states.push(state);
    steps.set(words + command, step);
  }
  return [
    '# The next step, by state',
    '',
    'Made by `npm run docs` from what `confluent-dr status` judges; a test holds it to that. A state is what the primary and',
    'the secondary have of a topic: an ordinary topic, a mirror by its status, nothing (absent), or no answer (away: the member',
    'is gone; declines: it lives and does not tell).',
    '',
    '| What is said first | Next | In the states, primary/secondary |',
    '| --- | --- | --- |',
    ...[...steps.values()].map(({ words, command, states }) => `| ${words} | ${command} | ${states.join(', ')} |`),
    '',
  ].join('\n');
}
