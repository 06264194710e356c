import { type ProviderDefinition } from '../resource-type';
import { apiKey } from './control-plane/api-key';
import { environment, environmentData } from './control-plane/environment';
import { kafkaCluster, kafkaClusterData } from './control-plane/kafka-cluster';
import {
  network,
  peering,
  privateLinkAccess,
  privateLinkAttachment,
  privateLinkAttachmentConnection,
} from './control-plane/network';
import { roleBinding } from './control-plane/role-binding';
import { schemaRegistryClusterData } from './control-plane/schema-registry-cluster';
import { serviceAccount, serviceAccountData } from './control-plane/service-account';
import { clusterLink, clusterLinkData } from './data-plane/cluster-link';
import { kafkaAcl } from './data-plane/kafka-acl';
import { kafkaMirrorTopic } from './data-plane/kafka-mirror-topic';
import { kafkaTopic, kafkaTopicData } from './data-plane/kafka-topic';
import { schemaExporter } from './data-plane/schema-exporter';
import { type ConfluentOptions, Session } from './session';

/** Imitates confluentinc/confluent 2.83: the same requests in the same order, to a simulated cloud. */
export function confluent(options: ConfluentOptions): ProviderDefinition<Session> {
  return {
    source: 'registry.terraform.io/confluentinc/confluent',
    schemaFile: 'confluent.json',
    configure: (config) => new Session(config, options),
    resources: {
      confluent_api_key: apiKey,
      confluent_cluster_link: clusterLink,
      confluent_environment: environment,
      confluent_kafka_acl: kafkaAcl,
      confluent_kafka_cluster: kafkaCluster,
      confluent_kafka_mirror_topic: kafkaMirrorTopic,
      confluent_kafka_topic: kafkaTopic,
      confluent_network: network,
      confluent_peering: peering,
      confluent_private_link_access: privateLinkAccess,
      confluent_private_link_attachment: privateLinkAttachment,
      confluent_private_link_attachment_connection: privateLinkAttachmentConnection,
      confluent_role_binding: roleBinding,
      confluent_schema_exporter: schemaExporter,
      confluent_service_account: serviceAccount,
    },
    dataSources: {
      confluent_cluster_link: clusterLinkData,
      confluent_environment: environmentData,
      confluent_kafka_cluster: kafkaClusterData,
      confluent_kafka_topic: kafkaTopicData,
      confluent_schema_registry_cluster: schemaRegistryClusterData,
      confluent_service_account: serviceAccountData,
    },
  };
}
