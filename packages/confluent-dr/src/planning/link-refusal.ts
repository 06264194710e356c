import { type LinkSide } from '../pair/link-observation';
import { type PairObservation } from '../pair/observation';
import { type Role, ROLES } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';
import { memberRefusal } from './member-refusal';
import { refusal, type Refusal } from './refusal';

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

function stateRefusal(on: Role, { name: link, state, paused, error, errorMessage }: LinkSide): Refusal | undefined {
  const about = { on, link, errors: [error, errorMessage].filter((text) => text !== undefined) };
  if (paused) {
    return refusal('link-paused', about);
  }
  switch (state) {
    case 'ACTIVE':
      return undefined;
    case 'PAUSED':
      return refusal('link-paused', about);
    case 'FAILED':
      return refusal('link-failed', about);
    case 'UNAVAILABLE':
      return refusal('link-unavailable', about);
    case 'UNKNOWN':
      return refusal('link-unknown', about);
  }
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
