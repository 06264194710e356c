import { presenceOf, type Role } from '../pair';
import { activeButNotFollowed, aloneAsFarAsSeen } from './decide-planned';
import { type Decision, done, go, refused } from './decision';
import { ownLinkRefusal } from './link-refusal';
import { refusal, type Refusal } from './refusal';
import * as standing from './standing-refusals';
import { otherThanTarget, permissions, type TopicContext, unknownRefusal } from './topic-context';
import { restoreWait, reversalWait, stopWait } from './transitions';

/** The target, which tells, becomes active without the other side; what was not mirrored is lost. */
export function decideUnplanned(context: TopicContext): Decision {
  const { situation, target } = context;
  const other = otherThanTarget(context);
  switch (situation.kind) {
    case 'replicating':
      return situation.active === target ? done() : failover(context);
    case 'held-up':
      return situation.active === target ? activeButNotFollowed(context) : failover(context);
    case 'source-unseen':
      return failover(context);
    case 'source-missing':
      return situation.standby === target ? failover(context) : refused(standing.absentOnTarget(context));
    case 'both-mirrors':
      return failover(context);
    case 'reversing':
      return duringReversal(context, situation.to);
    case 'stopping':
      return duringStop(context, situation.on);
    case 'restoring':
      return situation.on === target ? restoringTarget(context) : go(restoreWait(context, other));
    case 'failed-over':
      return situation.active === target
        ? done(`The ${other} can be written to as well; see to it that nobody writes there.`)
        : refused(olderThanOther(context));
    case 'standby-unseen':
      return aloneAsFarAsSeen(context);
    case 'standby-missing':
      return situation.active === target
        ? done(`The ${other} does not have it, so nothing follows.`)
        : refused(standing.absentOnTarget(context));
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
  const cure = 'If no client can write there any more, allow it all the same (unplannedWhileActiveAnswers).';
  return presence === 'answers'
    ? refusal(
        'active-answers',
        `The ${other} (${clusterId}) answers; an unplanned failover would make two sides that can be written to.`,
        `Do it planned, which loses nothing. ${cure}`,
      )
    : refusal(
        'active-declines',
        `The ${other} (${clusterId}) lives, though it does not tell: ${dataPlane.kind}. After an unplanned failover both sides could be written to.`,
        `Mend the access to it and do it planned. ${cure}`,
      );
}

function duringReversal(context: TopicContext, to: Role): Decision {
  const { target, topic } = context;
  const [here, there] = [topic.sides[target], topic.sides[otherThanTarget(context)]];
  if (to === target && here.kind === 'mirror' && here.status === 'PENDING_SYNCHRONIZE' && there.kind === 'unknown') {
    return failover(context);
  }
  return there.kind === 'unknown'
    ? refused(blocked(context, `is waiting to become a mirror of the ${otherThanTarget(context)}`))
    : go(reversalWait(context, to));
}

function duringStop(context: TopicContext, on: Role): Decision {
  const { target, topic } = context;
  const alone = topic.sides[otherThanTarget(context)].kind === 'unknown';
  return on === target && alone && permissions(context).endPromotion ? failover(context) : go(stopWait(context, on));
}

function restoringTarget(context: TopicContext): Decision {
  return context.topic.sides[otherThanTarget(context)].kind === 'unknown'
    ? refused(blocked(context, `is being restored from the ${otherThanTarget(context)}`))
    : go(restoreWait(context, context.target));
}

function blocked(context: TopicContext, state: string): Refusal {
  const { target, topic } = context;
  const other = otherThanTarget(context);
  return refusal(
    'transition-blocked',
    `Topic ${topic.sides[target].topicName} on the ${target} ${state}, which does not tell. Such a topic cannot be failed over.`,
    `Bring the ${other} back, or the way to it, and let the transition end first.`,
  );
}

function olderThanOther(context: TopicContext): Refusal {
  const other = otherThanTarget(context);
  return refusal(
    'active-answers',
    `Topic ${context.topic.name} was failed over to the ${other}, which answers; the ${context.target} has older records.`,
    'Do it planned, and allow the truncation, so that the newer records come along.',
  );
}
