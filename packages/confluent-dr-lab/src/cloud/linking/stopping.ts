import { invalid } from '../refusal';
import { type CloudState } from '../state';
import { hasContact } from './link-health';
import { findMirror, mirrorTopic } from './lookup';
import { setStatus } from './mirrors';
import { type LinkSide, type Mirror } from './records';

/** Stops mirroring once every record is here; needs the source. */
export function promote(state: CloudState, side: LinkSide, topicName: string, apply: boolean): void {
  const mirror = findMirror(side, topicName);
  refuseStopped(side, mirror);
  if (!['ACTIVE', 'PAUSED', 'PENDING_STOPPED'].includes(mirror.status)) {
    throw invalid(`Topic '${topicName}' is ${mirror.status}; only an ACTIVE or PAUSED mirror is promoted.`, 400);
  }
  if (!hasContact(state, side)) {
    throw invalid(
      `Topic '${topicName}' cannot be promoted: its source cluster ${side.remoteClusterId} does not answer, so nobody ` +
        'knows what is missing. Use failover to stop it all the same.',
      400,
    );
  }
  if (apply && mirror.status !== 'PENDING_STOPPED') {
    setStatus(state, mirror, 'PENDING_STOPPED');
    mirror.transition = { kind: 'promote', dueAt: state.now + state.timing.mirrorTransitionMs };
  }
}

/** Stops mirroring at once, with or without the source; what is not here yet is lost. */
export function failover(state: CloudState, side: LinkSide, topicName: string, apply: boolean): void {
  const mirror = findMirror(side, topicName);
  refuseStopped(side, mirror);
  if (['PENDING_MIRROR', 'PENDING_SETUP_FOR_RESTORE', 'PENDING_RESTORE'].includes(mirror.status)) {
    throw invalid(`Topic '${topicName}' is ${mirror.status}; wait until it is a mirror.`, 400);
  }
  if (!apply || mirror.transition?.kind === 'failover') {
    return;
  }
  setStatus(state, mirror, 'PENDING_STOPPED');
  mirror.transition = { kind: 'failover', dueAt: state.now + state.timing.mirrorTransitionMs };
}

/** From now on the topic is writable. */
export function stop(state: CloudState, side: LinkSide, mirror: Mirror): void {
  mirror.stoppedAt = {
    time: state.now,
    ends: mirrorTopic(state, side, mirror)?.partitions.map(({ end }) => end) ?? [],
  };
  delete mirror.transition;
  mirror.error = 'NO_ERROR';
  setStatus(state, mirror, 'STOPPED');
}

export function refuseStopped(side: LinkSide, mirror: Mirror): void {
  if (mirror.status === 'STOPPED') {
    throw invalid(`Topic '${mirror.topicName}' has already stopped its mirror from '${side.name}'`, 400);
  }
}

export function pause(state: CloudState, side: LinkSide, topicName: string, apply: boolean): void {
  move(state, side, topicName, { from: 'ACTIVE', to: 'PAUSED' }, apply);
}

export function resume(state: CloudState, side: LinkSide, topicName: string, apply: boolean): void {
  move(state, side, topicName, { from: 'PAUSED', to: 'ACTIVE' }, apply);
}

function move(
  state: CloudState,
  side: LinkSide,
  topicName: string,
  { from, to }: { from: 'ACTIVE' | 'PAUSED'; to: 'ACTIVE' | 'PAUSED' },
  apply: boolean,
): void {
  const mirror = findMirror(side, topicName);
  refuseStopped(side, mirror);
  if (mirror.status !== from && mirror.status !== to) {
    throw invalid(`Topic '${topicName}' is ${mirror.status}; only an ${from} mirror becomes ${to}.`, 400);
  }
  if (apply && mirror.status !== to) {
    setStatus(state, mirror, to);
  }
}
