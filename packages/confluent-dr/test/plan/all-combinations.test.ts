import { type MirrorStatus, otherRole, type Role } from '../../src/observe/pair-observation';
import { writabilityOf } from '../../src/observe/serving';
import { type FailoverRequest, type Permissions, targetOf } from '../../src/plan/failover-request';
import { type OperationStep, type Plan } from '../../src/plan/plan';
import { plan } from '../../src/plan/planner';
import { refusalInWords } from '../../src/words/refusals';
import { proposalInWords, underWayInWords } from '../../src/words/steps';
import { becoming, type LinkWord, pairOf, type PairWords, SIDE_WORDS, type SideWord } from './support/observations';

const LINKS: readonly (readonly [LinkWord, LinkWord])[] = [
  ['ACTIVE', 'ACTIVE'],
  ...(['FAILED', 'UNAVAILABLE', 'PAUSED', 'UNKNOWN', 'absent'] as const).flatMap((word) => [
    ['ACTIVE', word] as const,
    [word, 'ACTIVE'] as const,
  ]),
];

const BOOLEANS = [false, true];
const PERMISSIONS: readonly Permissions[] = BOOLEANS.flatMap((truncation) =>
  BOOLEANS.flatMap((unplannedWhileActiveAnswers) =>
    BOOLEANS.map((endPromotion) => ({ truncation, unplannedWhileActiveAnswers, endPromotion })),
  ),
);
const WISHES: readonly FailoverRequest[] = (['failover', 'failback'] as const).flatMap((direction) =>
  (['planned', 'unplanned', 'undecided'] as const).flatMap((procedure) =>
    PERMISSIONS.map((allow) => ({ direction, procedure, allow })),
  ),
);

const PAIRS: readonly PairWords[] = SIDE_WORDS.flatMap((primary) =>
  SIDE_WORDS.flatMap((secondary) =>
    LINKS.flatMap(([first, second]) =>
      (first === second ? ['', 'dr-'] : ['']).map((prefix) => ({
        sides: { primary, secondary },
        links: { primary: first, secondary: second },
        prefix,
      })),
    ),
  ),
);

/** What the state machine of the service takes, written down here once more. */
const FAILOVER_FROM: readonly SideWord[] = [
  ...(['ACTIVE', 'PAUSED', 'FAILED', 'LINK_FAILED', 'LINK_PAUSED', 'SOURCE_UNAVAILABLE'] as const),
  ...(['PENDING_SYNCHRONIZE', 'PENDING_STOPPED'] as const),
];

interface Case {
  readonly words: PairWords;
  readonly request: FailoverRequest;
  readonly made: Plan;
}

const operations = ({ made }: Case): OperationStep[] =>
  made.steps.flatMap((step) => (step.kind === 'operate' ? [step] : []));

const hasAll = (...texts: string[]): boolean => texts.every((text) => /^.{9,}\.$/s.test(text));

