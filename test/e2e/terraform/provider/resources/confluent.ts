import { type DataSourceBehaviour, type ProviderBehaviour } from '../planning/behaviour';
import { isObject } from '../schema/value';
import { apiKey, kafkaCluster, roleBinding } from './confluent-control-plane';
import { clusterLink, kafkaAcl, kafkaMirrorTopic, kafkaTopic, schemaExporter } from './confluent-data-plane';
import { blockId, clusterAttributes, environmentAttributes, registryAttributes } from './confluent-names';

/** Where clusters and registries lie that this cloud did not create itself. */
const homeRegion = 'westeurope';

const cluster: DataSourceBehaviour = {
  read: ({ id, environment }, cloud) => {
    const created = cloud.get('confluent_kafka_cluster', id as string);
    return isObject(created)
      ? created
      : {
          ...clusterAttributes(id as string, blockId(environment), homeRegion),
          display_name: `cluster-${id as string}`,
          availability: 'SINGLE_ZONE',
          cloud: 'AZURE',
          region: homeRegion,
          dedicated: [{ cku: 2, encryption_key: '', zones: ['1'] }],
        };
  },
};

/** Imitates confluentinc/confluent, as far as plan and apply of the types in use go. */
export const confluent: ProviderBehaviour = {
  resources: {
    confluent_api_key: apiKey,
    confluent_cluster_link: clusterLink,
    confluent_kafka_acl: kafkaAcl,
    confluent_kafka_cluster: kafkaCluster,
    confluent_kafka_mirror_topic: kafkaMirrorTopic,
    confluent_kafka_topic: kafkaTopic,
    confluent_role_binding: roleBinding,
    confluent_schema_exporter: schemaExporter,
  },
  dataSources: {
    confluent_environment: { read: ({ id }) => environmentAttributes(id as string) },
    confluent_kafka_cluster: cluster,
    confluent_schema_registry_cluster: {
      read: ({ environment }) => registryAttributes(blockId(environment), homeRegion),
    },
    confluent_service_account: {
      read: ({ id }) => ({
        id,
        display_name: `account-${id as string}`,
        description: '',
        api_version: 'iam/v2',
        kind: 'ServiceAccount',
      }),
    },
  },
};
