import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  AclSync,
  ApiKeys,
  BidirectionalClusterLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  RunbookOutput,
} from '../../lib';

/** One API key opens both clusters, so that clients which have it move without another one. */
export class OneIdentityStack extends TerraformStack {
  constructor(scope: Construct, id: string, keys = ApiKeys.globalKey()) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    const secret = (name: string) => new TerraformVariable(this, name, { type: 'string', sensitive: true }).stringValue;
    new ConfluentCloudProvider(this, 'Confluent', {
      cloudApiKey: secret('cc_cloud_api_key'),
      cloudApiSecret: secret('cc_cloud_api_secret'),
    });
    const pair = new ConfluentClusterPair(this, 'Pair', {
      serviceAccountId: text('cc_service_account'),
      keys,
      primary: {
        environmentId: text('cc_env_primary'),
        cluster: ClusterSource.existing(text('cc_primary_cluster_id')),
      },
      secondary: {
        environmentId: text('cc_env_secondary'),
        cluster: ClusterSource.existing(text('cc_secondary_cluster_id')),
      },
      deletionProtection: false, // for a rehearsal; production leaves this line out
    });
    const link = new BidirectionalClusterLink(this, 'Link', {
      pair,
      linkName: 'orders-dr',
      // What other clients are allowed; the ACLs of the pair's own account are on both members, and are left alone.
      aclSync: AclSync.ofPrincipals(['User:sa-billing']),
    });
    link.mirrorTopic('orders');
    new RunbookOutput(this, 'Runbook', { pair, link });
    const { key, secret: keySecret } = pair.primary.kafkaCredentials;
    new TerraformOutput(this, 'client_api_key', { value: key });
    new TerraformOutput(this, 'client_api_secret', { value: keySecret, sensitive: true });
  }
}
