export { type MemberReading, type MemberSource, MOST_REASONS, type ReadingScope } from './member-reader';
export { observePair, type PairSource, type SeenPair } from './observe-pair';
export { pollPair } from './poll-pair';
export { type Reading } from './reading';
