import { PrivateDnsARecord } from '@cdktf/provider-azurerm/lib/private-dns-a-record';
import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import {
  TerraformIterator,
  type TerraformProvider,
  type TerraformResource,
  type TerraformResourceLifecycle,
  Token,
} from 'cdktf';
import { Construct } from 'constructs';
import { nth } from './proxy-network';
import { lifecycleOfTags } from './tags';

interface ProxyZonesProps {
  /** Names of the zones, some of which may turn out to be the same. */
  readonly hosts: readonly string[];
  /** Azure ids of the networks in which they answer. */
  readonly networkIds: readonly string[];
  readonly ipAddress: string;
  readonly namePrefix: string;
  readonly resourceGroupName: string;
  readonly tags?: { readonly [key: string]: string };
  readonly followTags: boolean;
  readonly provider?: TerraformProvider;
  /** What must hold before anything is made, by the name of the zone. */
  readonly preconditions: (zone: string) => NonNullable<TerraformResourceLifecycle['precondition']>;
}

const TTL_SECONDS = 60;
/** The name of a zone's own record. */
const APEX = '@';

/**
 * Private zones, each with the one record of its own name. They are instances by host name in the state, so that the order of
 * hosts does not matter, and one that two clusters have is one.
 */
export class ProxyZones extends Construct {
  public readonly zones: TerraformResource;
  public readonly records: TerraformResource;
  /** One for each network. */
  public readonly links: TerraformResource[];

  constructor(scope: Construct, id: string, props: ProxyZonesProps) {
    super(scope, id);
    const { resourceGroupName, tags, followTags, provider } = props;
    const hosts = TerraformIterator.fromList([...props.hosts]);
    const name = Token.asString(hosts.value);
    this.zones = new PrivateDnsZone(this, 'Zone', {
      forEach: hosts,
      name,
      ...{ resourceGroupName, tags, provider },
      lifecycle: { ...lifecycleOfTags(followTags), precondition: props.preconditions(name) },
    });
    const zones = TerraformIterator.fromResources(this.zones);
    const inZone = { forEach: zones, resourceGroupName, tags, provider, lifecycle: lifecycleOfTags(followTags) };
    this.records = new PrivateDnsARecord(this, 'Record', {
      ...inZone,
      name: APEX,
      zoneName: zones.getString('name'),
      ttl: TTL_SECONDS,
      records: [props.ipAddress],
    });
    this.links = props.networkIds.map(
      (virtualNetworkId, index) =>
        new PrivateDnsZoneVirtualNetworkLink(this, nth('Link', index), {
          ...inZone,
          name: nth(`${props.namePrefix}-clients`, index, '-'),
          privateDnsZoneName: zones.getString('name'),
          virtualNetworkId,
        }),
    );
  }
}
