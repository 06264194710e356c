import { type Role } from '../pair/role';
import { refusal, type Refusal } from './refusal';
import { otherThanTarget, type TopicContext } from './topic-context';

/** Refusals of situations in which neither procedure can help. */
export function foreignMirror({ topic }: TopicContext, on: Role): Refusal {
  const side = topic.sides[on];
  const source = side.kind === 'mirror' ? { topic: side.sourceTopicName, link: side.linkName } : undefined;
  return refusal('foreign-mirror', { on, ...(source && { source }) });
}

export function notMirrored({ topic }: TopicContext): Refusal {
  const { primary, secondary } = topic.sides;
  return primary.kind !== 'absent' && secondary.kind !== 'absent'
    ? refusal('not-mirrored', {})
    : refusal('topic-elsewhere-only', { onlyOn: primary.kind === 'absent' ? 'secondary' : 'primary' });
}

export const absentOnTarget = (context: TopicContext): Refusal =>
  refusal('topic-elsewhere-only', { onlyOn: otherThanTarget(context), target: context.target });

export const missing = (): Refusal => refusal('topic-missing', {});

export const bothStopped = (): Refusal => refusal('both-stopped', {}, 'keep');
