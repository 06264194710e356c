import { Fn, type IResolvable, Op, TerraformStack, Token } from 'cdktf';
import { type Construct } from 'constructs';
import { type RoleBinding, type RoleBindingConfig } from '../../.gen/providers/confluent/role-binding';
import { allOf, sameAtPlan } from './same-at-plan';
import { SharedRoleBinding } from './shared-role-binding';

/** Whose role it is on the subjects of which environment, as their owner gave them. */
interface Subjects {
  readonly account: string;
  readonly environment: string;
}

const MADE = new WeakMap<TerraformStack, { readonly of: Subjects; readonly role: RoleBinding }[]>();

/**
 * The role on all subjects of an environment's registry. Two members can have one environment: where that is known at
 * synth they share the role; where a variable says it, the later one is made only if it is not the same as an earlier one.
 *
 * @returns the role, and those that can stand for it
 */
export function subjectRoles(
  scope: Construct,
  id: string,
  config: RoleBindingConfig,
  identity: string,
  of: Subjects,
): RoleBinding[] {
  const stack = TerraformStack.of(scope);
  const made = MADE.get(stack) ?? [];
  MADE.set(stack, made);
  const sameness = made.map((other) => ({
    role: other.role,
    same: allOf(
      sameAtPlan(scope, other.of.environment, of.environment),
      sameAtPlan(scope, other.of.account, of.account),
    ),
  }));
  const perhaps = sameness.filter(({ same }) => typeof same !== 'boolean');
  const role = new SharedRoleBinding(scope, id, config, identity);
  if (sameness.every(({ same }) => same !== true)) {
    made.push({ of, role });
    if (perhaps.length > 0) {
      const conditions = perhaps.map(({ same }) => same as IResolvable);
      const isMade = conditions.reduce((all, condition) => Op.or(all, condition));
      role.count = Token.asNumber(Fn.conditional(isMade, 0, 1));
    }
  }
  return [role, ...perhaps.map((other) => other.role)];
}
