import {
  type LinkSide,
  type MemberObservation,
  type MirrorObservation,
  otherRole,
  type PairObservation,
  presenceOf,
  type Role,
  ROLES,
  type SideOfTopic,
  type TopicObservation,
} from '../observe/pair-observation';
import { type Situation } from '../observe/situation';
import { type FailoverRequest, type Permissions } from './failover-request';
import { refusal, type Refusal } from './plan';

/** Why a member did not tell; undefined if it answered. */
export function memberRefusal(member: Role, { clusterId, dataPlane }: MemberObservation): Refusal | undefined {
  if (dataPlane.kind === 'answers') {
    return undefined;
  }
  const { kind: answer, cause } = dataPlane;
  const away = presenceOf(dataPlane) === 'away';
  return refusal(away ? 'member-away' : 'member-declines', { member, clusterId, answer, cause });
}

/** One topic, and all that a decision about it depends on. */
export interface TopicContext {
  readonly pair: PairObservation;
  readonly topic: TopicObservation;
  readonly situation: Situation;
  /** The member that is to be active. */
  readonly target: Role;
  readonly request: FailoverRequest;
}

export const otherThanTarget = ({ target }: TopicContext): Role => otherRole(target);

export const permissions = ({ request }: Pick<TopicContext, 'request'>): Permissions => request.allow ?? {};

/** Why a topic is not known on a member, which does not tell of it. */
export function unknownRefusal({ pair, topic }: TopicContext, role: Role): Refusal {
  const { cause } = topic.sides[role] as Extract<SideOfTopic, { readonly kind: 'unknown' }>;
  return memberRefusal(role, pair.members[role]) ?? refusal('topic-unknown', { on: role, cause });
}

/** Situations in which neither procedure can help. */
type Standstill = Extract<
  Situation,
  { readonly kind: 'both-stopped' | 'foreign-mirror' | 'not-mirrored' | 'missing' | 'unknown' }
>;

export function standstillRefusal(context: TopicContext, situation: Standstill): Refusal {
  switch (situation.kind) {
    case 'both-stopped':
      return refusal('both-stopped', {}, 'keep');
    case 'foreign-mirror':
      return foreignMirror(context, situation.on);
    case 'not-mirrored':
      return notMirrored(context);
    case 'missing':
      return refusal('topic-missing', {});
    case 'unknown':
      return unknownRefusal(context, otherThanTarget(context));
  }
}

function foreignMirror({ topic }: TopicContext, on: Role): Refusal {
  const { sourceTopicName, linkName } = topic.sides[on] as MirrorObservation;
  return refusal('foreign-mirror', { on, source: { topic: sourceTopicName, link: linkName } });
}

function notMirrored({ topic }: TopicContext): Refusal {
  const { primary, secondary } = topic.sides;
  return primary.kind !== 'absent' && secondary.kind !== 'absent'
    ? refusal('not-mirrored', {})
    : refusal('topic-elsewhere-only', { onlyOn: primary.kind === 'absent' ? 'secondary' : 'primary' });
}

export const absentOnTarget = (context: TopicContext): Refusal =>
  refusal('topic-elsewhere-only', { onlyOn: otherThanTarget(context), target: context.target });

/** Why the two sides cannot work together now, which a reversal and a restore need; undefined if they can. */
export function cooperationRefusal(pair: PairObservation): Refusal | undefined {
  for (const role of ROLES) {
    const reason = memberRefusal(role, pair.members[role]) ?? linkRefusal(role, pair);
    if (reason) {
      return reason;
    }
  }
  const [primary, secondary] = ROLES.map((role) => pair.members[role].link as LinkSide);
  return primary.linkId === secondary.linkId
    ? undefined
    : refusal('link-different', { links: { primary: primary.linkId, secondary: secondary.linkId } });
}

/** Why no operation at all can be asked of a member; undefined if one can. */
export function ownLinkRefusal(role: Role, pair: PairObservation): Refusal | undefined {
  const { link } = pair.members[role];
  if (link.kind === 'unknown') {
    return refusal('link-unknown', { on: role, cause: link.cause });
  }
  return link.kind === 'absent' ? refusal('link-absent', { on: role, link: link.name }) : undefined;
}

function linkRefusal(role: Role, pair: PairObservation): Refusal | undefined {
  return ownLinkRefusal(role, pair) ?? stateRefusal(role, pair.members[role].link as LinkSide);
}

const LINK_REFUSALS = {
  PAUSED: 'link-paused',
  FAILED: 'link-failed',
  UNAVAILABLE: 'link-unavailable',
  UNKNOWN: 'link-unknown',
} as const;

function stateRefusal(on: Role, { name: link, state, paused, error, errorMessage }: LinkSide): Refusal | undefined {
  const about = { on, link, errors: [error, errorMessage].filter((text) => text !== undefined) };
  const seen = paused ? 'PAUSED' : state;
  return seen === 'ACTIVE' ? undefined : refusal(LINK_REFUSALS[seen], about);
}

/** A prefix rules out that source and mirror change places. */
export function prefixRefusal(pair: PairObservation, { sides }: TopicObservation): Refusal | undefined {
  const prefixed = ROLES.map((role) => pair.members[role].link).find(
    (link): link is LinkSide => link.kind === 'link' && (link.prefix ?? '') !== '',
  );
  const names = { primary: sides.primary.topicName, secondary: sides.secondary.topicName };
  return !prefixed && names.primary === names.secondary
    ? undefined
    : refusal('link-prefix', { names, ...(prefixed && { link: prefixed.name }) });
}
