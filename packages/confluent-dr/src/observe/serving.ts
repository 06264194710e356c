import {
  otherRole,
  type PairObservation,
  type Role,
  ROLES,
  type SideOfTopic,
  type TopicObservation,
} from './pair-observation';

/** Whether clients can write to the topic on that member now. A mirror is read-only until it is STOPPED. */
export type Writability = 'writable' | 'read-only' | 'absent' | 'unknown';

export function writabilityOf(side: SideOfTopic): Writability {
  switch (side.kind) {
    case 'topic':
      return 'writable';
    case 'mirror':
      return side.status === 'STOPPED' ? 'writable' : 'read-only';
    case 'absent':
    case 'unknown':
      return side.kind;
  }
}

/**
 * Where clients can write to a topic now. `both` is a split brain unless no client writes to one of them; `unknown`
 * where a member that does not tell may be the one.
 */
export type Serving = Role | 'nobody' | 'both' | 'unknown';

/**
 * A stopped mirror serves even if the other member does not tell: that is what an unplanned failover is for. A topic that
 * never was a mirror may have been failed over to the other side since.
 */
export function servingOf({ sides }: TopicObservation): Serving {
  const writable = ROLES.filter((role) => writabilityOf(sides[role]) === 'writable');
  if (writable.length === 2) {
    return 'both';
  }
  if (ROLES.every((role) => sides[role].kind !== 'unknown')) {
    return writable[0] ?? 'nobody';
  }
  const turned = writable.find((role) => sides[role].kind === 'mirror');
  return turned ?? 'unknown';
}

/** Who serves the whole pair: `mixed` where not all topics are served alike, `nobody` where there are no topics. */
export function servingOfPair({ topics }: Pick<PairObservation, 'topics'>): Serving | 'mixed' {
  const [first = 'nobody', ...others] = new Set(topics.map(servingOf));
  return others.length === 0 ? first : 'mixed';
}

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
