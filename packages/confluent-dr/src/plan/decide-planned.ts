import { type MirrorObservation, type MirrorStatus, type Role } from '../observe/pair-observation';
import { writabilityOf } from '../observe/serving';
import { type Decision, done, go, refusal, type Refusal, refused, type Stage } from './plan';
import {
  absentOnTarget,
  cooperationRefusal,
  otherThanTarget,
  permissions,
  prefixRefusal,
  standstillRefusal,
  type TopicContext,
  unknownRefusal,
} from './refusals';
import { restoreWait, reversal, reversalWait, stopWait } from './transitions';

/** The target, which tells, becomes active and the other side its mirror; nothing is lost. */
export function decidePlanned(context: TopicContext): Decision {
  const { situation, target } = context;
  const other = otherThanTarget(context);
  switch (situation.kind) {
    case 'replicating':
      return situation.active === target ? done() : reverse(context);
    case 'held-up':
      return situation.active === target
        ? activeButNotFollowed(context, situation.status)
        : heldUp(context, situation.status);
    case 'reversing':
      return duringReversal(context, situation.to);
    case 'stopping':
      return go(stopWait(context, situation.on));
    case 'restoring':
      return situation.on === target ? restoring(context) : go(restoreWait(context, other));
    case 'failed-over':
      return situation.active === target ? done({ code: 'other-writable', other }) : restore(context);
    case 'source-unseen':
      return refused(unknownRefusal(context, other));
    case 'standby-unseen':
      return aloneAsFarAsSeen(context);
    case 'source-missing':
      return refused(
        situation.standby === target ? refusal('source-missing', { on: target }) : absentOnTarget(context),
      );
    case 'standby-missing':
      return situation.active === target ? done({ code: 'other-absent', other }) : refused(absentOnTarget(context));
    case 'both-mirrors':
      return refused(refusal('both-mirrors', { target }));
    case 'both-stopped':
    case 'foreign-mirror':
    case 'not-mirrored':
    case 'missing':
    case 'unknown':
      return refused(standstillRefusal(context, situation));
  }
}

export function aloneAsFarAsSeen(context: TopicContext): Decision {
  return done({ code: 'other-unseen', other: otherThanTarget(context) });
}

export function activeButNotFollowed(context: TopicContext, status: MirrorStatus): Decision {
  return done({ code: 'not-followed', other: otherThanTarget(context), status });
}

/** @param before what has to come before the reversal */
function reverse(context: TopicContext, ...before: Stage[]): Decision {
  const { pair, topic } = context;
  const obstacle = prefixRefusal(pair, topic) ?? cooperationRefusal(pair) ?? missingAcls(context);
  const [first, ...others] = [...before, reversal(context)];
  return obstacle ? refused(obstacle) : go(first, ...others);
}

/** Those of the topic, and of the clusters. */
function missingAcls(context: TopicContext): Refusal | undefined {
  const { missingAcls: all = [] } = context.request;
  const { sides } = context.topic;
  const acls = all.filter(
    ({ on, resourceType, resourceName }) => resourceType === 'CLUSTER' || resourceName === sides[on].topicName,
  );
  return acls.length === 0 || permissions(context).aclCure ? undefined : refusal('acls-missing', { acls }, 'aclCure');
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

function heldUp(context: TopicContext, status: MirrorStatus): Decision {
  const { target } = context;
  if (status === 'PAUSED') {
    return reverse(context, { operation: 'resume', on: target, until: { [target]: 'ACTIVE' } });
  }
  // The link's own trouble is the better reason, if it tells of any.
  const byLink = cooperationRefusal(context.pair);
  if (byLink) {
    return refused(byLink);
  }
  return refused(status === 'FAILED' ? mirrorFailed(context) : statusRefusal(target, status));
}

function statusRefusal(on: Role, status: MirrorStatus): Refusal {
  switch (status) {
    case 'LINK_PAUSED':
      return refusal('link-paused', { on, mirror: true });
    case 'LINK_FAILED':
      return refusal('link-failed', { on, mirror: true });
    default:
      return refusal('source-unavailable', { on, status });
  }
}

function mirrorFailed({ target, topic }: TopicContext): Refusal {
  const { error } = topic.sides[target] as MirrorObservation;
  return refusal('mirror-failed', { on: target, ...(error !== undefined && { error }) });
}

/** The target has records of its own since the other side went on without it. */
function restore(context: TopicContext): Decision {
  const { target, topic } = context;
  const obstacle = prefixRefusal(context.pair, topic) ?? cooperationRefusal(context.pair);
  if (obstacle) {
    return refused(obstacle);
  }
  if (!permissions(context).truncation) {
    return refused(refusal('truncation-not-allowed', { on: target }, 'truncation'));
  }
  return reverse(context, { operation: 'truncate-and-restore', on: target, until: { [target]: 'ACTIVE' } });
}
