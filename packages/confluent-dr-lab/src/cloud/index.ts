export { type Brokers, type BrokersCloud } from './brokers';
export { startCloud, type Cloud, type CloudOptions } from './cloud';
export { type Event } from './event-log';
export { addFault, removeFault, type Fault, type FaultSpec } from './state';
export { type CloudState } from './state';
export { DEFAULT_TIMING, type Timing } from './timing';
export { type MemberNames, type Sample, type SampleMember, type SampleNames } from './sample';
