import { invalid } from '../refusal';
import { type CloudState } from '../state';
import { findMirror } from './lookup';
import { refuseStopped } from './stopping';
import { type LinkSide } from './records';
import { setStatus } from './mirrors';

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
