export { type Ending, run } from './cli/main';
export { type RunningLab, runningLab } from './cli/faults';
