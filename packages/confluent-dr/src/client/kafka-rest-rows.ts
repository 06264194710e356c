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
