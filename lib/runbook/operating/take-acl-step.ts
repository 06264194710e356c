import { aclInWords, createAcls, type MemberAcls, missingOf } from '../acls';
import { RequestFailure } from '../client';
import { type AclStep } from '../planning';
import { aclQuestion } from './questions';
import { agreed, goOn, type StepContext, type StepResult } from './step-context';
import { type Obstacle } from './undertaking';

/** Creates what is missing; that it helped, the next look tells. */
export async function takeAclStep(context: StepContext, step: AclStep, acls: MemberAcls): Promise<StepResult> {
  const { undertaking, ledger, listener, patience, deadline } = context;
  const question = aclQuestion(step);
  if (!ledger.mayCure(step.on)) {
    return goOn([aclObstacle(step, 'They were created, and are not there.')]);
  }
  if (!(await agreed(context, question))) {
    return { kind: 'declined', question };
  }
  try {
    await createAcls({
      kafka: undertaking.pair.members[step.on].kafka,
      principal: acls.kind === 'known' ? acls.principal : '',
      acls: missingOf(acls),
      onCreated: (acl) => listener({ type: 'acl-created', on: step.on, acl: aclInWords(acl) }),
      signal: undertaking.signal,
    });
  } catch (error) {
    if (!(error instanceof RequestFailure)) {
      throw error;
    }
    return goOn([aclObstacle(step, error.message)]);
  }
  ledger.cured(step.on);
  await deadline.sleep(patience.shortestPauseMs);
  return goOn();
}

const aclObstacle = ({ on, missing }: AclStep, why: string): Obstacle => ({
  code: 'acls-not-created',
  cause: `ACLs could not be created on the ${on} (${missing.join('; ')}): ${why}`,
  cure: `Create them as an administrator of the ${on}, and run it again.`,
});
