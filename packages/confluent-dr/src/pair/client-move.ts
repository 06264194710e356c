import { type PairObservation } from './observation';
import { otherRole, type Role } from './role';
import { type TopicObservation } from './topic-observation';
import { writabilityOf } from './writability';

export const MOVE_CODES = [
  /** No topics of the pair were seen. */
  'no-topics',
  /** The member there does not tell of the topic. */
  'not-told',
  'absent',
  /** Still a mirror there. */
  'read-only',
  /** It was no mirror there, and the other member, which does not tell, may have been failed over to. */
  'perhaps-elsewhere',
  'other-unseen',
  /** Both sides can be written to. */
  'other-writable',
  'other-absent',
  /** The mirror on the other member does not follow. */
  'not-followed',
] as const;

/** Why clients of a topic should not move yet, or what to mind if they do. */
export interface MoveRemark {
  readonly code: (typeof MOVE_CODES)[number];
  /** By its name on the primary. @default - it is about none */
  readonly topic?: string;
  /** The member that it is about. @default - both */
  readonly on?: Role;
  /** Of the mirror. */
  readonly status?: string;
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
    return { to, may: 'no', remarks: [{ code: 'no-topics' }] };
  }
  const hindrances = topics.flatMap((topic) => remark(topic, hindrance(topic, to)));
  if (hindrances.length > 0) {
    return { to, may: 'no', remarks: hindrances };
  }
  const cautions = topics.flatMap((topic) => remark(topic, caution(topic, to)));
  return { to, may: cautions.length > 0 ? 'with-care' : 'yes', remarks: cautions };
}

const remark = ({ name: topic }: TopicObservation, found?: Found): MoveRemark[] =>
  found === undefined ? [] : [{ topic, ...found }];

type Found = Omit<MoveRemark, 'topic'>;

function hindrance({ sides }: TopicObservation, to: Role): Found | undefined {
  const [here, there] = [sides[to], sides[otherRole(to)]];
  switch (writabilityOf(here)) {
    case 'unknown':
      return { code: 'not-told', on: to };
    case 'absent':
      return { code: 'absent', on: to };
    case 'read-only':
      return { code: 'read-only', on: to, ...(here.kind === 'mirror' && { status: here.status }) };
    case 'writable':
      return here.kind === 'topic' && there.kind === 'unknown'
        ? { code: 'perhaps-elsewhere', on: otherRole(to) }
        : undefined;
  }
}

function caution({ sides }: TopicObservation, to: Role): Found | undefined {
  const on = otherRole(to);
  const side = sides[on];
  switch (writabilityOf(side)) {
    case 'unknown':
      return { code: 'other-unseen', on };
    case 'writable':
      return { code: 'other-writable', on };
    case 'absent':
      return { code: 'other-absent', on };
    case 'read-only':
      return side.kind === 'mirror' && side.status !== 'ACTIVE'
        ? { code: 'not-followed', on, status: side.status }
        : undefined;
  }
}
