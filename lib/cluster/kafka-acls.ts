import { type Construct } from 'constructs';
import { KafkaAcl } from '../../.gen/providers/confluent/kafka-acl';
import { type DataConfluentKafkaCluster } from '../../.gen/providers/confluent/data-confluent-kafka-cluster';
import { type ApiCredentials } from './api-credentials';

/** One permission on one resource of the cluster. */
export interface AclEntry {
  /** `User:sa-…` */
  readonly principal: string;
  /** TOPIC, GROUP, CLUSTER or TRANSACTIONAL_ID. */
  readonly resourceType: string;
  readonly resourceName: string;
  /** LITERAL or PREFIXED. */
  readonly patternType: string;
  /** In Kafka's words: READ, WRITE, DESCRIBE, … */
  readonly operation: string;
}

/** Where ACLs are made: a cluster and a key that may alter it. */
export interface AclTarget {
  readonly cluster: DataConfluentKafkaCluster;
  readonly credentials: ApiCredentials;
}

/** Allows the entry from any host. */
export function allow(scope: Construct, id: string, { cluster, credentials }: AclTarget, entry: AclEntry): KafkaAcl {
  return new KafkaAcl(scope, id, {
    ...entry,
    host: '*',
    permission: 'ALLOW',
    kafkaCluster: { id: cluster.id },
    restEndpoint: cluster.restEndpoint,
    credentials,
  });
}
