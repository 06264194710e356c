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
export { type MemberObservation, type PairObservation, type UnmirroredTopic } from './observation';
export { otherRole, type Role, ROLES } from './role';
export {
  type MirrorObservation,
  type PartitionLag,
  type SideOfTopic,
  topicNameOn,
  type TopicObservation,
} from './topic-observation';
export { type ClientMove, clientMove, MOVE_CODES, type MoveRemark } from './client-move';
export { type Serving, servingOf, servingOfPair } from './serving';
export { type Situation, situationName, situationOf, type SituationOptions } from './situation';
export { CLOCK_TOLERANCE_MS, newerStopped } from './stop-order';
export { type Writability, writabilityOf } from './writability';
