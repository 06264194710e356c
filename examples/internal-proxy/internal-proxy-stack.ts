import { DataAzurermSubnet } from '@cdktf/provider-azurerm/lib/data-azurerm-subnet';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import { NginxFailoverProxy, Outage, ProxiedCluster, ProxyAccess, ProxyAdmin } from '../../lib';

/** A proxy without a public address, in a network that is there. */
export class InternalProxyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    new AzurermProvider(this, 'Azure', { features: [{}], subscriptionId: text('subscription_id') });
    const subnet = new DataAzurermSubnet(this, 'Subnet', {
      name: 'proxy',
      virtualNetworkName: 'hub',
      resourceGroupName: 'rg-hub',
    });
    const primary = ProxiedCluster.fromEndpoints('primary', { bootstrapEndpoint: text('primary_bootstrap') });
    const secondary = ProxiedCluster.fromEndpoints('secondary', { bootstrapEndpoint: text('secondary_bootstrap') });
    const failover = new TerraformVariable(this, 'cc_failover_primary', { type: 'bool', default: false });
    const proxy = new NginxFailoverProxy(this, 'Proxy', {
      clusters: [primary, secondary],
      location: text('azure_region'),
      access: ProxyAccess.internal(),
      subnetId: subnet.id,
      clientCidrs: ['10.1.0.0/16'],
      privateNetworking: true,
      admin: ProxyAdmin.sshKey('operator', text('admin_public_key')),
      outage: Outage.of(primary).whenVariable(failover),
    });
    new TerraformOutput(this, 'proxy_address', { value: proxy.ipAddress });
    new TerraformOutput(this, 'proxy_report', { value: proxy.report });
  }
}
