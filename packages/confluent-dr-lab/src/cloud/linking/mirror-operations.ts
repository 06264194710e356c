import { invalid, Refusal } from '../refusal';
import { cloudFault, type CloudState } from '../state';
import { type MirrorOperation } from '../vocabulary';
import { otherSide } from './lookup';
import { type MirrorLag, mirrorLags } from './mirror-lags';
import { type LinkSide } from './records';
import { truncateAndRestore, type Truncation } from './restoring';
import { reverse } from './reversal';
import { failover, pause, promote, resume } from './stopping';

/** What became of one topic. An operation as a whole succeeds even if it was refused for every topic. */
export interface OperationRow {
  readonly topicName: string;
  readonly errorCode: number | null;
  readonly errorMessage: string | null;
  readonly lags: MirrorLag[];
  /** Of a truncation only, sorted by partition. */
  readonly truncation?: Truncation[];
}

/** Checks, and applies unless told not to. */
export type Operation = (state: CloudState, side: LinkSide, topicName: string, apply: boolean) => Truncation[] | void;

const OPERATIONS: Record<MirrorOperation, Operation> = {
  promote,
  failover,
  pause,
  resume,
  'reverse-and-start-mirror': reverse('ACTIVE'),
  'reverse-and-pause-mirror': reverse('PAUSED'),
  'truncate-and-restore': truncateAndRestore,
};

export interface OperationRequest {
  readonly operation: MirrorOperation;
  readonly topicNames?: readonly string[];
  /** A regular expression that whole names must match. */
  readonly pattern?: string;
  readonly validateOnly: boolean;
}

export function operate(state: CloudState, side: LinkSide, request: OperationRequest): OperationRow[] {
  return topicsOf(state, side, request).map((topicName) => {
    try {
      refuseByFault(state, side, topicName);
      const truncation = OPERATIONS[request.operation](state, side, topicName, !request.validateOnly) ?? undefined;
      return { ...row(state, side, topicName), truncation };
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      return { ...row(state, side, topicName), errorCode: error.code, errorMessage: error.message };
    }
  });
}

function row(state: CloudState, side: LinkSide, topicName: string): OperationRow {
  const mirror = side.mirrors.get(topicName);
  return { topicName, errorCode: null, errorMessage: null, lags: mirror ? mirrorLags(state, side, mirror) : [] };
}

function topicsOf(state: CloudState, side: LinkSide, { operation, topicNames, pattern }: OperationRequest): string[] {
  if (topicNames && topicNames.length > 0) {
    return [...new Set(topicNames)];
  }
  if (pattern === undefined) {
    throw invalid('Name the mirror topics, by mirror_topic_names or mirror_topic_name_pattern.', 400);
  }
  const expression = compile(pattern);
  return candidates(state, side, operation).filter((name) => expression.test(name));
}

/** A restore is asked for a topic that is no mirror yet: the other side's stopped mirror tells of it. */
function candidates(state: CloudState, side: LinkSide, operation: MirrorOperation): string[] {
  const other = operation === 'truncate-and-restore' ? otherSide(state, side) : undefined;
  const elsewhere = [...(other?.mirrors.values() ?? [])].map(({ sourceTopicName }) => sourceTopicName);
  return [...new Set([...side.mirrors.keys(), ...elsewhere])];
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw invalid(`${JSON.stringify(pattern)} is not a regular expression.`, 400);
  }
}

function refuseByFault(state: CloudState, side: LinkSide, topicName: string): void {
  const fault = cloudFault(state, 'mirror-refused', side.clusterId, topicName);
  if (fault) {
    throw invalid(fault.message, fault.code);
  }
}
