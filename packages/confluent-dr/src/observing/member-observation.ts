import { type LinkRow, type LinkTaskRow } from '../client/kafka-rest-rows';
import { type DataPlane } from '../pair/data-plane';
import { type LinkObservation, type LinkState, type LinkTask, type LinkTaskState } from '../pair/link-observation';
import { type MemberObservation } from '../pair/observation';
import { type MemberReading } from './member-reader';

const LINK_STATES: readonly LinkState[] = ['ACTIVE', 'FAILED', 'UNAVAILABLE', 'PAUSED', 'UNKNOWN'];
const TASK_STATES: readonly LinkTaskState[] = [
  'UNKNOWN',
  'ACTIVE',
  'IN_ERROR',
  'NOT_CONFIGURED',
  'LINK_FAILED',
  'LINK_UNAVAILABLE',
  'LINK_PAUSED',
];

/** What a member's answers say about itself and its side of the link. */
export function memberObservation(clusterId: string, linkName: string, reading: MemberReading): MemberObservation {
  return { clusterId, dataPlane: dataPlaneOf(reading), link: linkObservation(linkName, reading) };
}

/** The list of mirrors is what nothing can be said without; but who answers anything else is not gone. */
function dataPlaneOf({ mirrors, topics, link, linkConfigs }: MemberReading): DataPlane {
  if (mirrors.known) {
    return { kind: 'answers' };
  }
  const { kind, message } = mirrors.failure;
  // A reading that was given up is none, so that the kind is there for the type alone.
  const lives = [topics, link, linkConfigs].some(({ known }) => known);
  return { kind: kind === 'aborted' ? 'cut' : kind, cause: message, ...(lives && { lives }) };
}

function linkObservation(name: string, { link, linkConfigs, mirrors }: MemberReading): LinkObservation {
  if (!link.known) {
    // Where the cluster itself is not found, nothing is known about its links.
    const isAbsent = link.failure.kind === 'not-found' && mirrors.known;
    return isAbsent ? { kind: 'absent', name } : { kind: 'unknown', cause: link.failure.message };
  }
  const row = link.value;
  const settings = linkConfigs.known
    ? new Map(linkConfigs.value.map((config) => [config.name, config.value]))
    : undefined;
  const state = knownWord(LINK_STATES, row.link_state);
  return {
    kind: 'link',
    name,
    linkId: row.cluster_link_id,
    state,
    ...errorsOf(row),
    ...(settings && { prefix: settings.get('cluster.link.prefix') ?? '' }),
    paused: state === 'PAUSED' || settings?.get('cluster.link.paused') === 'true',
    tasks: (row.tasks ?? []).map(taskOf),
  };
}

function errorsOf({ link_error: error, link_error_message: message }: LinkRow): {
  error?: string;
  errorMessage?: string;
} {
  return { ...(error && error !== 'NO_ERROR' && { error }), ...(message && { errorMessage: message }) };
}

function taskOf({ task_name: name, state, errors }: LinkTaskRow): LinkTask {
  return {
    name,
    state: knownWord(TASK_STATES, state),
    errors: (errors ?? []).map(({ error_code: code, error_message: message }) => ({ code, message })),
  };
}

/** A word that the service has and this tool does not know yet is UNKNOWN, as is none. */
function knownWord<T extends string>(words: readonly T[], word: string | undefined): T | 'UNKNOWN' {
  return words.find((known) => known === word) ?? 'UNKNOWN';
}
