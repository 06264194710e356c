import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  RunbookOutput,
} from '../../lib';

/** Terraform and clients reach both clusters by access points, and their registries by private endpoints. */
export class AccessPointStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    const secret = (name: string) => new TerraformVariable(this, name, { type: 'string', sensitive: true }).stringValue;
    new ConfluentCloudProvider(this, 'Confluent', {
      cloudApiKey: secret('cc_cloud_api_key'),
      cloudApiSecret: secret('cc_cloud_api_secret'),
    });
    const member = (role: string) => ({
      environmentId: text(`cc_env_${role}`),
      cluster: ClusterSource.existing(text(`cc_${role}_cluster_id`)),
      accessPointId: text(`${role}_access_point`),
      privateRegistryRegion: 'westeurope',
    });
    const pair = new ConfluentClusterPair(this, 'Pair', {
      serviceAccountId: text('cc_service_account'),
      primary: member('primary'),
      secondary: member('secondary'),
      deletionProtection: false, // for a rehearsal; production leaves this line out
    });
    const link = new BidirectionalClusterLink(this, 'Link', { pair, linkName: 'orders-dr' });
    link.mirrorTopic('orders');
    new BidirectionalSchemaLink(this, 'Schemas', { pair, skipIfShared: true });
    new RunbookOutput(this, 'Runbook', { pair, link });
    new TerraformOutput(this, 'bootstrap_endpoints', {
      value: pair.members.map(({ bootstrapEndpoint }) => bootstrapEndpoint),
    });
    new TerraformOutput(this, 'bootstrap_hosts', { value: pair.members.map(({ hostNames }) => hostNames.bootstrap) });
  }
}