/** What has to be true of each plan. */
const STATEMENTS: Readonly<Record<string, (one: Case) => boolean>> = {
  'is progress, done, a wait, or a refusal with cause and cure': ({ made: { kind, steps, refusals, done } }) => {
    switch (kind) {
      case 'done':
        return steps.length === 0 && refusals.length === 0 && done.length === 1;
      case 'refusal':
        return (
          steps.length === 0 &&
          refusals.length === 1 &&
          hasAll(refusalInWords(refusals[0]).cause, refusalInWords(refusals[0]).cure)
        );
      case 'wait':
        return steps[0].kind === 'wait' && hasAll(underWayInWords(steps[0].underWay)) && refusals.length === 0;
      case 'plan':
        return steps[0].kind === 'operate' && refusals.length === 0;
    }
  },
  'operates on the member that is to be active, and nowhere else': (one) =>
    operations(one).every(({ on }) => on === targetOf(one.request.direction)),
  'asks for nothing that the state machine forbids, now or after the steps before': (one) =>
    forbidden(one) === undefined,
  'never makes a second writable side, unless that was allowed, and then it has to be confirmed': (one) =>
    operations(one).every(({ operation, on, confirmations }) => {
      const other = one.words.sides[otherRole(on)];
      if (operation !== 'failover' || other === 'away') {
        return true;
      }
      const confirmed = confirmations.some(({ kind }) => kind === 'two-writable-sides');
      return one.request.allow?.unplannedWhileActiveAnswers === true && confirmed;
    }),
  'never truncates unasked, nor what the other side was not failed over from': (one) =>
    operations(one)
      .filter(({ operation }) => operation === 'truncate-and-restore')
      .every(
        ({ on, confirmations }) =>
          one.request.allow?.truncation === true &&
          one.words.sides[otherRole(on)] === 'STOPPED' &&
          confirmations.some(({ kind }) => kind === 'discard'),
      ),
  'loses nothing where a planned procedure was wished for': (one) =>
    one.request.procedure !== 'planned' || operations(one).every(({ operation }) => operation !== 'failover'),
  'is proposed unplanned only where the other side is away, and always says why': ({ words, request, made }) => {
    const other = words.sides[otherRole(targetOf(request.direction))];
    return request.procedure === 'undecided'
      ? hasAll(made.proposal ? proposalInWords(made.proposal) : '') &&
          (made.procedure === 'unplanned') === (other === 'away')
      : made.proposal === undefined && made.procedure === request.procedure;
  },
  'calls a topic done only if the wished-for side can be written to, and the other is not just as much': ({
    words,
    request,
    made,
  }) => {
    if (made.kind !== 'done') {
      return true;
    }
    const [topic] = pairOf(words).topics;
    const bothStopped = words.sides.primary === 'STOPPED' && words.sides.secondary === 'STOPPED';
    return writabilityOf(topic.sides[targetOf(request.direction)]) === 'writable' && !bothStopped;
  },
};

/** For each statement the cases of which it is not true, the first few of them in words. */
function violations(): ReadonlyMap<string, readonly string[]> {
  const statements = Object.entries(STATEMENTS).map(([title, isTrue]) => ({ title, isTrue, found: [] as string[] }));
  for (const words of PAIRS) {
    const pair = pairOf(words);
    for (const request of WISHES) {
      const one = { words, request, made: plan(pair, request) };
      for (const { isTrue, found } of statements) {
        if (found.length < 5 && !isTrue(one)) {
          found.push(JSON.stringify(one));
        }
      }
    }
  }
  return new Map(statements.map(({ title, found }) => [title, found]));
}

describe('a plan for any state of both sides, both links and any request', () => {
  let found: ReturnType<typeof violations>;

  // Each of the hundred thousand plans is made once.
  beforeAll(() => {
    found = violations();
  });

  test.each(Object.keys(STATEMENTS))('%s', (title) => {
    expect(found.get(title)).toEqual([]);
  });
});

/** The first step that would be refused, if each step before came to its end. */
function forbidden(one: Case): string | undefined {
  const { words, made } = one;
  if (made.steps.length === 0) {
    return undefined;
  }
  let [topic] = pairOf(words).topics;
  for (const step of made.steps) {
    if (step.kind === 'cure-acls') {
      continue;
    }
    if (step.kind === 'operate') {
      const word = (role: Role): SideWord => {
        const side = topic.sides[role];
        return side.kind === 'mirror' ? side.status : side.kind === 'unknown' ? words.sides[role] : side.kind;
      };
      if (!accepts(step, word(step.on), word(otherRole(step.on)), words)) {
        return step.operation;
      }
    }
    topic = becoming(topic, step.until);
  }
  return undefined;
}

function accepts({ operation }: OperationStep, here: SideWord, there: SideWord, { links, prefix }: PairWords): boolean {
  const together = links?.primary === 'ACTIVE' && links.secondary === 'ACTIVE' && prefix === '';
  const writable = ['topic', 'STOPPED'].includes(there);
  switch (operation) {
    case 'failover':
      return FAILOVER_FROM.includes(here);
    case 'resume':
      return here === 'PAUSED';
    case 'reverse-and-start-mirror':
      return together && here === 'ACTIVE' && writable;
    case 'truncate-and-restore':
      return together && ['topic', 'STOPPED'].includes(here) && there === ('STOPPED' satisfies MirrorStatus);
  }
}
