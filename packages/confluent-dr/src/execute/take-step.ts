import { RequestFailure } from '../client/request-failure';
import { type MemberAcls, missingOf } from '../observe/acls';
import { type Role } from '../observe/pair-observation';
import { type AclStep, type OperationStep, type RecordsLost, type Step, type StepTopic } from '../plan/plan';
import { createAcls } from './create-acls';
import { aclQuestion, questionsOf } from './intent';
import { preview, requestOperation, type RequestOutcome } from './mirror-requests';
import { mayHaveChanged, type Obstacle, type OperationAttempt } from './operation-run';
import { waitFor } from './pair-observer';
import { agreed, goOn, type StepContext, type StepResult } from './step-context';

/** Creates what is missing; that it helped, the next look tells. */
async function takeAclStep(context: StepContext, step: AclStep, acls: MemberAcls): Promise<StepResult> {
  const { run, ledger, listener, timeouts, deadline } = context;
  const question = aclQuestion(step);
  if (!ledger.mayCure(step.on)) {
    return goOn([aclObstacle(step)]);
  }
  if (!(await agreed(context, question))) {
    return { kind: 'declined', question };
  }
  try {
    await createAcls({
      kafka: run.pair.members[step.on].kafka,
      principal: acls.kind === 'known' ? acls.principal : '',
      acls: missingOf(acls),
      onCreated: (acl) => listener({ type: 'acl-created', on: step.on, acl }),
      signal: run.signal,
    });
  } catch (error) {
    if (!(error instanceof RequestFailure)) {
      throw error;
    }
    return goOn([aclObstacle(step, error.message)]);
  }
  ledger.cured(step.on);
  await deadline.sleep(timeouts.shortestPauseMs);
  return goOn();
}

const aclObstacle = ({ on, missing: acls }: AclStep, message?: string): Obstacle => ({
  code: 'acls-not-created',
  on,
  acls,
  ...(message !== undefined && { message }),
});

/** After a person has thought for longer, everything is looked at anew before anything is done. */
const THOUGHT_LONG_MS = 5000;

/** Announces, asks the operator, asks the cluster once, and waits for what it began. */
async function takeOperationStep(context: StepContext, planned: OperationStep): Promise<StepResult> {
  const { askable, waiting, obstacles } = sorted(context, planned);
  const announced = await announcement(context, { ...planned, topics: askable });
  const { step, discarded } = announced;
  if (step.topics.length > 0) {
    const { clock } = context;
    const begun = clock.now();
    for (const question of questionsOf(step, discarded)) {
      if (!(await agreed(context, question))) {
        return { kind: 'declined', question };
      }
    }
    if (clock.now() - begun > THOUGHT_LONG_MS) {
      return goOn(obstacles);
    }
    await pauseBeforeRepeating(context, step);
    await send(context, announced);
  }
  const begun = context.ledger.lastOf(step).filter(mayHaveChanged);
  const topics = [...begun.map(({ topic }) => topic), ...waiting];
  if (topics.length > 0) {
    const onReached = (topic: string): void => context.ledger.settle(planned, topic);
    await waitFor({ ...context, step: planned, topics, onReached });
  }
  return goOn(obstacles);
}

interface Sorted {
  readonly askable: readonly StepTopic[];
  readonly waiting: readonly string[];
  readonly obstacles: readonly Obstacle[];
}

function sorted({ ledger, clock, timeouts }: StepContext, step: OperationStep): Sorted {
  const verdicts = step.topics.map((topic) => ({
    topic,
    verdict: ledger.verdictOn(step, topic, clock.now(), timeouts),
  }));
  return {
    askable: verdicts.filter(({ verdict }) => verdict.kind === 'ask').map(({ topic }) => topic),
    waiting: verdicts.filter(({ verdict }) => verdict.kind === 'wait').map(({ topic }) => topic.name),
    obstacles: verdicts.flatMap(({ verdict }) => (verdict.kind === 'give-up' ? [verdict.obstacle] : [])),
  };
}

interface Announcement {
  /** Without the topics that the service would refuse. */
  readonly step: OperationStep;
  readonly discarded: readonly RecordsLost[];
}

/** Before a truncation the service tells what it takes, and nothing is done without that. */
async function announcement(context: StepContext, step: OperationStep): Promise<Announcement> {
  if (step.operation !== 'truncate-and-restore' || step.topics.length === 0) {
    return { step, discarded: [] };
  }
  const { run, ledger, clock } = context;
  const attempt = (topic: string, outcome: OperationAttempt['outcome']): OperationAttempt => {
    const { operation, on } = step;
    return { operation, on, topic, outcome, at: clock.now() };
  };
  try {
    const { refused, discarded } = await preview(run.pair.members[step.on].kafka, step, step.topics, run.signal);
    ledger.add([...refused].map(([topic, message]) => attempt(topic, { kind: 'refused', ...message })));
    return { step: { ...step, topics: step.topics.filter(({ name }) => !refused.has(name)) }, discarded };
  } catch (error) {
    if (!(error instanceof RequestFailure)) {
      throw error;
    }
    context.deadline.check();
    const outcome = { kind: 'failed', message: error.message, final: false } as const;
    ledger.add(step.topics.map(({ name }) => attempt(name, outcome)));
    return { step: { ...step, topics: [] }, discarded: [] };
  }
}

/** What failed a moment ago fails again at once. */
async function pauseBeforeRepeating({ ledger, deadline, timeouts }: StepContext, step: OperationStep): Promise<void> {
  const failures = ledger.attemptsAt(step);
  if (failures > 0) {
    await deadline.sleep(Math.min(timeouts.shortestPauseMs * 5 ** failures, timeouts.longestPauseMs));
  }
}

async function send(context: StepContext, { step, discarded }: Announcement): Promise<void> {
  const { run, ledger, clock, listener, lost } = context;
  const { operation, on } = step;
  await requestOperation({
    kafka: run.pair.members[on].kafka,
    step,
    topics: step.topics,
    now: () => clock.now(),
    onRequest: (topics) => listener({ type: 'requesting', operation, on, topics }),
    onAnswer: (answers) => {
      ledger.add(answers.attempts);
      lost.add(recordsOf(answers, 'accepted', answers.lagging));
      lost.add(recordsOf(answers, 'unknown', step.loss.kind === 'not-mirrored' ? step.loss.atLeast : []));
      context.discarded.add(recordsOf(answers, 'accepted', answers.discarded));
      context.discarded.add(recordsOf(answers, 'unknown', discarded));
      listener({ type: 'answered', attempts: answers.attempts });
    },
    signal: run.signal,
  });
}

/** Of topics whose request came to this: where the answer was lost, what was told before it has to do. */
function recordsOf(
  { attempts }: RequestOutcome,
  outcome: OperationAttempt['outcome']['kind'],
  records: readonly RecordsLost[],
): readonly RecordsLost[] {
  const topics = new Set(attempts.filter((attempt) => attempt.outcome.kind === outcome).map(({ topic }) => topic));
  return records.filter(({ topic }) => topics.has(topic));
}

/** Takes the next step of a plan. What became of it, the next look at both sides tells. */
export async function takeStep(
  context: StepContext,
  step: Step,
  acls: Readonly<Record<Role, MemberAcls>>,
): Promise<StepResult> {
  switch (step.kind) {
    case 'cure-acls':
      return takeAclStep(context, step, acls[step.on]);
    case 'operate':
      return takeOperationStep(context, step);
    case 'wait':
      await waitFor({ ...context, step, topics: step.topics, onReached: () => undefined });
      return goOn();
  }
}
