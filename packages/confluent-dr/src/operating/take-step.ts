import { type MemberAcls } from '../acls/acl-report';
import { type Role } from '../pair/role';
import { type Step } from '../planning/plan';
import { goOn, type StepContext, type StepResult } from './step-context';
import { takeAclStep } from './take-acl-step';
import { takeOperationStep } from './take-operation-step';
import { waitFor } from './wait';

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
