import { propertyAccess, type TerraformProvider, type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { Network } from '../../.gen/providers/confluent/network';
import { Peering } from '../../.gen/providers/confluent/peering';
import { PrivateLinkAccess } from '../../.gen/providers/confluent/private-link-access';
import { constructId } from '../synthesis/construct-id';
import { keepState } from '../state/moved-from';
import { literalText } from '../synthesis/literal-text';
import { checkRegion, regionName, regionPrecondition } from '../validation/azure-region';
import { markKind } from '../validation/kind';
import { requireShape, validateOnce } from '../validation/problems';
import { providerShape } from '../validation/provider-shape';
import { kindShape, noObjectShape, ofOptional, type PropertiesOf, requireProps } from '../validation/shape';
import { DISPLAY_NAME, ENVIRONMENT_ID } from '../validation/text-rule';
import { judgeAtPlan } from '../validation/variable-validation';
import { type NetworkAccess } from './network-access';

/** What a network of Confluent is to be. */
export interface ConfluentNetworkProps {
  /** Confluent environment of the network and of the clusters in it: `env-…`. */
  readonly environmentId: string;
  /** Azure region, such as `westeurope` or `West Europe`; that of the clusters in it. */
  readonly region: string;
  /** How one gets into it. */
  readonly access: NetworkAccess;
  /** The network's display name. @default - Confluent's, the network's id */
  readonly displayName?: string;
  /**
   * The Confluent provider that makes the resources, where the stack has several.
   *
   * @default - the one without an alias
   */
  readonly provider?: TerraformProvider;
  /**
   * The path that this construct had in its stack before it was moved or renamed: Terraform then keeps what it made there.
   *
   * @default - it is where it was
   */
  readonly movedFrom?: string;
}

const NETWORK: PropertiesOf<ConfluentNetworkProps> = {
  environmentId: true,
  region: true,
  access: true,
  displayName: true,
  provider: true,
  movedFrom: true,
};

/**
 * A network of Confluent on Azure for dedicated clusters, and the ways into it. A cluster is put into it by
 * `ClusterSource.dedicated({ …, networkId: network.networkId })`. The service deletes none that a cluster is in.
 */
export class ConfluentNetwork extends Construct {
  /** `n-…` */
  public readonly networkId: string;
  /** The domain of the clusters in it, such as `dom1.westeurope.azure.confluent.cloud`; empty without private link. */
  public readonly dnsDomain: string;
  /** The domain of each zone, by the zone; empty without private link. For records that lead to private endpoints. */
  public readonly zonalSubdomains: { readonly [zone: string]: string };
  /** The alias that a private endpoint in each zone names, by the zone; empty without private link. */
  public readonly privateLinkServiceAliases: { readonly [zone: string]: string };
  /** The network itself. */
  public readonly network: TerraformResource;
  /** The ways into it: a private link access for each subscription, or a peering. What connects through them comes after these. */
  public readonly connections: TerraformResource[];

  constructor(scope: Construct, id: string, props: ConfluentNetworkProps) {
    super(scope, id);
    const example = "NetworkAccess.privateLink(['00000000-0000-0000-0000-000000000000'])";
    requireProps(this, props, `{ environmentId: 'env-abc123', region: 'westeurope', access: ${example} }`, NETWORK);
    requireShape(this, [
      kindShape('access', props.access, 'NetworkAccess', example),
      noObjectShape('environmentId', props.environmentId),
      noObjectShape('region', props.region),
      ...ofOptional(providerShape(this, 'provider', props.provider, 'confluent')),
    ]);
    const { environmentId, region, access, displayName, provider } = props;
    const checked = validateOnce(this, (problems) => {
      problems.required('environmentId', environmentId, ENVIRONMENT_ID);
      checkRegion(problems, this, 'region', region);
      problems.text('displayName', displayName, DISPLAY_NAME);
      access._check(problems, this, 'access');
    });
    keepState(this, props.movedFrom);
    const precondition = regionPrecondition(this, 'region', region);
    const network = new Network(this, 'Resource', {
      displayName: displayName === undefined ? undefined : literalText(displayName),
      cloud: 'AZURE',
      region: regionName(region),
      connectionTypes: [access._connectionType],
      cidr: access._peering?.cidr,
      environment: { id: environmentId },
      provider,
      lifecycle: precondition && { precondition },
    });
    this.network = network;
    judgeAtPlan(network, checked);
    this.networkId = network.id;
    this.dnsDomain = network.dnsDomain;
    this.zonalSubdomains = Token.asStringMap(propertyAccess(network.fqn, ['zonal_subdomains']));
    this.privateLinkServiceAliases = Token.asStringMap(
      propertyAccess(network.fqn, ['azure', 0, 'private_link_service_aliases']),
    );
    this.connections = connectionsOf(this, network, props);
  }
}

function connectionsOf(scope: Construct, network: Network, props: ConfluentNetworkProps): TerraformResource[] {
  const { environmentId, region, access, displayName, provider } = props;
  const common = {
    displayName: displayName === undefined ? undefined : literalText(displayName),
    environment: { id: environmentId },
    network: { id: network.id },
    provider,
  };
  const { _peering: peering } = access;
  if (!peering) {
    const accesses = new Construct(scope, 'PrivateLinkAccess');
    // One that is there twice is told at synth. Ids are made of the subscriptions, so that their order does not matter.
    return [...new Set(access._subscriptionIds)].map(
      (subscription) =>
        new PrivateLinkAccess(accesses, constructId(accesses, subscription), { ...common, azure: { subscription } }),
    );
  }
  const { tenantId: tenant, virtualNetworkId: vnet, virtualNetworkRegion = region } = peering;
  const azure = { tenant, vnet, customerRegion: regionName(virtualNetworkRegion) };
  return [new Peering(scope, 'Peering', { ...common, azure })];
}

markKind(ConfluentNetwork, 'ConfluentNetwork');
