export { type MemberReading, type MemberSource, MOST_REASONS, type ReadingScope } from './member-reader';
export { observePair, type PairSource, type SeenPair } from './observe-pair';
export { PATIENCE_MS, type Patience, type PatienceMs } from './patience';
export { pollPair } from './poll-pair';
export { type Reading } from './reading';
