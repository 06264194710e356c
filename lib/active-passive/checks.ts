import { type IResolvable, Op, type TerraformStack, type TerraformVariable } from 'cdktf';
import { type ConfluentClusterPair } from '../cluster/confluent-cluster-pair';
import { type ContextFlag } from '../validation/context-flag';

/** Warnings of each plan, which stop nothing: `check` blocks, which cdktf has no class for. */
export function addChecks(
  stack: TerraformStack,
  pair: ConfluentClusterPair,
  failover: { readonly context: ContextFlag; readonly variable: TerraformVariable },
): void {
  const check = (name: string, condition: IResolvable, message: string) =>
    stack.addOverride(`check.${name}.assert`, [{ condition, error_message: message }]);

  check(
    'members_in_two_regions',
    Op.neq(pair.primary.region, pair.secondary.region),
    'Both clusters are in one region: losing it takes both. A rehearsal can live with that, production cannot.',
  );
  const { context, variable } = failover;
  if (context.value !== undefined) {
    check(
      'outage_as_the_context_says',
      Op.eq(variable.booleanValue, context.value),
      `The context says cc_failover_primary=${context.value}, but a tfvars file or -var says otherwise, and wins.`,
    );
  }
}
