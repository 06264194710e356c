export { type Brokers, type BrokersCloud } from './brokers';
export { startCloud, type Cloud, type CloudOptions } from './cloud';
export { type Event } from './event-log';
export { addFault, removeFault, type Fault, type FaultSpec } from './model/faults';
export { type CloudState } from './model/state';
export { DEFAULT_TIMING, type Timing } from './model/timing';
export { type MemberNames, type Sample, type SampleMember, type SampleNames } from './sample';
