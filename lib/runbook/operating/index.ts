export { ALL_PARTITIONS } from './ask';
export { MACHINE_CLOCK, type OperatingClock } from './clock';
export { type OperationAttempt, type AttemptOutcome } from './operation-attempt';
export { operate } from './operation';
export { type OperatingEvent, type OperatingListener } from './operating-event';
export { DEFAULT_TIMEOUTS, type OperationTimeouts } from './operation-timeouts';
export { propose, type Proposal } from './propose';
export { type StepPreview } from './validation';
export { totalOf } from './record-counts';
export {
  type Askable,
  type Confirm,
  type Ending,
  type Obstacle,
  type OperationRun,
  type Question,
  type TopicObstacle,
  type TrafficPolicy,
} from './operation-run';
