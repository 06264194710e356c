import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { propertyAccess, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { type Construct } from 'constructs';
import { ClientAccess, NginxFailoverProxy, Outage, ProxiedCluster, ProxyAdmin, ProxyRunbookOutput } from '../../lib';

/** The proxy and its toggle. It has no Confluent provider and takes the endpoints as plain values. */
export class ProxyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    new AzurermProvider(this, 'Azure', { features: [{}], subscriptionId: text('subscription_id') });
    const primary = this.cluster('primary');
    const secondary = this.cluster('secondary');
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
    new ProxyRunbookOutput(this, 'Runbook', { proxy });
    new TerraformOutput(this, 'proxy_public_ip', { value: proxy.ipAddress });
  }

  /** The value of the output of the clusters' stack that bears the same name. */
  private cluster(clusterName: string): ProxiedCluster {
    const endpoints = new TerraformVariable(this, `${clusterName}_endpoints`, {
      type: 'object({ bootstrap = string, schema_registry = string })',
    });
    const endpoint = (name: string) => Token.asString(propertyAccess(endpoints.value, [name]));
    return ProxiedCluster.fromEndpoints(clusterName, {
      bootstrapEndpoint: endpoint('bootstrap'),
      schemaRegistryEndpoint: endpoint('schema_registry'),
    });
  }
}
