import { type HostRoute } from '../client';
import { type GroupReadings, type GroupTopicLag, type LagReport, lagReport } from '../lag';
import { type SeenPair } from '../observing';
import { type ClientMove, clientMove, type Role, type Serving, servingOfPair } from '../pair';
import { type TerraformOutlook, terraformOutlook } from '../planning';
import { type Concern, concernsOf } from './concerns';
import { type MemberStatus, memberStatus } from './member-status';
import { isSteady, type TopicStatus, topicStatus } from './topic-status';

/** All of a pair in one view. */
export interface PairStatus {
  /** Whether nothing needs a look. */
  readonly well: boolean;
  readonly serving: Serving | 'mixed';
  readonly members: Readonly<Record<Role, MemberStatus>>;
  /** Those that are not steady first. */
  readonly topics: readonly TopicStatus[];
  /** Whether clients may be started on a member. */
  readonly moves: Readonly<Record<Role, ClientMove>>;
  /** @default - groups were not looked at */
  readonly groups?: readonly GroupTopicLag[];
  /** What of the groups was not told. */
  readonly untold: LagReport['untold'];
  readonly terraform: TerraformOutlook;
  readonly concerns: readonly Concern[];
}

export interface StatusSource {
  readonly seen: SeenPair;
  readonly routes: Readonly<Record<Role, HostRoute>>;
  readonly linkName: string;
  /** @default groups are left out */
  readonly groups?: GroupReadings;
}

const NO_GROUPS: GroupReadings = { primary: { known: true, value: [] }, secondary: { known: true, value: [] } };

export function pairStatus({ seen, routes, linkName, groups }: StatusSource): PairStatus {
  const { observation, readings } = seen;
  const lag = lagReport(observation, groups ?? NO_GROUPS);
  const memberOf = (role: Role): MemberStatus => memberStatus(observation.members[role], readings[role], routes[role]);
  const members = { primary: memberOf('primary'), secondary: memberOf('secondary') };
  const topics = observation.topics.map((topic, index) => topicStatus(topic, lag.topics[index], linkName));
  const concerns = concernsOf(members, topics);
  return {
    well: concerns.length === 0,
    serving: servingOfPair(observation),
    members,
    topics: [...topics.filter((topic) => !isSteady(topic)), ...topics.filter(isSteady)],
    moves: { primary: clientMove(observation, 'primary'), secondary: clientMove(observation, 'secondary') },
    ...(groups && { groups: lag.groups }),
    untold: groups ? lag.untold.filter(({ on }) => on === undefined || members[on].presence === 'answers') : [],
    terraform: terraformOutlook(observation),
    concerns,
  };
}
