import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import { ConfluentCloudProvider, ConfluentNetwork, NetworkAccess, PrivateLinkAttachment } from '../../lib';
import { REGION } from './standby-stack';

/** The ways into both kinds of private clusters. Terraform must be able to go them before it makes anything in a cluster. */
export class NetworksStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const text = (name: string) => new TerraformVariable(this, name, { type: 'string' }).stringValue;
    const secret = (name: string) => new TerraformVariable(this, name, { type: 'string', sensitive: true }).stringValue;
    new ConfluentCloudProvider(this, 'Confluent', {
      cloudApiKey: secret('cc_cloud_api_key'),
      cloudApiSecret: secret('cc_cloud_api_secret'),
    });
    const environmentId = text('cc_env_secondary');
    const network = new ConfluentNetwork(this, 'Network', {
      environmentId,
      region: REGION,
      access: NetworkAccess.privateLink([text('subscription_id')]),
    });
    new TerraformOutput(this, 'network_id', { value: network.networkId });
    new TerraformOutput(this, 'dedicated_domain', { value: network.dnsDomain });
    new TerraformOutput(this, 'dedicated_aliases', { value: network.privateLinkServiceAliases });
    const attachment = new PrivateLinkAttachment(this, 'Attachment', {
      environmentId,
      region: REGION,
      privateEndpointIds: this.node.tryGetContext('privateEndpointIds') as string[] | undefined,
    });
    new TerraformOutput(this, 'enterprise_domain', { value: attachment.dnsDomain });
    new TerraformOutput(this, 'enterprise_alias', { value: attachment.privateLinkServiceAlias });
  }
}
