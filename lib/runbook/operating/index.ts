export { ALL_PARTITIONS } from './ask';
export { MACHINE_CLOCK, type OperatingClock } from './clock';
export { type Deed, type DeedOutcome } from './deed';
export { operate } from './operation';
export { type OperatingEvent, type OperatingListener } from './operating-event';
export { DEFAULT_PATIENCE, type Patience } from './patience';
export { propose, type Proposal, type StepPreview } from './propose';
export { totalOf } from './record-counts';
export { type Askable, type Confirm, type Ending, type Obstacle, type Question, type Undertaking } from './undertaking';
