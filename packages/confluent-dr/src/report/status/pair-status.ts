import { type HostRoute } from '../../client/host-finder';
import { type MemberAcls } from '../../observe/acls';
import { type GroupReadings, type GroupTopicLag } from '../../observe/group-lag';
import { type SeenPair } from '../../observe/observe-pair';
import {
  otherRole,
  type PairObservation,
  presenceOf,
  type Role,
  ROLES,
  type UnmirroredTopic,
} from '../../observe/pair-observation';
import { type ClientMove, clientMove, type Serving, servingOfPair } from '../../observe/serving';
import { type TerraformOutlook, terraformOutlook } from '../../plan/terraform-outlook';
import { type ControlPlaneHealth } from '../../probe/control-plane';
import { type Concern, concernsOf, foreseen, lossOf, movesAll } from './concerns';
import { type LagReport, lagReport } from './lag-report';
import {
  aclVerdicts,
  DEFAULT_TARGETS,
  isSteady,
  type LagTargets,
  type MemberStatus,
  memberStatus,
  type TopicStatus,
  topicStatus,
} from './member-status';
import { nextStep, type NextStep } from './next-step';

/** A member that does not answer, and what that costs as far as the other one knows. */
export interface Outage {
  readonly on: Role;
  readonly clusterId: string;
  /** Since when its mirrors on the other member do not reach it, as ISO 8601 by that cluster's clock. @default - not told */
  readonly since?: string;
  /** Records that the mirrors knew of and do not have; there may be more that they never heard of. @default - not told */
  readonly records?: number;
}

/** What the service calls a mirror that does not reach its source. */
const CUT_OFF: readonly string[] = ['SOURCE_UNAVAILABLE', 'LINK_FAILED'];

function outagesOf({ members, topics }: PairObservation): Outage[] {
  return ROLES.filter((role) => presenceOf(members[role].dataPlane) === 'away').map((on) => {
    const mirrors = topics.flatMap(({ sides }) => {
      const side = sides[otherRole(on)];
      return side.kind === 'mirror' && side.status !== 'STOPPED' ? [side] : [];
    });
    const times = mirrors
      .filter(({ status }) => CUT_OFF.includes(status))
      .flatMap(({ statusSince }) => (statusSince === undefined ? [] : [statusSince]));
    const lags = mirrors.flatMap((mirror) => mirror.lags.map(({ lag }) => lag));
    return {
      on,
      clusterId: members[on].clusterId,
      ...(times.length > 0 && { since: new Date(Math.min(...times)).toISOString() }),
      ...(lags.length > 0 && { records: lags.reduce((sum, lag) => sum + lag, 0) }),
    };
  });
}

/** All of a pair in one view. */
export interface PairStatus {
  /**
   * Whether a planned switch-over would move everything now, an unplanned one would lose no more than the target, and
   * nothing else needs a look.
   */
  readonly well: boolean;
  readonly serving: Serving | 'mixed';
  /** Members that are gone, and what that costs as far as is known. */
  readonly outages: readonly Outage[];
  /** What to do next. @default - nothing needs a look */
  readonly next?: NextStep;
  readonly targets: LagTargets;
  /** Records that an unplanned failover would lose now; undefined where it would be refused. */
  readonly loss?: number;
  /** Topics that nothing mirrors. */
  readonly unmirrored: readonly UnmirroredTopic[];
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
  /** The one member that the proxy lets clients in to, by the deployment. @default - both, or it is not known */
  readonly access?: Role;
  readonly controlPlane: ControlPlaneHealth;
  readonly concerns: readonly Concern[];
}

export interface StatusSource {
  readonly seen: SeenPair;
  readonly routes: Readonly<Record<Role, HostRoute>>;
  readonly linkName: string;
  /** @default groups are left out */
  readonly groups?: GroupReadings;
  readonly acls: Readonly<Record<Role, MemberAcls>>;
  readonly targets?: LagTargets;
  /** Topics whose mirrors are later than the target. @default - not measured */
  readonly late?: readonly string[];
  /** @default - it was not asked */
  readonly controlPlane?: ControlPlaneHealth;
  /** The text of the stack's output proxy_report. @default - not known */
  readonly proxyReport?: string;
  /** The one member that the proxy lets clients in to. @default - both, or it is not known */
  readonly access?: Role;
}

const NO_GROUPS: GroupReadings = { primary: { known: true, value: [] }, secondary: { known: true, value: [] } };

export function pairStatus({
  seen,
  routes,
  linkName,
  groups,
  acls,
  late,
  controlPlane = { kind: 'not-asked' },
  proxyReport,
  access,
  targets = DEFAULT_TARGETS,
}: StatusSource): PairStatus {
  const { observation, readings } = seen;
  const lag = lagReport(observation, groups ?? NO_GROUPS);
  const memberOf = (role: Role): MemberStatus => memberStatus(observation.members[role], readings[role], routes[role]);
  const members = { primary: memberOf('primary'), secondary: memberOf('secondary') };
  const topics = observation.topics.map((topic, index) => topicStatus(topic, lag.topics[index], linkName));
  const verdicts = aclVerdicts(acls);
  const plans = foreseen(observation, verdicts);
  const unlisted = ROLES.filter((role) => members[role].presence === 'answers' && !readings[role].topics.known);
  const judged = { observation, members, acls: verdicts, targets, late, unlisted, controlPlane, access, proxyReport };
  const concerns = concernsOf(judged, plans);
  const next = nextStep({ concerns, foreseen: plans, observation });
  const loss = lossOf(plans);
  return {
    well: concerns.length === 0 && movesAll(plans) && loss !== undefined && loss <= targets.records,
    serving: servingOfPair(observation),
    outages: outagesOf(observation),
    ...(next && { next }),
    targets,
    ...(loss !== undefined && { loss }),
    unmirrored: observation.unmirrored ?? [],
    members,
    topics: [...topics.filter((topic) => !isSteady(topic)), ...topics.filter(isSteady)],
    moves: { primary: clientMove(observation, 'primary'), secondary: clientMove(observation, 'secondary') },
    ...(groups && { groups: lag.groups }),
    untold: groups ? lag.untold.filter(({ on }) => on === undefined || members[on].presence === 'answers') : [],
    terraform: terraformOutlook(observation),
    controlPlane,
    ...(access !== undefined && { access }),
    concerns,
  };
}
