import { DataAzurermVirtualNetwork } from '@cdktf/provider-azurerm/lib/data-azurerm-virtual-network';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import { NginxFailoverProxy, Outage, ProxiedCluster, ProxyAdmin, ProxyDns } from '../../lib';

/** A proxy to which private DNS zones lead the clients of a network; it stands in a network of its own. */
export class PrivateDnsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    new AzurermProvider(this, 'Azure', { features: [{}], subscriptionId: text('subscription_id') });
    const clients = new DataAzurermVirtualNetwork(this, 'Clients', { name: 'hub', resourceGroupName: 'rg-hub' });
    const primary = ProxiedCluster.fromEndpoints('primary', { bootstrapEndpoint: text('primary_bootstrap') });
    const secondary = ProxiedCluster.fromEndpoints('secondary', { bootstrapEndpoint: text('secondary_bootstrap') });
    const failover = new TerraformVariable(this, 'cc_failover_primary', { type: 'bool', default: false });
    const proxy = new NginxFailoverProxy(this, 'Proxy', {
      clusters: [primary, secondary],
      location: text('azure_region'),
      clientCidrs: ['203.0.113.7/32'],
      admin: ProxyAdmin.sshKey('operator', text('admin_public_key')),
      dns: ProxyDns.privateZones(clients.id, { brokers: 6 }),
      outage: Outage.of(primary).whenVariable(failover),
    });
    new TerraformOutput(this, 'proxy_public_ip', { value: proxy.ipAddress });
    new TerraformOutput(this, 'proxy_report', { value: proxy.report });
  }
}
