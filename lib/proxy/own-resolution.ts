import { Fn, Op, type TerraformResourceLifecycle, TerraformStack } from 'cdktf';
import { type IConstruct } from 'constructs';
import { resolvedText } from '../synthesis/resolved-text';
import { describeProblem, isUnresolved, type Problem } from '../validation/problems';

/** How the proxy itself resolves names. */
export interface OwnResolution {
  readonly scope: IConstruct;
  /** Azure id of its subnet. @default - a network of its own is created, which no zone can be linked to by its props */
  readonly subnetId?: string;
  /** DNS servers that it asks. @default - those of its network */
  readonly resolvers?: readonly string[];
}

/** Azure's own resolver: in a network that is linked to a zone it answers from the zone. */
const AZURE_RESOLVER = '168.63.129.16';

/** Servers that are named count as knowing nothing of the zones, but for Azure's own. */
function resolvesByAzure({ resolvers = [] }: OwnResolution): boolean {
  return isUnresolved(resolvers) || resolvers.length === 0 || resolvers.includes(AZURE_RESOLVER);
}

/** Whether zones of this network would answer the proxy, as far as the code tells. */
export function leadsToItself(own: OwnResolution, networkId: string): boolean {
  const { scope, subnetId } = own;
  if (subnetId === undefined || !resolvesByAzure(own)) {
    return false;
  }
  return isUnresolved([subnetId, networkId])
    ? isOfSameNetwork(scope, subnetId, networkId)
    : sameId(subnetId.split('/').slice(0, -2).join('/'), networkId);
}

/** The same, of ids that only Terraform knows. */
export function loopPreconditions(
  own: OwnResolution,
  networkId: string,
): NonNullable<TerraformResourceLifecycle['precondition']> {
  const { subnetId } = own;
  if (subnetId === undefined || !resolvesByAzure(own) || !isUnresolved([subnetId, networkId])) {
    return [];
  }
  const isWithin = Fn.startswith(Fn.lower(subnetId), Fn.join('', [Fn.lower(networkId), '/']));
  return [{ condition: Op.not(isWithin), errorMessage: describeProblem(loop(networkId)) }];
}

export function loop(networkId: string): Problem {
  return {
    property: 'dns.virtualNetworkId',
    received: networkId,
    allowed: 'networks where the proxy itself does not resolve names',
    advice:
      'The proxy stands in this one and would lead to itself: put it into a network of its own that is peered with it, or name ' +
      `resolvers that know nothing of these zones, which ${AZURE_RESOLVER} does.`,
  };
}

/** Azure compares ids without regard to case. What untyped code passes instead of a text is told by the rule for ids. */
export function sameId(one: string, other: string): boolean {
  return isUnresolved([one, other]) ? one === other : String(one).toLowerCase() === String(other).toLowerCase();
}

/** What a subnet and a network of the stack, made there or looked up, say of themselves. */
interface Described extends IConstruct {
  readonly fqn: string;
  readonly nameInput?: string;
  readonly resourceGroupNameInput?: string;
  readonly virtualNetworkNameInput?: string;
}

function isOfSameNetwork(scope: IConstruct, subnetId: string, networkId: string): boolean {
  const subnet = described(scope, subnetId);
  const network = described(scope, networkId);
  if (subnet?.virtualNetworkNameInput === undefined || network?.nameInput === undefined) {
    return false;
  }
  const text = (value = ''): string => resolvedText(scope, value).toLowerCase();
  const name = text(subnet.virtualNetworkNameInput);
  return (
    name === `\${${text(network.fqn).replace(/^\$\{|\}$/g, '')}.name}` ||
    (name === text(network.nameInput) && text(subnet.resourceGroupNameInput) === text(network.resourceGroupNameInput))
  );
}

function described(scope: IConstruct, id: string): Described | undefined {
  const expression = resolvedText(scope, id);
  return TerraformStack.of(scope)
    .node.findAll()
    .filter((element): element is Described => 'fqn' in element && 'nameInput' in element)
    .find(({ fqn }) => `\${${resolvedText(scope, fqn).replace(/^\$\{|\}$/g, '')}.id}` === expression);
}
