export { type DataPlane, type Presence, presenceOf } from './data-plane';
export {
  type LinkObservation,
  type LinkSide,
  type LinkState,
  type LinkTask,
  type LinkTaskState,
  type ReportedError,
} from './link-observation';
export { isPending, MIRROR_STATUSES, type MirrorStatus, PENDING_STATUSES, type PendingStatus } from './mirror-status';
export { type MemberObservation, type PairObservation } from './observation';
export { otherRole, type Role, ROLES } from './role';
export {
  type MirrorObservation,
  type PartitionLag,
  type SideOfTopic,
  topicNameOn,
  type TopicObservation,
} from './topic-observation';
