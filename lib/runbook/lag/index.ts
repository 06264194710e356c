export { type GroupPosition, type GroupReadings, type GroupTopicLag, type PartitionPositions } from './group-lag';
export { type GroupReading, type GroupScope, readGroups } from './group-reader';
export { type LagReport, lagReport, type LagScope, type Untold, UNTOLD_CODES } from './lag-report';
export { readPairGroups } from './pair-groups';
export { type PartitionDistance, type TopicLag, topicLag } from './topic-lag';
