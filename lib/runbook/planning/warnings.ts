import { type PairObservation, type Role, ROLES, type TopicObservation } from '../pair';
import { type TopicNote, type Warning } from './plan';

/** What does not stand in the way of the operations, and will cost something later. */
export function warningsOf({ members }: PairObservation): Warning[] {
  return ROLES.flatMap((role) => {
    const { link } = members[role];
    return link.kind === 'link'
      ? link.tasks
          .filter(({ state }) => state === 'IN_ERROR')
          .map((task) => taskWarning(role, link.name, task.name, task.errors.map(({ message }) => message).join('; ')))
      : [];
  });
}

const CURES: Readonly<Record<string, string>> = {
  AclSync:
    "Mend acl.filters of the link, and see that its key may read ACLs on the other side; until then the clients' ACLs may be missing after a failover.",
  AutoCreateMirror: 'Mend auto.create.mirror.topics.filters of the link; until then new topics have no mirrors.',
  ConsumerOffsetSync:
    'Mend consumer.offset.group.filters of the link; until then consumers begin where they were last synced, or anew.',
};

function taskWarning(role: Role, link: string, task: string, told: string): Warning {
  return {
    cause: `Task ${task} of link ${link} on the ${role} is IN_ERROR: ${told || 'no error is told'}.`,
    cure: CURES[task] ?? "Look at the link's settings, and at what its key may do on the other side.",
  };
}

/** Remarks about a topic that hold whatever is done about it. */
export function topicNotes({ name, sides }: TopicObservation): TopicNote[] {
  const { primary, secondary } = sides;
  const notes: string[] = [];
  if ('partitions' in primary && 'partitions' in secondary && primary.partitions !== secondary.partitions) {
    notes.push(`It has ${primary.partitions} partitions on the primary and ${secondary.partitions} on the secondary.`);
  }
  for (const role of ROLES) {
    const side = sides[role];
    if (side.kind === 'mirror' && side.error !== undefined) {
      notes.push(`The mirror on the ${role} tells the error ${side.error}.`);
    }
  }
  return notes.map((text) => ({ topic: name, text }));
}
