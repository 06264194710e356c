export { type ActivityRun, type Experiment, type Journal, type JournalStatus } from './journal';
export { writeJournal } from './journal-file';
export { type DrillRequest, experimentOf, type Phase, phasesOf } from './phases';
export { type EarlierDrill, earlierDrillOf, type Left, phasesLeft } from './resume';
export { Recorder, type Result } from './recorder';
export { type Drill, type DrillActions, type DrillEvent, runDrill } from './run-drill';
