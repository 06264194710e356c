import { type Role, writabilityOf } from '../pair';
import { type Decision, done, go, refused, type Stage } from './decision';
import { cooperationRefusal, prefixRefusal } from './link-refusal';
import { refusal, type Refusal } from './refusal';
import * as standing from './standing-refusals';
import { otherThanTarget, permissions, type TopicContext, unknownRefusal } from './topic-context';
import { restoreWait, reversal, reversalWait, stopWait } from './transitions';

/** The target, which tells, becomes active and the other side its mirror; nothing is lost. */
export function decidePlanned(context: TopicContext): Decision {
  const { situation, target } = context;
  const other = otherThanTarget(context);
  switch (situation.kind) {
    case 'replicating':
      return situation.active === target ? done() : reverse(context);
    case 'held-up':
      return situation.active === target ? activeButNotFollowed(context) : heldUp(context, situation.status);
    case 'reversing':
      return duringReversal(context, situation.to);
    case 'stopping':
      return go(stopWait(context, situation.on));
    case 'restoring':
      return situation.on === target ? restoring(context) : go(restoreWait(context, other));
    case 'failed-over':
      return situation.active === target
        ? done(`The ${other} does not follow, and can be written to as well; see to it that nobody writes there.`)
        : restore(context);
    case 'source-unseen':
      return refused(unknownRefusal(context, other));
    case 'standby-unseen':
      return aloneAsFarAsSeen(context);
    case 'source-missing':
      return refused(situation.standby === target ? sourceMissing(context) : standing.absentOnTarget(context));
    case 'standby-missing':
      return situation.active === target
        ? done(`The ${other} does not have it, so nothing follows; make the mirror anew.`)
        : refused(standing.absentOnTarget(context));
    case 'both-mirrors':
      return refused(bothMirrors(context));
    case 'both-stopped':
      return refused(standing.bothStopped(context));
    case 'foreign-mirror':
      return refused(standing.foreignMirror(context, situation.on));
    case 'not-mirrored':
      return refused(standing.notMirrored(context));
    case 'missing':
      return refused(standing.missing(context));
    case 'unknown':
      return refused(unknownRefusal(context, other));
  }
}

export function aloneAsFarAsSeen(context: TopicContext): Decision {
  const other = otherThanTarget(context);
  return done(`The ${other} does not tell. Keep writers away from it, also when it comes back.`);
}

export function activeButNotFollowed(context: TopicContext): Decision {
  const [other, { situation }] = [otherThanTarget(context), context];
  const status = situation.kind === 'held-up' ? situation.status : '';
  return done(`The mirror on the ${other} does not follow: ${status}. Mend it, or the next failover loses records.`);
}

/** @param before what has to come before the reversal */
function reverse(context: TopicContext, ...before: Stage[]): Decision {
  const { pair, topic } = context;
  const obstacle = prefixRefusal(pair, topic) ?? cooperationRefusal(pair) ?? missingAcls(context);
  const [first, ...others] = [...before, reversal(context)];
  return obstacle ? refused(obstacle) : go(first, ...others);
}

function missingAcls(context: TopicContext): Refusal | undefined {
  const { missingAcls: byRole = {} } = context.wish;
  const acls = [...(byRole.primary ?? []), ...(byRole.secondary ?? [])];
  return acls.length === 0 || permissions(context).aclCure
    ? undefined
    : refusal(
        'acls-missing',
        `A reversal needs ACLs that are missing: ${acls.join('; ')}.`,
        'Create them, or allow that they are created (aclCure), and run it again.',
      );
}

/** What follows is foreseen only where the other side is what it should be. */
function restoring(context: TopicContext): Decision {
  const wait = restoreWait(context, context.target);
  const source = context.topic.sides[otherThanTarget(context)];
  return writabilityOf(source) === 'writable' ? reverse(context, wait) : go(wait);
}

function duringReversal(context: TopicContext, to: Role): Decision {
  const [other, { target, topic }] = [otherThanTarget(context), context];
  if (topic.sides[other].kind === 'unknown') {
    return refused(unknownRefusal(context, other));
  }
  const wait = reversalWait(context, to);
  return to === target ? go(wait) : reverse(context, wait);
}

function heldUp(context: TopicContext, status: string): Decision {
  const { target, topic } = context;
  const name = topic.sides[target].topicName;
  if (status === 'PAUSED') {
    return reverse(context, { operation: 'resume', on: target, until: { [target]: 'ACTIVE' } });
  }
  // The link's own trouble is the better reason, if it tells of any.
  const byLink = cooperationRefusal(context.pair);
  if (byLink) {
    return refused(byLink);
  }
  return refused(status === 'FAILED' ? mirrorFailed(context) : statusRefusal(target, name, status));
}

function statusRefusal(target: Role, name: string, status: string): Refusal {
  switch (status) {
    case 'LINK_PAUSED':
      return refusal(
        'link-paused',
        `Mirror ${name} on the ${target} is LINK_PAUSED, though its link tells that it is not paused.`,
        `Wait a minute and run it again; if it stays so, set cluster.link.paused to false on the ${target}.`,
      );
    case 'LINK_FAILED':
      return refusal(
        'link-failed',
        `Mirror ${name} on the ${target} is LINK_FAILED.`,
        "Check that the link's key works on the other cluster; if the active member is lost, fail over unplanned.",
      );
    default:
      return refusal(
        'source-unavailable',
        `Mirror ${name} on the ${target} is ${status}: its source cannot be reached.`,
        'Bring the way between the clusters back and wait until it is ACTIVE; if the active member is lost, fail over unplanned.',
      );
  }
}

function mirrorFailed({ target, topic }: TopicContext): Refusal {
  const side = topic.sides[target];
  const error = (side.kind === 'mirror' && side.error) || 'no error is told';
  return refusal(
    'mirror-failed',
    `Mirror ${side.topicName} on the ${target} is FAILED (${error}) and follows no more.`,
    'Delete it and make it anew, which copies all records again; if the active member is lost, fail over unplanned.',
  );
}

function sourceMissing({ target, topic }: TopicContext): Refusal {
  return refusal(
    'source-missing',
    `Mirror ${topic.sides[target].topicName} on the ${target} has no source: the other side has no such topic.`,
    'Fail over unplanned to keep what the mirror has.',
  );
}

function bothMirrors({ topic, target }: TopicContext): Refusal {
  return refusal(
    'both-mirrors',
    `Topic ${topic.name} is a mirror on both sides, so nobody can write.`,
    `Compare the records of both sides; if the ${target} is to have the topic, fail over unplanned to it.`,
  );
}

/** The target has records of its own since the other side went on without it. */
function restore(context: TopicContext): Decision {
  const { target, topic } = context;
  const other = otherThanTarget(context);
  const obstacle = prefixRefusal(context.pair, topic) ?? cooperationRefusal(context.pair);
  if (obstacle) {
    return refused(obstacle);
  }
  if (!permissions(context).truncation) {
    return refused(
      refusal(
        'truncation-not-allowed',
        `Topic ${topic.name} was failed over to the ${other}; to follow it, the ${target} has to discard what only it has.`,
        'Look at what will be discarded, save it if it matters, and allow the truncation.',
      ),
    );
  }
  return reverse(context, { operation: 'truncate-and-restore', on: target, until: { [target]: 'ACTIVE' } });
}
