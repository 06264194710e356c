import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import { NginxFailoverProxy, Outage, ProxiedCluster, ProxyAdmin } from '../../lib';

/** How a stack differs from the one that is shown. */
export interface TwoVmsStackProps {
  /** @default 2 */
  readonly instances?: number;
}

/** A proxy of two VMs in two zones behind a load balancer: the loss of one takes no cluster away from its clients. */
export class TwoVmsStack extends TerraformStack {
  constructor(scope: Construct, id: string, { instances = 2 }: TwoVmsStackProps = {}) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    new AzurermProvider(this, 'Azure', { features: [{}], subscriptionId: text('subscription_id') });
    const primary = ProxiedCluster.fromEndpoints('primary', { bootstrapEndpoint: text('primary_bootstrap') });
    const secondary = ProxiedCluster.fromEndpoints('secondary', { bootstrapEndpoint: text('secondary_bootstrap') });
    const failover = new TerraformVariable(this, 'cc_failover_primary', { type: 'bool', default: false });
    const proxy = new NginxFailoverProxy(this, 'Proxy', {
      clusters: [primary, secondary],
      location: text('azure_region'),
      clientCidrs: ['203.0.113.7/32'],
      admin: ProxyAdmin.sshKey('operator', text('admin_public_key')),
      instances,
      zones: ['1', '2'],
      outage: Outage.of(primary).whenVariable(failover),
    });
    new TerraformOutput(this, 'proxy_public_ip', { value: proxy.ipAddress });
    new TerraformOutput(this, 'proxy_report', { value: proxy.report });
  }
}
