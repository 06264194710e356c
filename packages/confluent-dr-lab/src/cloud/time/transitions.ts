import { allSides } from '../linking/lookup';
import { isCaughtUp } from '../linking/mirror-lags';
import { type LinkSide, type Mirror } from '../linking/records';
import { completeRestore, completeSetUp, restoreOf } from '../linking/restoring';
import { completeReversal, obstacleTo } from '../linking/reversal';
import { stop } from '../linking/stopping';
import { cloudFault, type CloudState } from '../state';

/** When the next transition of this side ends. One that waits for something has no time until that has happened. */
export function nextTransition(state: CloudState, side: LinkSide): number {
  let next = Infinity;
  for (const mirror of side.mirrors.values()) {
    if (mirror.transition && mirror.transition.dueAt < next && completion(state, side, mirror)) {
      next = Math.max(state.now, mirror.transition.dueAt);
    }
  }
  return next;
}

export function completeDueTransitions(state: CloudState): void {
  for (const side of allSides(state)) {
    for (const mirror of [...side.mirrors.values()]) {
      if (mirror.transition && mirror.transition.dueAt <= state.now) {
        completion(state, side, mirror)?.();
      }
    }
  }
}

/** How the transition ends, if nothing stands in its way. */
function completion(state: CloudState, side: LinkSide, mirror: Mirror): (() => void) | undefined {
  const { transition } = mirror;
  if (
    !transition ||
    (state.hasBrokers && !transition.settled) ||
    cloudFault(state, 'mirror-stuck', side.clusterId, mirror.topicName)
  ) {
    return undefined;
  }
  switch (transition.kind) {
    case 'failover':
      return () => stop(state, side, mirror);
    case 'promote':
      return isDone(state, side, mirror) ? () => stop(state, side, mirror) : undefined;
    case 'reverse':
      return obstacleTo(state, side, mirror) === undefined && isDone(state, side, mirror)
        ? () => completeReversal(state, side, mirror, transition.newMirrorStatus)
        : undefined;
    case 'setup-for-restore': {
      const restore = restoreOf(state, side, mirror);
      return restore && (() => completeSetUp(state, mirror, restore));
    }
    case 'restore':
      return isDone(state, side, mirror) ? () => completeRestore(state, mirror) : undefined;
  }
}

/** Brokers say themselves when they are done; without them it is so when every record is here. */
const isDone = (state: CloudState, side: LinkSide, mirror: Mirror): boolean =>
  state.hasBrokers === true || isCaughtUp(state, side, mirror);
