import { type HostRoute } from '../../client/host-finder';
import { type ExporterStatus } from '../../client/schema-registry-client';
import { aclInWords, deniedOf, type MemberAcls, missingOf } from '../../observe/acls';
import { type MemberReading } from '../../observe/member-reader';
import {
  type MemberObservation,
  type Presence,
  presenceOf,
  type Role,
  ROLES,
  type SideOfTopic,
  type TopicObservation,
} from '../../observe/pair-observation';
import { type Serving, servingOf } from '../../observe/serving';
import { type Situation, situationName, situationOf } from '../../observe/situation';
import { type TopicLag } from '../../observe/topic-lag';
import { type MissingAcl } from '../../plan/failover-request';

/** How far mirrors may be behind before that needs a look. */
export interface LagTargets {
  /** All mirrors together: what an unplanned failover may lose. */
  readonly records: number;
  /** Milliseconds within which a mirror has to have what its source has now. */
  readonly timeMs: number;
}

export const DEFAULT_TARGETS: LagTargets = { records: 1000, timeMs: 30_000 };

/** What of the ACLs that a reversal needs is not there; what is denied by member, as `READ on TOPIC orders`. */
export interface AclVerdicts {
  readonly missing: readonly MissingAcl[];
  readonly denied: Partial<Record<Role, readonly string[]>>;
  /** Members of which nothing is known. */
  readonly unknown: readonly Role[];
}

export function aclVerdicts(acls: Readonly<Record<Role, MemberAcls>>): AclVerdicts {
  return {
    missing: ROLES.flatMap((on) => {
      const own = acls[on];
      return own.kind === 'known' ? missingOf(own).map((acl) => ({ ...acl, on, principal: own.principal })) : [];
    }),
    denied: Object.fromEntries(ROLES.map((role) => [role, deniedOf(acls[role]).map(aclInWords)])),
    unknown: ROLES.filter((role) => acls[role].kind === 'unknown'),
  };
}

/** Exporters of a member's Schema Registry. @default - undefined where the registry is not known */
export type Exporters =
  | { readonly kind: 'known'; readonly exporters: readonly ExporterStatus[] }
  | { readonly kind: 'unknown'; readonly cause: string };

export interface MemberStatus extends MemberObservation {
  readonly presence: Presence;
  /** Which way its host was found. */
  readonly route: HostRoute;
  readonly exporters?: Exporters;
}

export function memberStatus(member: MemberObservation, reading: MemberReading, route: HostRoute): MemberStatus {
  return { ...member, presence: presenceOf(member.dataPlane), route, ...exportersOf(reading) };
}

function exportersOf({ exporters }: MemberReading): { exporters?: Exporters } {
  if (exporters === undefined) {
    return {};
  }
  return {
    exporters: exporters.known
      ? { kind: 'known', exporters: exporters.value }
      : { kind: 'unknown', cause: exporters.failure.message },
  };
}

export interface TopicStatus {
  /** By its name on the primary. */
  readonly topic: string;
  readonly situation: Situation;
  /** Where it can be written to. */
  readonly serving: Serving;
  /** The situation in words. */
  readonly stands: string;
  /** The mirror's status, or what it is instead, by member. */
  readonly sides: Readonly<Record<Role, string>>;
  readonly lag: TopicLag;
  /** What holds it up, in the service's words. */
  readonly reasons: readonly string[];
}

/** Whether a topic is as it should be in the long run, whichever member serves. */
export const isSteady = ({ situation }: Pick<TopicStatus, 'situation'>): boolean => situation.kind === 'replicating';

export function topicStatus(topic: TopicObservation, lag: TopicLag, linkName: string): TopicStatus {
  const situation = situationOf(topic, { linkName });
  return {
    topic: topic.name,
    situation,
    serving: servingOf(topic),
    stands: situationName(situation),
    sides: { primary: sideWord(topic.sides.primary), secondary: sideWord(topic.sides.secondary) },
    lag,
    reasons: [...new Set(ROLES.flatMap((role) => reasonsOf(topic.sides[role])))],
  };
}

const sideWord = (side: SideOfTopic): string => (side.kind === 'mirror' ? side.status : side.kind);

function reasonsOf(side: SideOfTopic): string[] {
  if (side.kind !== 'mirror') {
    return side.kind === 'unknown' ? [side.cause] : [];
  }
  return [...(side.error === undefined ? [] : [side.error]), ...side.transitionErrors.map(({ message }) => message)];
}
