import { type MemberAcls, missingOf } from '../acls/acl-report';
import { createAcls } from '../acls/create-acls';
import { RequestFailure } from '../client/request-failure';
import { type AclStep } from '../planning/plan';
import { type Obstacle } from './operation-run';
import { aclQuestion } from './questions';
import { agreed, goOn, type StepContext, type StepResult } from './step-context';

/** Creates what is missing; that it helped, the next look tells. */
export async function takeAclStep(context: StepContext, step: AclStep, acls: MemberAcls): Promise<StepResult> {
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
