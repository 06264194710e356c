import { type Acl } from './acls';
import { type Log } from './log';
import { type ClusterKind } from '../words';

export interface KafkaCluster {
  readonly id: string;
  readonly environmentId: string;
  readonly createdAt: number;
  readonly availability: string;
  readonly cloud: string;
  readonly region: string;
  readonly networkId?: string;
  readonly bootstrapHost: string;
  /** From then on it is PROVISIONED. */
  readonly readyAt: number;
  displayName: string;
  kind: ClusterKind;
  /** Dedicated clusters only. */
  cku?: number;
  /** Of the others: to how many eCKU it may grow by itself. */
  maxEcku?: number;
  deletionProtection?: boolean;
  readonly topics: Map<string, Topic>;
  /** Only grows: to take some away is to put another list in its place. */
  acls: Acl[];
  readonly consumerGroups: Map<string, ConsumerGroup>;
}

export interface Topic {
  readonly name: string;
  /** Another topic of the same name has another one. */
  readonly id: string;
  readonly replicationFactor: number;
  /** What was set, without the defaults. */
  readonly settings: Map<string, string>;
  /** One log a partition. */
  readonly partitions: Log[];
}

export interface ConsumerGroup {
  readonly id: string;
  /** Topic to the next offset of each partition. */
  readonly offsets: Map<string, number[]>;
  /** Those that a link brought and the brokers do not have yet: topic to offsets by partition. */
  readonly toCommit?: Map<string, Map<number, number>>;
  /** When somebody last consumed with it; never for offsets that a link brought. */
  lastReadAt?: number;
}
