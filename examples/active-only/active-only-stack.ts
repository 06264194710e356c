import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  ClientAccess,
  ClientPropertiesOutput,
  NginxFailoverProxy,
  Outage,
  ProxiedCluster,
  ProxyAdmin,
} from '../../lib';

/** Clients are let in to one cluster, and find it by themselves when it becomes the other one. */
export class ActiveOnlyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    new AzurermProvider(this, 'Azure', { features: [{}], subscriptionId: text('subscription_id') });
    const primary = ProxiedCluster.fromEndpoints('primary', { bootstrapEndpoint: text('primary_bootstrap') });
    const secondary = ProxiedCluster.fromEndpoints('secondary', { bootstrapEndpoint: text('secondary_bootstrap') });
    const failover = new TerraformVariable(this, 'cc_failover_primary', { type: 'bool', default: false });
    const active = new TerraformVariable(this, 'cc_active', { type: 'string', default: 'primary' });
    const proxy = new NginxFailoverProxy(this, 'Proxy', {
      clusters: [primary, secondary],
      location: text('azure_region'),
      clientCidrs: ['203.0.113.7/32'],
      admin: ProxyAdmin.sshKey('operator', text('admin_public_key')),
      outage: Outage.of(primary).whenVariable(failover),
      clientAccess: ClientAccess.activeOnly(primary, secondary).activeByVariable(active),
    });
    new ClientPropertiesOutput(this, 'ClientProperties', { clusters: [primary, secondary] });
    new TerraformOutput(this, 'proxy_public_ip', { value: proxy.ipAddress });
    new TerraformOutput(this, 'proxy_report', { value: proxy.report });
  }
}
