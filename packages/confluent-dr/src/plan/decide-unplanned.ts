import { presenceOf, type Role } from '../observe/pair-observation';
import { activeButNotFollowed, aloneAsFarAsSeen } from './decide-planned';
import { type Decision, done, go, refusal, type Refusal, refused } from './plan';
import {
  absentOnTarget,
  otherThanTarget,
  ownLinkRefusal,
  permissions,
  standstillRefusal,
  type TopicContext,
} from './refusals';
import { restoreWait, reversalWait, stopWait } from './transitions';

/** The target, which tells, becomes active without the other side; what was not mirrored is lost. */
export function decideUnplanned(context: TopicContext): Decision {
  const { situation, target } = context;
  const other = otherThanTarget(context);
  switch (situation.kind) {
    case 'replicating':
      return situation.active === target ? done() : failover(context);
    case 'held-up':
      return situation.active === target ? activeButNotFollowed(context, situation.status) : failover(context);
    case 'source-unseen':
    case 'both-mirrors':
      return failover(context);
    case 'source-missing':
      return situation.standby === target ? failover(context) : refused(absentOnTarget(context));
    case 'reversing':
      return duringReversal(context, situation.to);
    case 'stopping':
      return duringStop(context, situation.on);
    case 'restoring':
      return situation.on === target ? restoringTarget(context) : go(restoreWait(context, other));
    case 'failed-over':
      return situation.active === target
        ? done({ code: 'other-writable', other })
        : refused(refusal('older-records', { active: other }));
    case 'standby-unseen':
      return aloneAsFarAsSeen(context);
    case 'standby-missing':
      return situation.active === target ? done({ code: 'other-absent', other }) : refused(absentOnTarget(context));
    case 'both-stopped':
    case 'foreign-mirror':
    case 'not-mirrored':
    case 'missing':
    case 'unknown':
      return refused(standstillRefusal(context, situation));
  }
}

function failover(context: TopicContext): Decision {
  const { pair, target } = context;
  const link = ownLinkRefusal(target, pair);
  const obstacle = notGone(context) ?? (link?.code === 'link-absent' ? link : undefined);
  return obstacle ? refused(obstacle) : go({ operation: 'failover', on: target, until: { [target]: 'STOPPED' } });
}

/** As long as the other side may live, stopping the mirror makes two sides that can be written to. */
function notGone(context: TopicContext): Refusal | undefined {
  const other = otherThanTarget(context);
  const { clusterId, dataPlane } = context.pair.members[other];
  const presence = presenceOf(dataPlane);
  if (presence === 'away' || permissions(context).unplannedWhileActiveAnswers) {
    return undefined;
  }
  const about = { member: other, clusterId };
  return presence === 'answers'
    ? refusal('active-answers', about, 'unplannedWhileActiveAnswers')
    : refusal('active-declines', { ...about, answer: dataPlane.kind }, 'unplannedWhileActiveAnswers');
}

function duringReversal(context: TopicContext, to: Role): Decision {
  const { target, topic } = context;
  if (topic.sides[otherThanTarget(context)].kind !== 'unknown') {
    return go(reversalWait(context, to));
  }
  // The target alone tells: it synchronizes in a reversal to it, and waits to be a mirror in one to the other side.
  return to === target
    ? failover(context)
    : refused(refusal('transition-blocked', { on: target, waitsFor: 'reversal' }));
}

function duringStop(context: TopicContext, on: Role): Decision {
  const alone = context.topic.sides[otherThanTarget(context)].kind === 'unknown';
  return alone && permissions(context).endPromotion ? failover(context) : go(stopWait(context, on));
}

function restoringTarget(context: TopicContext): Decision {
  const { target, topic } = context;
  return topic.sides[otherThanTarget(context)].kind === 'unknown'
    ? refused(refusal('transition-blocked', { on: target, waitsFor: 'restore' }))
    : go(restoreWait(context, target));
}
