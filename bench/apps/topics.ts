import { App, TerraformStack } from 'cdktf';
import { BidirectionalClusterLink, ClusterSource, ConfluentCloudProvider, ConfluentClusterPair } from '../../lib';

/** As many mirrored topics as the command line says. */
const count = Number(process.argv[2]);
const app = new App();
const stack = new TerraformStack(app, 'topics');
new ConfluentCloudProvider(stack, 'Confluent');
const pair = new ConfluentClusterPair(stack, 'Pair', {
  serviceAccountId: 'sa-abc123',
  primary: { environmentId: 'env-a1', cluster: ClusterSource.existing('lkc-aaaaa') },
  secondary: { environmentId: 'env-b1', cluster: ClusterSource.existing('lkc-bbbbb') },
});
const link = new BidirectionalClusterLink(stack, 'Link', { pair, linkName: 'bench' });
for (let number = 0; number < count; number += 1) {
  link.mirrorTopic(`topic-${number}`);
}
app.synth();
