import {
  isPending,
  type MirrorObservation,
  type MirrorStatus,
  otherRole,
  type Role,
  ROLES,
  type SideOfTopic,
  type TopicObservation,
} from './pair-observation';
import { writabilityOf } from './serving';

/** How far apart the clocks of the two clusters may be: they keep time with the cloud's, which is better than this. */
export const CLOCK_TOLERANCE_MS = 1_000;

/** Which of two stopped mirrors stopped last; undefined where their times are not told, or too close to tell. */
function newerStopped({ sides }: TopicObservation): Role | undefined {
  const [primary, secondary] = ROLES.map((role) => {
    const side = sides[role];
    return side.kind === 'mirror' && side.status === 'STOPPED' ? side.statusSince : undefined;
  });
  if (primary === undefined || secondary === undefined || Math.abs(primary - secondary) <= CLOCK_TOLERANCE_MS) {
    return undefined;
  }
  return primary > secondary ? 'primary' : 'secondary';
}

/** Where one topic stands, from what both sides tell. */
export type Situation =
  /** The standby's mirror follows the active member: steady, or switched over. */
  | { readonly kind: 'replicating'; readonly active: Role }
  /** As before, but the mirror does not follow: it, or its link, is paused, failed or cut off. */
  | { readonly kind: 'held-up'; readonly active: Role; readonly status: MirrorStatus }
  /** Source and mirror change places; nobody can write. */
  | { readonly kind: 'reversing'; readonly to: Role }
  /** A mirror is being failed over or promoted; which of the two, nobody tells. */
  | { readonly kind: 'stopping'; readonly on: Role }
  /** A former source is being made a mirror again. */
  | { readonly kind: 'restoring'; readonly on: Role }
  /** Failed over or promoted: both sides can be written to, and the active one is that which stopped mirroring last. */
  | { readonly kind: 'failed-over'; readonly active: Role }
  /** Both sides stopped mirroring, and which did so last cannot be told. */
  | { readonly kind: 'both-stopped' }
  /** Both sides are mirrors: nobody can write. */
  | { readonly kind: 'both-mirrors' }
  /** A mirror whose source's member does not tell. */
  | { readonly kind: 'source-unseen'; readonly standby: Role }
  /** It stopped mirroring here, and the other member does not tell. */
  | { readonly kind: 'standby-unseen'; readonly active: Role }
  /** A mirror without a topic that it could follow. */
  | { readonly kind: 'source-missing'; readonly standby: Role }
  /** It can be written to here, was a mirror, and is not there at all on the other side. */
  | { readonly kind: 'standby-missing'; readonly active: Role }
  /** A mirror of another topic, or of another link. */
  | { readonly kind: 'foreign-mirror'; readonly on: Role }
  /** Nothing mirrors it. */
  | { readonly kind: 'not-mirrored' }
  | { readonly kind: 'missing' }
  /** What is told is not enough. */
  | { readonly kind: 'unknown' };

export interface SituationOptions {
  /** The link of the pair. @default any link will do */
  readonly linkName?: string;
  /** Whose records count where both sides stopped mirroring. @default that which stopped last by the clusters' clocks */
  readonly keep?: Role;
}

export function situationOf(topic: TopicObservation, { linkName, keep }: SituationOptions = {}): Situation {
  const foreign = ROLES.find((role) => isForeign(topic, role, linkName));
  if (foreign) {
    return { kind: 'foreign-mirror', on: foreign };
  }
  return transitionOf(topic) ?? restingSituation(topic, keep);
}

/** A STOPPED mirror of something else is a topic like any other, but nothing to restore from. */
function isForeign({ sides }: TopicObservation, role: Role, linkName?: string): boolean {
  const side = sides[role];
  return (
    side.kind === 'mirror' &&
    (side.sourceTopicName !== sides[otherRole(role)].topicName || (linkName ?? side.linkName) !== side.linkName)
  );
}

