import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  BidirectionalClusterLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  type IClusterMember,
  RunbookOutput,
} from '../../lib';

/** The pair, its links and topics: applied in normal times. Its outputs are what the proxy's stack is told once. */
export class ClustersStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
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
        cluster: ClusterSource.existing(text('cc_secondary_cluster_id')),
      },
    });
    const link = new BidirectionalClusterLink(this, 'Link', { pair, linkName: 'orders-dr' });
    link.mirrorTopic('orders');
    new RunbookOutput(this, 'Runbook', { pair, link });

    new TerraformOutput(this, 'primary_endpoints', { value: endpointsOf(pair.primary) });
    new TerraformOutput(this, 'secondary_endpoints', { value: endpointsOf(pair.secondary) });
  }
}

function endpointsOf({ bootstrapEndpoint, schemaRegistryEndpoint }: IClusterMember): Record<string, string> {
  return { bootstrap: bootstrapEndpoint, schema_registry: schemaRegistryEndpoint };
}
