import { type PairObservation } from './observation';
import { otherRole, type Role } from './role';
import { type TopicObservation } from './topic-observation';
import { writabilityOf } from './writability';

/** Why clients of a topic should not move yet, or what to mind if they do. */
export interface MoveRemark {
  readonly topic: string;
  readonly text: string;
}

/** Whether the clients may be started on a member. */
export interface ClientMove {
  readonly to: Role;
  /** `with-care`: they can work there, and somebody has to look after what the remarks say. */
  readonly may: 'yes' | 'with-care' | 'no';
  readonly remarks: readonly MoveRemark[];
}

/** Clients may move when every topic is writable there and the other side follows it as an ACTIVE mirror. */
export function clientMove({ topics }: Pick<PairObservation, 'topics'>, to: Role): ClientMove {
  if (topics.length === 0) {
    return { to, may: 'no', remarks: [{ topic: '', text: 'The pair has no topics that were seen.' }] };
  }
  const hindrances = topics.flatMap((topic) => remark(topic, hindrance(topic, to)));
  if (hindrances.length > 0) {
    return { to, may: 'no', remarks: hindrances };
  }
  const cautions = topics.flatMap((topic) => remark(topic, caution(topic, to)));
  return { to, may: cautions.length > 0 ? 'with-care' : 'yes', remarks: cautions };
}

const remark = ({ name }: TopicObservation, text?: string): MoveRemark[] =>
  text === undefined ? [] : [{ topic: name, text }];

function hindrance({ sides }: TopicObservation, to: Role): string | undefined {
  const [here, there] = [sides[to], sides[otherRole(to)]];
  switch (writabilityOf(here)) {
    case 'unknown':
      return `The ${to} does not tell about it.`;
    case 'absent':
      return `The ${to} does not have it.`;
    case 'read-only':
      return `It is still a mirror on the ${to}: ${here.kind === 'mirror' ? here.status : ''}.`;
    case 'writable':
      return here.kind === 'topic' && there.kind === 'unknown'
        ? `The ${otherRole(to)} does not tell; it may have been failed over to there.`
        : undefined;
  }
}

function caution({ sides }: TopicObservation, to: Role): string | undefined {
  const other = otherRole(to);
  const side = sides[other];
  switch (writabilityOf(side)) {
    case 'unknown':
      return `The ${other} does not tell; see to it that nobody writes there.`;
    case 'writable':
      return `The ${other} can be written to as well; see to it that nobody does.`;
    case 'absent':
      return `The ${other} does not have it, so nothing follows.`;
    case 'read-only':
      return side.kind === 'mirror' && side.status !== 'ACTIVE'
        ? `The mirror on the ${other} does not follow: ${side.status}.`
        : undefined;
  }
}
