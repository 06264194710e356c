import { Lb } from '@cdktf/provider-azurerm/lib/lb';
import { LbBackendAddressPool } from '@cdktf/provider-azurerm/lib/lb-backend-address-pool';
import { LbProbe } from '@cdktf/provider-azurerm/lib/lb-probe';
import { LbRule } from '@cdktf/provider-azurerm/lib/lb-rule';
import { type NetworkInterface } from '@cdktf/provider-azurerm/lib/network-interface';
import { NetworkInterfaceBackendAddressPoolAssociation } from '@cdktf/provider-azurerm/lib/network-interface-backend-address-pool-association';
import { type TerraformProvider, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { HEALTH_PATH, HEALTH_PORT } from './rendering/proxy-plan';
import { ignoredTags } from './tags';

/** Where a balancer takes sessions: at a public address, or at one of a subnet. */
export type BalancerFrontend =
  | { readonly publicIpAddressId: string; readonly after: TerraformResource[] }
  | { readonly subnetId: string; readonly privateIpAddress?: string; readonly zones?: string[] };

interface ProxyBalancerProps {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly frontend: BalancerFrontend;
  readonly idleTimeoutMinutes: number;
  readonly tags?: { readonly [key: string]: string };
  readonly followTags: boolean;
  readonly provider?: TerraformProvider;
}

const FRONTEND = 'clients';
const PORTS = { kafka: 9092, https: 443 };

/**
 * A Standard Load Balancer before the VMs. Its probe asks each front, which answers as long as it takes sessions: a cluster
 * that is blocked makes no VM unhealthy, or the clients of the other one would lose it too.
 */
export class ProxyBalancer extends Construct {
  public readonly balancer: Lb;
  /** What must stand before a VM can be reached by it, or reach others through it. */
  public readonly rules: TerraformResource[];
  public readonly pool: LbBackendAddressPool;
  public readonly probe: LbProbe;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProxyBalancerProps,
  ) {
    super(scope, id);
    const { idleTimeoutMinutes, provider } = props;
    this.balancer = this.createBalancer();
    const { id: loadbalancerId } = this.balancer;
    this.pool = new LbBackendAddressPool(this, 'Pool', { name: 'proxies', loadbalancerId, provider });
    this.probe = new LbProbe(this, 'Probe', {
      name: 'front',
      loadbalancerId,
      protocol: 'Http',
      port: HEALTH_PORT,
      requestPath: HEALTH_PATH,
      intervalInSeconds: 5,
      numberOfProbes: 2,
      provider,
    });
    this.rules = Object.entries(PORTS).map(
      ([name, port]) =>
        new LbRule(this, `Rule-${name}`, {
          ...{ name, loadbalancerId, protocol: 'Tcp', frontendPort: port, backendPort: port },
          frontendIpConfigurationName: FRONTEND,
          backendAddressPoolIds: [this.pool.id],
          probeId: this.probe.id,
          idleTimeoutInMinutes: idleTimeoutMinutes,
          // Who is cut off for being idle is told.
          tcpResetEnabled: true,
          provider,
        }),
    );
  }

  /** Puts a VM behind it. */
  public add(id: string, { id: networkInterfaceId, ipConfiguration }: NetworkInterface): TerraformResource {
    return new NetworkInterfaceBackendAddressPoolAssociation(this, id, {
      networkInterfaceId,
      // The name that Azure keeps, whatever the code calls it now.
      ipConfigurationName: ipConfiguration.get(0).name,
      backendAddressPoolId: this.pool.id,
      provider: this.props.provider,
    });
  }

  private createBalancer(): Lb {
    const { name, resourceGroupName, location, tags, followTags, provider, frontend } = this.props;
    const isPublic = 'publicIpAddressId' in frontend;
    const { after = [], ...configuration } = isPublic
      ? frontend
      : {
          ...frontend,
          after: undefined,
          privateIpAddressAllocation: frontend.privateIpAddress === undefined ? 'Dynamic' : 'Static',
        };
    // Azure cannot change the zones of a frontend.
    const ignoreChanges = [...ignoredTags(followTags), ...(isPublic ? [] : ['frontend_ip_configuration[0].zones'])];
    return new Lb(this, 'Resource', {
      ...{ name, resourceGroupName, location, tags, provider, sku: 'Standard' },
      frontendIpConfiguration: [{ name: FRONTEND, ...configuration }],
      dependsOn: after,
      lifecycle: ignoreChanges.length > 0 ? { ignoreChanges } : undefined,
    });
  }
}
