export {
  type ActivityRun,
  type Experiment,
  type Journal,
  type JournalNote,
  type JournalStatus,
  type LossTarget,
} from './journal';
export { writeJournal } from './journal-file';
export {
  type DrillRequest,
  experimentOf,
  type ExperimentWords,
  type Phase,
  type PhaseQuestion,
  phasesOf,
} from './phases';
export { type EarlierDrill, earlierDrillOf, type Left, phasesLeft } from './resume';
export { Recorder, type Result } from './recorder';
export { type Drill, type DrillActions, type DrillEvent, type DrillTraffic, runDrill } from './run-drill';
export { missedTargets, type TrafficTarget } from './targets';
export { type Loss, type Recovery, servedThroughBlock, type Traffic, trafficOf } from './traffic';
