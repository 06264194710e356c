/** Why nothing is done about something; the codes are part of the tool's output. */
export const REFUSAL_CODES = [
  'acls-missing',
  'active-answers',
  'active-declines',
  'both-mirrors',
  'both-stopped',
  'foreign-mirror',
  'link-absent',
  'link-different',
  'link-failed',
  'link-paused',
  'link-prefix',
  'link-unavailable',
  'link-unknown',
  'member-away',
  'member-declines',
  'mirror-failed',
  'no-topics',
  'not-mirrored',
  'source-missing',
  'source-unavailable',
  'topic-elsewhere-only',
  'topic-missing',
  'topic-unknown',
  'transition-blocked',
  'truncation-not-allowed',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What is in the way, and what to do about it, in full sentences. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly cause: string;
  readonly cure: string;
}

export interface TopicRefusal extends Refusal {
  /** The topic's name on the primary; undefined if it is not about one topic. */
  readonly topic?: string;
}

export const refusal = (code: RefusalCode, cause: string, cure: string): Refusal => ({ code, cause, cure });
