import { hasContact, noteContact } from '../linking/link-health';
import { allSides } from '../linking/lookup';
import { noteSourceEnds } from '../linking/mirror-lags';
import { type LinkSide } from '../linking/records';
import { dropOrphanedReversals } from '../linking/reversal';
import { type CloudState } from '../state';
import { nextOnGrid } from '../timing';
import { fetchOnce, needsFetching, noteFailures } from './replication';
import { nextSync, syncWhatIsDue } from './syncs';
import { completeDueTransitions, nextTransition } from './transitions';

/**
 * Brings the cloud to the given time, lets the command change it, and gives its answer. All that goes on by itself in
 * between happens at its own time, in order, however seldom this is called.
 */
export function perform<T>(state: CloudState, now: number, command: (state: CloudState) => T): T {
  advance(state, now);
  return change(state, command);
}

/** Lets the command change the cloud at the time that it is there. */
export function change<T>(state: CloudState, command: (state: CloudState) => T): T {
  try {
    return command(state);
  } finally {
    noteFacts(state);
  }
}

/** Brings the cloud to the given time, and tells when the next thing happens by itself after that. */
export function advance(state: CloudState, now: number): number {
  let due = nextEvent(state);
  for (; due <= now; due = nextEvent(state)) {
    state.now = due;
    for (const side of allSides(state)) {
      if (due % state.timing.fetchMs === 0) {
        fetchOnce(state, side);
      }
      syncWhatIsDue(state, side);
    }
    completeDueTransitions(state);
    noteFacts(state);
  }
  state.now = Math.max(state.now, now);
  return due;
}

function nextEvent(state: CloudState): number {
  return Math.min(...allSides(state).map((side) => nextEventOf(state, side)), Infinity);
}

function nextEventOf(state: CloudState, side: LinkSide): number {
  const fetch = needsFetching(state, side) ? nextOnGrid(state.now, state.timing.fetchMs) : Infinity;
  return Math.min(fetch, nextTransition(state, side), hasContact(state, side) ? nextSync(state, side) : Infinity);
}

/** What follows from the state as it is, without time passing: true after every command and every event. */
function noteFacts(state: CloudState): void {
  noteContact(state);
  for (const side of allSides(state)) {
    dropOrphanedReversals(state, side);
    noteFailures(state, side);
    noteSourceEnds(state, side);
  }
}
