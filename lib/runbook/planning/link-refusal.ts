import { type LinkSide, otherRole, type PairObservation, type Role, ROLES, type TopicObservation } from '../pair';
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
    : refusal(
        'link-different',
        `The links of the two sides are not one: ${primary.linkId} on the primary, ${secondary.linkId} on the secondary.`,
        'Stop the mirrors, delete both links and make them anew one after the other, under one name.',
      );
}

/** Why no operation at all can be asked of a member; undefined if one can. */
export function ownLinkRefusal(role: Role, pair: PairObservation): Refusal | undefined {
  const { link } = pair.members[role];
  if (link.kind === 'unknown') {
    return refusal(
      'link-unknown',
      `The ${role} does not tell about its link: ${link.cause}.`,
      `Let the key of the ${role} describe cluster links, and run it again.`,
    );
  }
  return link.kind === 'absent'
    ? refusal(
        'link-absent',
        `The ${role} has no link ${link.name}.`,
        'Check the name of the link; if it is right, deploy the link anew.',
      )
    : undefined;
}

function linkRefusal(role: Role, pair: PairObservation): Refusal | undefined {
  return ownLinkRefusal(role, pair) ?? stateRefusal(role, pair.members[role].link as LinkSide);
}

function stateRefusal(role: Role, link: LinkSide): Refusal | undefined {
  if (link.paused || link.state === 'PAUSED') {
    return refusal(
      'link-paused',
      `Link ${link.name} of the ${role} is paused.`,
      `Set cluster.link.paused of the link to false on the ${role}, wait until it is ACTIVE, and run it again.`,
    );
  }
  const told = [link.error, link.errorMessage].filter((text) => text !== undefined).join(', ') || 'no error is told';
  switch (link.state) {
    case 'ACTIVE':
      return undefined;
    case 'FAILED':
      return refusal(
        'link-failed',
        `Link ${link.name} of the ${role} is FAILED: ${told}.`,
        "Check that the other cluster exists and that the link's key works there. If the active member is lost, fail over unplanned.",
      );
    case 'UNAVAILABLE':
      return refusal(
        'link-unavailable',
        `Link ${link.name} of the ${role} is UNAVAILABLE: ${told}.`,
        `Let the ${role} reach the ${otherRole(role)} again, with a key that works. If the active member is lost, fail over unplanned.`,
      );
    case 'UNKNOWN':
      return refusal(
        'link-unknown',
        `Link ${link.name} of the ${role} tells the state UNKNOWN: ${told}.`,
        'Wait a minute and run it again.',
      );
  }
}

/** A prefix rules out that source and mirror change places. */
export function prefixRefusal(pair: PairObservation, { sides }: TopicObservation): Refusal | undefined {
  const prefix = ROLES.map((role) => pair.members[role].link).find(
    (link): link is LinkSide => link.kind === 'link' && (link.prefix ?? '') !== '',
  );
  if (!prefix && sides.primary.topicName === sides.secondary.topicName) {
    return undefined;
  }
  const name = prefix ? `Link ${prefix.name}` : 'The link';
  return refusal(
    'link-prefix',
    `${name} names its mirrors with a prefix (${sides.primary.topicName} is ${sides.secondary.topicName} there), with which source and mirror cannot change places.`,
    'Stop the producers, wait until no record is missing, and fail over unplanned, which ends the mirroring; or deploy a link without a prefix.',
  );
}
