import { cloudFault } from '../faults';
import { hasContact } from '../linking/link-health';
import { allSides } from '../linking/lookup';
import { isCaughtUp } from '../linking/mirror-lags';
import { type LinkSide, type Mirror } from '../linking/records';
import { completeRestore, completeSetUp } from '../linking/restoring';
import { completeReversal } from '../linking/reversal';
import { stop } from '../linking/stopping';
import { type CloudState } from '../state';

/** When the next transition of this side may be able to end. One that is blocked has no time. */
export function nextTransition(state: CloudState, side: LinkSide): number {
  let next = Infinity;
  for (const mirror of side.mirrors.values()) {
    if (mirror.transition && !isBlocked(state, side, mirror)) {
      next = Math.min(next, Math.max(state.now, mirror.transition.dueAt));
    }
  }
  return next;
}

export function completeDueTransitions(state: CloudState): void {
  for (const side of allSides(state)) {
    for (const mirror of [...side.mirrors.values()]) {
      const { transition } = mirror;
      if (!transition || transition.dueAt > state.now || isBlocked(state, side, mirror)) {
        continue;
      }
      if (!complete(state, side, mirror)) {
        transition.dueAt = state.now + state.timing.fetchMs;
      }
    }
  }
}

function isBlocked(state: CloudState, side: LinkSide, mirror: Mirror): boolean {
  const needsSource = mirror.transition?.kind !== 'failover';
  return (
    cloudFault(state, 'mirror-stuck', side.clusterId, mirror.topicName) !== undefined ||
    (needsSource && !hasContact(state, side))
  );
}

function complete(state: CloudState, side: LinkSide, mirror: Mirror): boolean {
  switch (mirror.transition?.kind) {
    case 'failover':
      stop(state, side, mirror);
      return true;
    case 'promote':
      if (!isCaughtUp(state, side, mirror)) {
        return false;
      }
      stop(state, side, mirror);
      return true;
    case 'reverse':
      return completeReversal(state, side, mirror);
    case 'setup-for-restore':
      return completeSetUp(state, side, mirror);
    case 'restore':
      return completeRestore(state, side, mirror);
    case undefined:
      return true;
  }
}
