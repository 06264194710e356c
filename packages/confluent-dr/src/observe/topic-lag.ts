import {
  type MirrorObservation,
  otherRole,
  type Role,
  ROLES,
  type SideOfTopic,
  type TopicObservation,
} from './pair-observation';

export interface PartitionDistance {
  readonly partition: number;
  /** Records of the source that the mirror does not have, as far as the mirror knows. */
  readonly records: number;
}

/** How far the mirror of a topic is behind its source. */
export interface TopicLag {
  /** By its name on the primary. */
  readonly topic: string;
  /**
   * - `measured`: a mirror follows
   * - `frozen`: the mirror has stopped; the numbers are from when it did, or there are none
   * - `unknown`: the member of the mirror does not tell
   * - `none`: there is no mirror
   */
  readonly kind: 'measured' | 'frozen' | 'unknown' | 'none';
  /** The member that has the mirror. */
  readonly mirrorOn?: Role;
  /** Of the mirror. */
  readonly status?: string;
  /** Over all partitions; undefined where it is not known of each. */
  readonly records?: number;
  readonly partitions: readonly PartitionDistance[];
}

export function topicLag({ name: topic, sides }: TopicObservation): TopicLag {
  const following = ROLES.find((role) => isMirror(sides[role], false));
  if (following) {
    return mirrorLag(topic, following, sides[following]);
  }
  if (ROLES.some((role) => sides[role].kind === 'unknown')) {
    return { topic, kind: 'unknown', partitions: [] };
  }
  const stopped = ROLES.filter((role) => isMirror(sides[role], true));
  return stopped.length === 1
    ? mirrorLag(topic, stopped[0], sides[stopped[0]])
    : { topic, kind: stopped.length === 0 ? 'none' : 'frozen', partitions: [] };
}

/** The names of a topic on both members. */
export const namesOf = ({ sides }: TopicObservation): Readonly<Record<Role, string>> => ({
  primary: sides.primary.topicName,
  secondary: sides.secondary.topicName,
});

/** The member that clients of the topic work with, as far as one mirror tells. */
export function activeOf({ sides }: TopicObservation): Role | undefined {
  const following = ROLES.find((role) => isMirror(sides[role], false));
  if (following) {
    return otherRole(following);
  }
  const stopped = ROLES.filter((role) => isMirror(sides[role], true));
  return stopped.length === 1 ? stopped[0] : undefined;
}

const isMirror = (side: SideOfTopic, stopped: boolean): boolean =>
  side.kind === 'mirror' && (side.status === 'STOPPED') === stopped;

/** Whether the mirror tells of each of its partitions how far it is. */
export const tellsAll = ({ lags, partitions }: MirrorObservation): boolean =>
  lags.length > 0 && new Set(lags.map(({ partition }) => partition)).size >= partitions;

function mirrorLag(topic: string, mirrorOn: Role, side: SideOfTopic): TopicLag {
  if (side.kind !== 'mirror') {
    return { topic, kind: 'none', partitions: [] };
  }
  const { status, lags } = side;
  const partitions = lags.map(({ partition, lag: records }) => ({ partition, records }));
  return {
    topic,
    kind: status === 'STOPPED' ? 'frozen' : 'measured',
    mirrorOn,
    status,
    ...(tellsAll(side) && { records: partitions.reduce((sum, { records }) => sum + records, 0) }),
    partitions,
  };
}
