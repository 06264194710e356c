import { type ITerraformDependable, type TerraformProvider } from 'cdktf';
import { type Construct } from 'constructs';
import { type DataConfluentKafkaCluster } from '../../.gen/providers/confluent/data-confluent-kafka-cluster';
import { type KafkaAcl } from '../../.gen/providers/confluent/kafka-acl';
import { literalText } from '../synthesis/literal-text';
import { resolvedText } from '../synthesis/resolved-text';
import { type AclEntry } from './acl-entry';
import { type ApiCredentials } from './api-credentials';
import { SharedKafkaAcl } from './shared-kafka-acl';

/** Where ACLs are made: a cluster and a key that may alter it. */
export interface AclTarget {
  readonly cluster: DataConfluentKafkaCluster;
  /** The cluster in words that are the same for all who use it. */
  readonly clusterName: string;
  readonly restEndpoint: string;
  readonly credentials: ApiCredentials;
  /** What must be there before. */
  readonly dependsOn?: ITerraformDependable[];
  readonly provider?: TerraformProvider;
}

/**
 * Allows the entry from any host.
 *
 * @param principalName the principal in words that are the same wherever it is meant
 */
export function allow(
  scope: Construct,
  id: string,
  { cluster, clusterName, restEndpoint, credentials, dependsOn, provider }: AclTarget,
  entry: AclEntry,
  principalName = entry.principal,
): KafkaAcl {
  const { resourceType, resourceName, patternType, operation } = entry;
  const words = ['acl', clusterName, principalName, resourceType, resourceName, patternType, operation];
  const config = {
    ...entry,
    resourceName: literalText(entry.resourceName),
    host: '*',
    permission: 'ALLOW',
    kafkaCluster: { id: cluster.id },
    restEndpoint,
    credentials,
    dependsOn,
    provider,
  };
  return new SharedKafkaAcl(scope, id, config, resolvedText(scope, words.join(' ')));
}
