import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import { ConfluentCloudProvider, ConfluentNetwork, NetworkAccess } from '../../lib';
import { REGION } from './standby-stack';

/** In place of `networks`: a network that is joined with one of yours, where both sides can open connections. */
export class PeeredNetworkStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    const secret = (name: string) => new TerraformVariable(this, name, { type: 'string', sensitive: true }).stringValue;
    new ConfluentCloudProvider(this, 'Confluent', {
      cloudApiKey: secret('cc_cloud_api_key'),
      cloudApiSecret: secret('cc_cloud_api_secret'),
    });
    const network = new ConfluentNetwork(this, 'Network', {
      environmentId: text('cc_env_secondary'),
      region: REGION,
      access: NetworkAccess.peering({
        cidr: '10.10.0.0/16',
        tenantId: text('tenant_id'),
        virtualNetworkId: text('virtual_network_id'),
      }),
    });
    new TerraformOutput(this, 'network_id', { value: network.networkId });
  }
}
