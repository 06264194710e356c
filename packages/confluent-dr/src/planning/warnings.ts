import { type PairObservation } from '../pair/observation';
import { ROLES } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';
import { type Note, type TopicNote, type Warning } from './plan';

/** What does not stand in the way of the operations, and will cost something later. */
export function warningsOf({ members, unmirrored = [] }: PairObservation): Warning[] {
  const tasks = ROLES.flatMap((on) => {
    const { link } = members[on];
    const broken = link.kind === 'link' ? link.tasks.filter(({ state }) => state === 'IN_ERROR') : [];
    return broken.map(({ name: task, errors }) => ({
      code: 'task-in-error' as const,
      on,
      link: link.kind === 'link' ? link.name : '',
      task,
      errors: errors.map(({ message }) => message),
    }));
  });
  return unmirrored.length === 0
    ? tasks
    : [{ code: 'unmirrored', topics: unmirrored.map(({ name }) => name) }, ...tasks];
}

/** Remarks about a topic that hold whatever is done about it. */
export function topicNotes({ name, sides }: TopicObservation): TopicNote[] {
  const { primary, secondary } = sides;
  const notes: Note[] = [];
  if ('partitions' in primary && 'partitions' in secondary && primary.partitions !== secondary.partitions) {
    const partitions = { primary: primary.partitions, secondary: secondary.partitions };
    notes.push({ code: 'partitions-differ', partitions });
  }
  for (const on of ROLES) {
    const side = sides[on];
    if (side.kind === 'mirror' && side.error !== undefined) {
      notes.push({ code: 'mirror-error', on, error: side.error });
    }
  }
  return notes.map((note) => ({ topic: name, ...note }));
}
