import { parseCidr } from '../validation/cidr';
import { markKind } from '../validation/kind';
import { type Problems } from '../validation/problems';
import {
  codeListShape,
  noObjectShape,
  valueShapesIn,
  type PropertiesOf,
  recordShape,
  requireArgument,
} from '../validation/shape';
import { azureId, AZURE_UUID } from '../validation/text-rule';
import { checkRegion } from '../validation/azure-region';
import { type IConstruct } from 'constructs';

/** A virtual network on Azure that is to be peered with one of Confluent. */
export interface NetworkPeeringProps {
  /**
   * The addresses of Confluent's network, an IPv4 range with the prefix /16 that meets none of yours. Source: the provider's page
   * on `confluent_network`.
   */
  readonly cidr: string;
  /** The tenant of the virtual network, a UUID. */
  readonly tenantId: string;
  /** Azure id of the virtual network, `/subscriptions/…/virtualNetworks/…`. */
  readonly virtualNetworkId: string;
  /** The region of the virtual network. @default - that of Confluent's network */
  readonly virtualNetworkRegion?: string;
}

const PEERING: PropertiesOf<NetworkPeeringProps> = {
  cidr: true,
  tenantId: true,
  virtualNetworkId: true,
  virtualNetworkRegion: true,
};

/** How one gets into a network of Confluent from networks of one's own. */
export class NetworkAccess {
  /**
   * By private endpoints in one's own networks.
   *
   * @param subscriptionIds the Azure subscriptions that may have such endpoints, UUIDs
   */
  public static privateLink(subscriptionIds: string[]): NetworkAccess {
    requireArgument(
      codeListShape(
        'NetworkAccess.privateLink, subscriptionIds',
        subscriptionIds,
        "['00000000-0000-0000-0000-000000000000']",
      ),
    );
    return new NetworkAccess('PRIVATELINK', subscriptionIds);
  }

  /** By peering with one virtual network. */
  public static peering(props: NetworkPeeringProps): NetworkAccess {
    const what = 'NetworkAccess.peering';
    requireArgument(recordShape(what, props, `${what}({ cidr: '10.10.0.0/16', tenantId, virtualNetworkId })`, PEERING));
    valueShapesIn(what, props).forEach(requireArgument);
    requireArgument(noObjectShape(`${what}, cidr`, props.cidr));
    return new NetworkAccess('PEERING', [], props);
  }

  private constructor(
    /** The provider's word for it. @internal */
    public readonly _connectionType: 'PRIVATELINK' | 'PEERING',
    /** @internal */
    public readonly _subscriptionIds: string[],
    /** @internal */
    public readonly _peering?: NetworkPeeringProps,
  ) {}

  /** @internal */
  public _check(problems: Problems, scope: IConstruct, property: string): void {
    const { _subscriptionIds: subscriptions, _peering: peering } = this;
    if (!peering) {
      problems.require(
        subscriptions.length > 0 && new Set(subscriptions.map((id) => id.toLowerCase())).size === subscriptions.length,
        {
          property: `${property}.subscriptionIds`,
          received: subscriptions,
          allowed: 'at least one subscription, and each once',
          advice: 'Name the subscriptions whose private endpoints are to reach the network.',
        },
      );
      subscriptions.forEach((id, index) => problems.required(`${property}.subscriptionIds[${index}]`, id, AZURE_UUID));
      return;
    }
    const range = parseCidr(peering.cidr);
    problems.require(range?.family === 'ipv4' && range.bits === 16, {
      property: `${property}.cidr`,
      received: peering.cidr,
      allowed: 'an IPv4 range with the prefix /16, such as 10.10.0.0/16',
      advice: 'Choose one that meets no range of the networks that are to reach it.',
    });
    problems.required(`${property}.tenantId`, peering.tenantId, AZURE_UUID);
    problems.required(
      `${property}.virtualNetworkId`,
      peering.virtualNetworkId,
      azureId('Microsoft.Network/virtualNetworks'),
    );
    if (peering.virtualNetworkRegion !== undefined) {
      checkRegion(problems, scope, `${property}.virtualNetworkRegion`, peering.virtualNetworkRegion);
    }
  }
}

markKind(NetworkAccess, 'NetworkAccess');
