export { changesBetween } from './changes';
export { type Concern } from './concerns';
export { type Exporters, type MemberStatus } from './member-status';
export { type PairStatus, pairStatus, type StatusSource } from './pair-status';
export { isSteady, type TopicStatus } from './topic-status';
