import { Fn, type IResolvable, Op, type TerraformResourceLifecycle, Token } from 'cdktf';
import { type IConstruct } from 'constructs';
import { describeProblem, isUnresolved } from '../validation/problems';
import { CLUSTER_ID } from '../validation/text-rule';
import { variableName } from '../validation/variable-name';
import { type ClusterSource } from './cluster-source';

/**
 * What the plan must refuse of cluster ids that only Terraform knows.
 *
 * The conditions belong to the environment, which is read before the cluster: on the cluster's own data source they
 * would put off its reading whenever a created cluster changes.
 */
export function clusterPreconditions(
  scope: IConstruct,
  role: string,
  source: ClusterSource,
  other: ClusterSource,
): TerraformResourceLifecycle | undefined {
  const { existingId, useExisting } = source;
  if (existingId === undefined || !isUnresolved([existingId, other.existingId])) {
    return undefined;
  }
  const unlessCreated = (condition: IResolvable) =>
    useExisting ? Op.or(Op.not(useExisting.value), condition) : condition;
  const property = variableName(scope, existingId, `cluster id of the ${role}`);
  const text = Token.asString(Fn.coalesce([existingId, 'none']));
  return {
    precondition: [
      {
        condition: unlessCreated(Fn.can(Fn.regex(CLUSTER_ID.pattern, text))),
        errorMessage: describeProblem({ property, received: text, ...CLUSTER_ID }),
      },
      {
        condition: unlessCreated(Op.neq(text, Token.asString(Fn.coalesce([other.existingId, 'no other'])))),
        errorMessage: describeProblem({
          property,
          received: text,
          allowed: 'two different clusters for the members',
          advice: 'Disaster recovery needs a second cluster, in another region as a rule.',
        }),
      },
    ],
  };
}
