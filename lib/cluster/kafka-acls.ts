import { type Construct } from 'constructs';
import { KafkaAcl } from '../../.gen/providers/confluent/kafka-acl';
import { type DataConfluentKafkaCluster } from '../../.gen/providers/confluent/data-confluent-kafka-cluster';
import { literalText } from '../literal-text';
import { type AclEntry } from './acl-entry';
import { type ApiCredentials } from './api-credentials';

/** Where ACLs are made: a cluster and a key that may alter it. */
export interface AclTarget {
  readonly cluster: DataConfluentKafkaCluster;
  readonly credentials: ApiCredentials;
}

/** Allows the entry from any host. */
export function allow(scope: Construct, id: string, { cluster, credentials }: AclTarget, entry: AclEntry): KafkaAcl {
  return new KafkaAcl(scope, id, {
    ...entry,
    resourceName: literalText(entry.resourceName),
    host: '*',
    permission: 'ALLOW',
    kafkaCluster: { id: cluster.id },
    restEndpoint: cluster.restEndpoint,
    credentials,
  });
}
