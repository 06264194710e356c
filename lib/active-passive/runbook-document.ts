import { TerraformOutput, TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { accessOf } from '../proxy/client-access';
import { type INginxFailoverProxy } from '../proxy/nginx-failover-proxy';
import { type Problem, type Problems } from '../validation/problems';

/** The output that `confluent-dr` reads. */
export const RUNBOOK = 'runbook';

/** Two of them, and the tool would operate on what the last tells of. */
export function checkOnlyRunbook(problems: Problems, scope: Construct): void {
  checkOnlyOutput(problems, scope, RUNBOOK, {
    allowed: 'one in a stack, for confluent-dr reads a single pair from it',
    advice: 'Put each pair with its RunbookOutput into a stack of its own.',
  });
}

/** Of two outputs with one name Terraform would get the last, without a word. */
export function checkOnlyOutput(
  problems: Problems,
  scope: Construct,
  name: string,
  told: Pick<Problem, 'allowed' | 'advice'>,
): void {
  const paths = TerraformStack.of(scope)
    .node.findAll()
    .filter((element) => element instanceof TerraformOutput && element.friendlyUniqueId === name)
    .map(({ node }) => node.scope?.node.path);
  problems.require(paths.length === 1, { property: `output ${name}`, received: paths, ...told });
}

interface PairOfClusters {
  readonly primary: IProxiedCluster;
  readonly secondary: IProxiedCluster;
}

/** What of the proxy is turned while the pair is operated; a variable of another stack is none that this one could tell of. */
export function togglesOf(
  scope: Construct,
  { primary, secondary }: PairOfClusters,
  proxy: INginxFailoverProxy,
): Record<string, unknown> {
  const { outage, clientAccess } = proxy;
  const names = [primary, secondary].map(({ clusterName }) => clusterName);
  if (TerraformStack.of(proxy) !== TerraformStack.of(scope) || names.join() !== 'primary,secondary') {
    return {};
  }
  const { name, variable } = accessOf(clientAccess)._active(proxy);
  const isOfPair = [primary, secondary].every((member) => clientAccess?.clusters.includes(member));
  const ofOutage = outage?.clusters.includes(primary) ? outage : undefined;
  return {
    ...(isOfPair && { active_member: name, ...(variable && { active_variable: variable.friendlyUniqueId }) }),
    ...ofOutage?._toggle(proxy),
  };
}
