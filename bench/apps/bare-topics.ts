import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { KafkaMirrorTopic } from '../../.gen/providers/confluent/kafka-mirror-topic';
import { KafkaTopic } from '../../.gen/providers/confluent/kafka-topic';
import { ConfluentProvider } from '../../.gen/providers/confluent/provider';

/** The topics and mirrors of `topics.ts`, by the generated bindings alone. */
const count = Number(process.argv[2]);
const app = new App();
const stack = new TerraformStack(app, 'topics');
new ConfluentProvider(stack, 'Confluent');
const [key, secret] = ['key', 'secret'].map(
  (name) => new TerraformVariable(stack, name, { sensitive: true }).stringValue,
);
const clusterOf = (id: string) => ({
  kafkaCluster: { id },
  restEndpoint: `https://${id}.westeurope.azure.confluent.cloud:443`,
  credentials: { key, secret },
});
for (let number = 0; number < count; number += 1) {
  const topic = new KafkaTopic(stack, `Topic-${number}`, {
    ...clusterOf('lkc-aaaaa'),
    topicName: `topic-${number}`,
    lifecycle: { preventDestroy: true, ignoreChanges: ['partitions_count', 'config'] },
  });
  const { restEndpoint, ...cluster } = clusterOf('lkc-bbbbb');
  new KafkaMirrorTopic(stack, `Mirror-${number}`, {
    sourceKafkaTopic: { topicName: topic.topicName },
    clusterLink: { linkName: 'bench' },
    kafkaCluster: { ...cluster.kafkaCluster, restEndpoint, credentials: cluster.credentials },
    lifecycle: { preventDestroy: true, ignoreChanges: ['status'] },
  });
}
app.synth();
