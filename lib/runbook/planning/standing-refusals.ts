import { type TopicContext } from './topic-context';
import { refusal, type Refusal } from './refusal';

/** Refusals of situations in which neither procedure can help. */
export function foreignMirror({ topic }: TopicContext, on: 'primary' | 'secondary'): Refusal {
  const side = topic.sides[on];
  const source = side.kind === 'mirror' ? `${side.sourceTopicName} by link ${side.linkName}` : 'something else';
  return refusal(
    'foreign-mirror',
    `Topic ${side.topicName} on the ${on} is a mirror of ${source}, not of this pair's topic.`,
    'Leave it out, or make its mirror anew by the link of this pair.',
  );
}

export function notMirrored({ topic }: TopicContext): Refusal {
  const { primary, secondary } = topic.sides;
  const both = primary.kind !== 'absent' && secondary.kind !== 'absent';
  return both
    ? refusal(
        'not-mirrored',
        `Topic ${topic.name} is there on both sides, and neither is a mirror of the other.`,
        'Leave it out; or keep one of the two, delete the other after saving what only it has, and make the mirror anew.',
      )
    : refusal(
        'topic-elsewhere-only',
        `Topic ${topic.name} is on the ${primary.kind === 'absent' ? 'secondary' : 'primary'} only, without a mirror.`,
        'Deploy its mirror first, or leave it out.',
      );
}

export function absentOnTarget({ topic, target }: TopicContext): Refusal {
  return refusal(
    'topic-elsewhere-only',
    `Topic ${topic.sides[target].topicName} does not exist on the ${target}.`,
    `Make it a mirror on the ${target} first, or leave it out.`,
  );
}

export function missing({ topic }: TopicContext): Refusal {
  return refusal('topic-missing', `Topic ${topic.name} is on neither side.`, 'Check its name, or leave it out.');
}

export function bothStopped({ topic }: TopicContext): Refusal {
  return refusal(
    'both-stopped',
    `Topic ${topic.name} stopped mirroring on both sides, and the times do not tell which side did so last.`,
    'Compare the records of both sides, and name the side whose records count (keep).',
  );
}
