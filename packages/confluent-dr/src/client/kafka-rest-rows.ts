import { type components } from './kafka-rest-types';

type Schemas = components['schemas'];

/** Rows of Kafka REST's answers, under the names that the API has for their fields. */
export type TopicRow = Schemas['TopicData'];
export type TopicConfigRow = Schemas['TopicConfigData'];
export type AclRow = Schemas['AclData'];
export type LinkRow = Schemas['ListLinksResponseData'];
export type LinkTaskRow = Schemas['LinkTask'];
export type LinkConfigRow = Schemas['ListLinkConfigsResponseData'];
export type MirrorRow = Schemas['ListMirrorTopicsResponseData'];
export type MirrorLagRow = Schemas['MirrorLag'];
export type OperationRow = Schemas['AlterMirrorStatusResponseData'];

/** An ACL to be created. */
export type Acl = Schemas['CreateAclRequestData'];
/** Which ACLs to list; a field that is left out matches any. */
export type AclFilter = Partial<Pick<AclRow, 'resource_name' | 'principal' | 'host'>> & {
  readonly resource_type?: Schemas['AclResourceType'];
  readonly pattern_type?: Schemas['AclPatternType'];
  readonly operation?: Schemas['AclOperation'];
  readonly permission?: Schemas['AclPermission'];
};

/**
 * Consumer groups as Kafka REST v3 tells of them, under the names that the API has for their fields. Written by hand:
 * the part of the API's document that all other rows are generated from has no consumer groups.
 */
export interface ConsumerGroupRow {
  readonly cluster_id: string;
  readonly consumer_group_id: string;
  readonly is_simple: boolean;
  readonly partition_assignor: string;
  /** `UNKNOWN`, `PREPARING_REBALANCE`, `COMPLETING_REBALANCE`, `STABLE`, `DEAD`, `EMPTY`, or a newer one. */
  readonly state: string;
}

/** How far a group is behind on one partition that it has an offset of. */
export interface ConsumerLagRow {
  readonly cluster_id: string;
  readonly consumer_group_id: string;
  readonly topic_name: string;
  readonly partition_id: number;
  /** The offset that the group reads next. */
  readonly current_offset: number;
  readonly log_end_offset: number;
  readonly lag: number;
  /** Empty where nobody consumes the partition. */
  readonly consumer_id: string;
  readonly instance_id?: string | null;
  readonly client_id: string;
}
