import {
  type DataPlane,
  type LinkObservation,
  type LinkState,
  type MemberObservation,
  MIRROR_STATUSES,
  type MirrorObservation,
  type MirrorStatus,
  otherRole,
  type PairObservation,
  type Role,
  ROLES,
  type SideOfTopic,
  type TopicObservation,
} from '../../../src/observe/pair-observation';

export const LINK = 'orders-dr';

/** What one side can be, in a word: a mirror by its status, or what else there is. */
export type SideWord = MirrorStatus | 'topic' | 'absent' | 'away' | 'declines';
export const SIDE_WORDS: readonly SideWord[] = [...MIRROR_STATUSES, 'topic', 'absent', 'away', 'declines'];

export type LinkWord = LinkState | 'absent';

export interface Sides {
  readonly primary: SideWord;
  readonly secondary: SideWord;
}

export interface PairWords {
  readonly sides: Sides;
  /** @default ACTIVE on both */
  readonly links?: Readonly<Record<Role, LinkWord>>;
  /** @default none */
  readonly prefix?: string;
}

export function sideOf(
  role: Role,
  word: SideWord,
  name = 'orders',
  changes: Partial<MirrorObservation> = {},
): SideOfTopic {
  switch (word) {
    case 'topic':
      return { kind: 'topic', topicName: name, partitions: 2 };
    case 'absent':
      return { kind: 'absent', topicName: name };
    case 'away':
    case 'declines':
      return { kind: 'unknown', topicName: name, cause: `the ${role} is ${word}` };
    default:
      return {
        kind: 'mirror',
        topicName: name,
        sourceTopicName: name,
        linkName: LINK,
        status: word,
        transitionErrors: [],
        lags: [
          { partition: 0, lag: 0 },
          { partition: 1, lag: 0 },
        ],
        partitions: 2,
        ...changes,
      };
  }
}

export function linkOf(word: LinkWord, prefix = ''): LinkObservation {
  if (word === 'absent') {
    return { kind: 'absent', name: LINK };
  }
  return { kind: 'link', name: LINK, linkId: 'link-1', state: word, paused: word === 'PAUSED', tasks: [], prefix };
}

export function topicOf({ primary, secondary }: Sides, name = 'orders'): TopicObservation {
  return {
    name,
    sides: { primary: sideOf('primary', primary, name), secondary: sideOf('secondary', secondary, name) },
  };
}

/** A pair with one topic. */
export function pairOf({
  sides,
  links = { primary: 'ACTIVE', secondary: 'ACTIVE' },
  prefix,
}: PairWords): PairObservation {
  const member = (role: Role): MemberObservation => ({
    clusterId: `lkc-${role}`,
    dataPlane: dataPlaneOf(sides[role]),
    link: linkOf(links[role], prefix),
  });
  return { members: { primary: member('primary'), secondary: member('secondary') }, topics: [topicOf(sides)] };
}

/** A pair of many topics, whose members both answer. */
export function pairWith(...topics: TopicObservation[]): PairObservation {
  return { ...pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' } }), topics };
}

function dataPlaneOf(word: SideWord): DataPlane {
  if (word === 'away') {
    return { kind: 'refused', cause: 'connect ECONNREFUSED' };
  }
  return word === 'declines' ? { kind: 'unauthorized', cause: '401 Unauthorized' } : { kind: 'answers' };
}

/** The topic after both sides have come to what was waited for. */
export function becoming(
  topic: TopicObservation,
  until: Readonly<Partial<Record<Role, MirrorStatus>>>,
): TopicObservation {
  const [primary, secondary] = ROLES.map((role): SideOfTopic => {
    const [status, side] = [until[role], topic.sides[role]];
    return status === undefined
      ? side
      : sideOf(role, status, side.topicName, {
          sourceTopicName: topic.sides[otherRole(role)].topicName,
        });
  });
  return { ...topic, sides: { primary, secondary } };
}
