import { type MoveRemark } from '../observe/serving';

const WORDS: Readonly<Record<MoveRemark['code'], (remark: MoveRemark) => string>> = {
  'no-topics': () => 'The pair has no topics that were seen.',
  'not-told': ({ on }) => `The ${on} does not tell about it.`,
  absent: ({ on }) => `The ${on} does not have it.`,
  'read-only': ({ on, status }) => `It is still a mirror on the ${on}: ${status}.`,
  'perhaps-elsewhere': ({ on }) => `The ${on} does not tell; it may have been failed over to there.`,
  'other-unseen': ({ on }) => `The ${on} does not tell; see to it that nobody writes there.`,
  'other-writable': ({ on }) => `The ${on} can be written to as well; see to it that nobody does.`,
  'other-absent': ({ on }) => `The ${on} does not have it, so nothing follows.`,
  'not-followed': ({ on, status }) => `The mirror on the ${on} does not follow: ${status}.`,
};

/** Without the topic. */
export const moveRemarkInWords = (remark: MoveRemark): string => WORDS[remark.code](remark);
