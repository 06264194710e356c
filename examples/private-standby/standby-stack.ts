import { TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  BidirectionalClusterLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  LinkConnection,
  RunbookOutput,
} from '../../lib';

export const REGION = 'northeurope';

/** A public primary that is there, and a standby in a private network, which is the one that connects. */
export class StandbyStack extends TerraformStack {
  constructor(scope: Construct, id: 'enterprise' | 'dedicated') {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    const secret = (name: string) => new TerraformVariable(this, name, { type: 'string', sensitive: true }).stringValue;
    new ConfluentCloudProvider(this, 'Confluent', {
      cloudApiKey: secret('cc_cloud_api_key'),
      cloudApiSecret: secret('cc_cloud_api_secret'),
    });
    const pair = new ConfluentClusterPair(this, 'Pair', {
      serviceAccountId: text('cc_service_account'),
      primary: {
        environmentId: text('cc_env_primary'),
        cluster: ClusterSource.existing(text('cc_primary_cluster_id')),
      },
      secondary: {
        environmentId: text('cc_env_secondary'),
        cluster:
          id === 'enterprise'
            ? ClusterSource.enterprise({ region: REGION, maxEcku: 4 })
            : ClusterSource.dedicated({ region: REGION, networkId: text('network_id') }),
      },
      deletionProtection: false, // for a rehearsal; production leaves this line out
    });
    const link = new BidirectionalClusterLink(this, 'Link', {
      pair,
      linkName: 'orders-dr',
      connection: LinkConnection.fromSecondary(),
    });
    link.mirrorTopic('orders');
    new RunbookOutput(this, 'Runbook', { pair, link });
  }
}
