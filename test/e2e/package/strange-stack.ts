/** A stack of somebody who uses the constructs beside resources of their own. */
export const strangeStack = `
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import {
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  NginxFailoverProxy,
  Outage,
  ProxyAdmin,
} from 'cdktf-confluent-dr';
import { type Construct } from 'constructs';

class Orders extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AzurermProvider(this, 'Azure', { features: [{}] });
    new ConfluentCloudProvider(this, 'Confluent');
    const password = new TerraformVariable(this, 'admin_password', { type: 'string', sensitive: true });
    new StorageAccount(this, 'Archive', {
      name: 'ordersarchive',
      resourceGroupName: 'orders',
      location: 'westeurope',
      accountTier: 'Standard',
      accountReplicationType: 'GRS',
    });
    const pair = new ConfluentClusterPair(this, 'Pair', {
      serviceAccountId: 'sa-abc123',
      primary: { environmentId: 'env-a1', cluster: ClusterSource.existing('lkc-aaaaa') },
      secondary: { environmentId: 'env-b2', cluster: ClusterSource.dedicated({ region: 'northeurope', cku: 2 }) },
    });
    const link = new BidirectionalClusterLink(this, 'Link', { pair, linkName: 'orders' });
    const { topicName }: { topicName: string } = link.mirrorTopic('orders', { partitions: 12 });
    new BidirectionalSchemaLink(this, 'Schemas', { pair });
    const proxy = new NginxFailoverProxy(this, 'Proxy', {
      clusters: pair.members,
      location: 'westeurope',
      clientCidrs: ['203.0.113.7/32'],
      admin: ProxyAdmin.password('proxyadmin', password.stringValue),
      outage: Outage.of(pair.primary).when(true),
    });
    new TerraformOutput(this, 'address', { value: [proxy.ipAddress, topicName] });
  }
}

const app = new App({ outdir: process.argv[2] });
new Orders(app, 'orders');
app.synth();
`;
