/** The closed sets of words that Confluent Cloud answers with. */

export const MIRROR_STATUSES = [
  'ACTIVE',
  'FAILED',
  'LINK_FAILED',
  'LINK_PAUSED',
  'PAUSED',
  'PENDING_STOPPED',
  'SOURCE_UNAVAILABLE',
  'STOPPED',
  'PENDING_MIRROR',
  'PENDING_SYNCHRONIZE',
  'PENDING_SETUP_FOR_RESTORE',
  'PENDING_RESTORE',
] as const;
export type MirrorStatus = (typeof MIRROR_STATUSES)[number];

export const MIRROR_OPERATIONS = [
  'promote',
  'failover',
  'pause',
  'resume',
  'reverse-and-start-mirror',
  'reverse-and-pause-mirror',
  'truncate-and-restore',
] as const;
export type MirrorOperation = (typeof MIRROR_OPERATIONS)[number];

export type MirrorTopicError =
  'NO_ERROR' | 'SOURCE_TOPIC_MAY_BE_DELETED' | 'SOURCE_TOPIC_ID_CHANGED' | 'UNEXPECTED_TRUNCATION' | 'ILLEGAL_STATE';

export type LinkState = 'ACTIVE' | 'FAILED' | 'UNAVAILABLE' | 'PAUSED';
export type LinkError = 'NO_ERROR' | 'AUTHENTICATION_ERROR' | 'BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR';
export type LinkMode = 'BIDIRECTIONAL' | 'DESTINATION' | 'SOURCE';

export const LINK_TASKS = ['AclSync', 'AutoCreateMirror', 'ConsumerOffsetSync', 'TopicConfigsSync'] as const;
export type LinkTaskName = (typeof LINK_TASKS)[number];
export type LinkTaskState =
  'ACTIVE' | 'IN_ERROR' | 'NOT_CONFIGURED' | 'LINK_FAILED' | 'LINK_UNAVAILABLE' | 'LINK_PAUSED';

export const ACL_RESOURCE_TYPES = ['TOPIC', 'GROUP', 'CLUSTER', 'TRANSACTIONAL_ID', 'DELEGATION_TOKEN'] as const;
export const ACL_PATTERN_TYPES = ['LITERAL', 'PREFIXED'] as const;
export const ACL_PERMISSIONS = ['ALLOW', 'DENY'] as const;
export const ACL_OPERATIONS = [
  'ALL',
  'READ',
  'WRITE',
  'CREATE',
  'DELETE',
  'ALTER',
  'DESCRIBE',
  'CLUSTER_ACTION',
  'DESCRIBE_CONFIGS',
  'ALTER_CONFIGS',
  'IDEMPOTENT_WRITE',
] as const;
export type AclOperation = (typeof ACL_OPERATIONS)[number];

export type ExporterState = 'STARTING' | 'RUNNING' | 'PAUSED' | 'ERROR';
export type StreamGovernancePackage = 'ESSENTIALS' | 'ADVANCED';
export type ClusterKind = 'Basic' | 'Standard' | 'Enterprise' | 'Dedicated' | 'Freight';
