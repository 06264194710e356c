/** The parts that all answers of Kafka REST have in common. */

export interface Metadata {
  readonly self: string;
  readonly resource_name: string | null;
}

export function metadata(base: string, path: string, resourceName: string | null = null): Metadata {
  return { self: `${base}${path}`, resource_name: resourceName };
}

/** Lists are whole: Kafka REST has no pages. */
export function list<T>(kind: string, self: string, data: T[]): object {
  return { kind, metadata: { self, next: null }, data };
}

export const clusterCrn = (clusterId: string): string => `crn:///kafka=${clusterId}`;

export function clusterData(base: string, clusterId: string): object {
  const related = (path: string): object => ({ related: `${base}${path}` });
  return {
    kind: 'KafkaCluster',
    metadata: metadata(base, '', clusterCrn(clusterId)),
    cluster_id: clusterId,
    controller: related('/brokers/0'),
    acls: related('/acls'),
    brokers: related('/brokers'),
    broker_configs: related('/broker-configs'),
    consumer_groups: related('/consumer-groups'),
    topics: related('/topics'),
    partition_reassignments: related('/topics/-/partitions/-/reassignment'),
  };
}