/** The side that is to become writable tells more than the one that waits for it. */
function transitionOf({ sides }: TopicObservation): Situation | undefined {
  const pendingOn = (status: MirrorStatus): Role | undefined =>
    ROLES.find((role) => isMirror(sides[role], (own) => own === status));
  const [stopping, synchronizing, mirroring] = [
    pendingOn('PENDING_STOPPED'),
    pendingOn('PENDING_SYNCHRONIZE'),
    pendingOn('PENDING_MIRROR'),
  ];
  const restoring = pendingOn('PENDING_SETUP_FOR_RESTORE') ?? pendingOn('PENDING_RESTORE');
  if (stopping) {
    return { kind: 'stopping', on: stopping };
  }
  if (restoring) {
    return { kind: 'restoring', on: restoring };
  }
  if (synchronizing) {
    return { kind: 'reversing', to: synchronizing };
  }
  return mirroring && { kind: 'reversing', to: otherRole(mirroring) };
}

function restingSituation(topic: TopicObservation, keep?: Role): Situation {
  const standbys = ROLES.filter((role) => isMirror(topic.sides[role], follows));
  if (standbys.length === 2) {
    return { kind: 'both-mirrors' };
  }
  return standbys.length === 1 ? mirroredOn(topic, standbys[0]) : unmirrored(topic, keep);
}

function mirroredOn({ sides }: TopicObservation, standby: Role): Situation {
  const active = otherRole(standby);
  const { status } = sides[standby] as MirrorObservation;
  switch (writabilityOf(sides[active])) {
    case 'unknown':
      return { kind: 'source-unseen', standby };
    case 'absent':
      return { kind: 'source-missing', standby };
    default:
      return status === 'ACTIVE' ? { kind: 'replicating', active } : { kind: 'held-up', active, status };
  }
}

function unmirrored(topic: TopicObservation, keep?: Role): Situation {
  const { sides } = topic;
  const stopped = ROLES.filter((role) => isMirror(sides[role], (status) => status === 'STOPPED'));
  if (stopped.length === 2) {
    const active = keep ?? newerStopped(topic);
    return active ? { kind: 'failed-over', active } : { kind: 'both-stopped' };
  }
  if (stopped.length === 1) {
    return stoppedOn(topic, stopped[0]);
  }
  if (ROLES.some((role) => sides[role].kind === 'unknown')) {
    return { kind: 'unknown' };
  }
  return { kind: ROLES.every((role) => sides[role].kind === 'absent') ? 'missing' : 'not-mirrored' };
}

function stoppedOn({ sides }: TopicObservation, active: Role): Situation {
  const other = sides[otherRole(active)];
  if (other.kind === 'unknown') {
    return { kind: 'standby-unseen', active };
  }
  return { kind: other.kind === 'absent' ? 'standby-missing' : 'failed-over', active };
}

const follows = (status: MirrorStatus): boolean => status !== 'STOPPED' && !isPending(status);

const isMirror = (side: SideOfTopic, hasStatus: (status: MirrorStatus) => boolean): boolean =>
  side.kind === 'mirror' && hasStatus(side.status);

/** The situation in the words of the runbook. */
export function situationName(situation: Situation): string {
  switch (situation.kind) {
    case 'replicating':
      return situation.active === 'primary' ? 'steady' : 'switched over';
    case 'held-up':
      return `${situation.active === 'primary' ? 'steady' : 'switched over'}, but the mirror is ${situation.status}`;
    case 'reversing':
      return `reversing to the ${situation.to}`;
    case 'stopping':
      return `stopping the mirror on the ${situation.on}`;
    case 'restoring':
      return `restoring the ${situation.on}`;
    case 'failed-over':
      return `failed over to the ${situation.active}`;
    case 'both-stopped':
      return 'stopped on both sides';
    case 'both-mirrors':
      return 'a mirror on both sides';
    case 'source-unseen':
      return `a mirror on the ${situation.standby}, its source not seen`;
    case 'standby-unseen':
      return `active on the ${situation.active}, the other side not seen`;
    case 'source-missing':
      return `a mirror on the ${situation.standby} without a source`;
    case 'standby-missing':
      return `active on the ${situation.active}, missing on the other side`;
    case 'foreign-mirror':
      return `a mirror of something else on the ${situation.on}`;
    case 'not-mirrored':
      return 'independent, nothing mirrors it';
    case 'missing':
    case 'unknown':
      return situation.kind;
  }
}
