import { type KafkaRestClient } from '../client/kafka-rest-client';
import { type OperationOutcome } from '../client/mirror-operation';
import { RequestFailure } from '../client/request-failure';
import { type PairObservation, type Role } from '../observe/pair-observation';
import { type OperationStep, type RecordsLost, type StepTopic } from '../plan/plan';
import { type AttemptOutcome, type OperationAttempt } from './operation-run';

/** So many topics are named in one request at most. */
export const MOST_TOPICS = 250;
/** So many characters the names in one request have at most; a name can have 249. */
export const MOST_CHARACTERS = 32_768;

/** Few requests for many topics, none of them so big that a server declines it. */
export function batchesOf<T>(items: readonly T[], nameOf: (item: T) => string): T[][] {
  const batches: T[][] = [];
  let characters = Infinity;
  for (const item of items) {
    const { length } = nameOf(item);
    if (characters + length > MOST_CHARACTERS || batches[batches.length - 1].length === MOST_TOPICS) {
      batches.push([]);
      characters = 0;
    }
    batches[batches.length - 1].push(item);
    characters += length;
  }
  return batches;
}

/** How many records in all. */
export const totalOf = (counts: readonly RecordsLost[]): number =>
  counts.reduce((sum, { records }) => sum + records, 0);

/** Per topic and partition, the greater of all that is told. */
export class RecordCounts {
  private readonly counts = new Map<string, RecordsLost>();

  public add(told: readonly RecordsLost[]): void {
    for (const count of told) {
      const key = JSON.stringify([count.topic, count.partition]);
      if (count.records > (this.counts.get(key)?.records ?? 0)) {
        this.counts.set(key, count);
      }
    }
  }

  /** Those with records, by topic and partition. */
  public list(): RecordsLost[] {
    return [...this.counts.values()].sort(
      (one, other) => compare(one.topic, other.topic) || one.partition - other.partition,
    );
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/**
 * What stopped mirrors say they lack: of a failover that an earlier run did, or one whose answer was lost. A mirror keeps
 * telling it once it is STOPPED.
 */
export function lossToldBy({ topics }: PairObservation, target: Role, names: ReadonlySet<string>): RecordsLost[] {
  return topics
    .filter(({ name }) => names.has(name))
    .flatMap(({ name, sides }) => {
      const side = sides[target];
      const lags = side.kind === 'mirror' && side.status === 'STOPPED' ? side.lags : [];
      return lags.filter(({ lag }) => lag > 0).map(({ partition, lag }) => ({ topic: name, partition, records: lag }));
    });
}

/** Failures that the next try would meet as well. */
const FINAL: readonly RequestFailure['kind'][] = ['unauthorized', 'forbidden', 'not-found', 'bad-request'];

/** What asking for an operation on some topics came to. */
export interface RequestOutcome {
  readonly attempts: readonly OperationAttempt[];
  /** Of a failover: records that the mirrors do not have, as the answer tells. */
  readonly lagging: readonly RecordsLost[];
  /** Of a truncation: records that it takes. */
  readonly discarded: readonly RecordsLost[];
}

export interface MirrorRequestProps {
  readonly kafka: Pick<KafkaRestClient, 'operate'>;
  readonly step: OperationStep;
  readonly topics: readonly StepTopic[];
  readonly now: () => number;
  /** Before each request. */
  readonly onRequest: (topics: readonly string[]) => void;
  /** Of each request. */
  readonly onAnswer: (answers: RequestOutcome) => void;
  /** No further request is sent once it is aborted; the one under way is answered first. */
  readonly signal?: AbortSignal;
}

/** Asks once, in few requests one after the other; after one that failed as a whole, no more. */
export async function requestOperation({
  kafka,
  step,
  topics,
  now,
  onRequest,
  onAnswer,
  signal,
}: MirrorRequestProps): Promise<void> {
  for (const batch of batchesOf(topics, ({ nameThere }) => nameThere)) {
    if (signal?.aborted) {
      return;
    }
    onRequest(batch.map(({ name }) => name));
    try {
      const outcomes = await kafka.operate(step.link, step.operation, namesThere(batch));
      onAnswer(requestOutcomeOf(step, batch, outcomes, now()));
    } catch (error) {
      const outcome = failureOutcome(error);
      const attempts = batch.map(({ name }) => attemptOf(step, name, outcome, now()));
      onAnswer({ attempts, lagging: [], discarded: [] });
      return;
    }
  }
}

/** What the service would answer; nothing is done. */
export interface Preview {
  /** Topics that it would refuse, and why. */
  readonly refused: ReadonlyMap<string, { readonly code?: number; readonly message: string }>;
  readonly discarded: readonly RecordsLost[];
}

/** In place of a partition where only the whole topic's number is told. */
export const ALL_PARTITIONS = -1;

/** @throws RequestFailure */
export async function preview(
  kafka: Pick<KafkaRestClient, 'operate'>,
  step: OperationStep,
  topics: readonly StepTopic[],
  signal?: AbortSignal,
): Promise<Preview> {
  const refused = new Map<string, { code?: number; message: string }>();
  const discarded: RecordsLost[] = [];
  for (const batch of batchesOf(topics, ({ nameThere }) => nameThere)) {
    const options = { validateOnly: true, signal };
    const outcomes = await kafka.operate(step.link, step.operation, namesThere(batch), options);
    outcomes.forEach((outcome, index) => {
      const { name } = batch[index];
      if (outcome.result === 'refused') {
        const { code, message } = outcome;
        refused.set(name, { ...(code !== undefined && { code }), message });
      }
      discarded.push(...discardedBy(name, outcome));
    });
  }
  return { refused, discarded };
}

const namesThere = (topics: readonly StepTopic[]): string[] => topics.map(({ nameThere }) => nameThere);

const attemptOf = (
  { operation, on }: OperationStep,
  topic: string,
  outcome: AttemptOutcome,
  at: number,
): OperationAttempt => ({
  operation,
  on,
  topic,
  outcome,
  at,
});

function requestOutcomeOf(
  step: OperationStep,
  batch: readonly StepTopic[],
  outcomes: readonly OperationOutcome[],
  at: number,
): RequestOutcome {
  const told = outcomes.map((outcome, index) => ({ name: batch[index].name, outcome }));
  return {
    attempts: told.map(({ name, outcome }) => attemptOf(step, name, outcomeOf(outcome), at)),
    lagging: step.operation === 'failover' ? told.flatMap(({ name, outcome }) => laggingBy(name, outcome)) : [],
    discarded: told.flatMap(({ name, outcome }) => discardedBy(name, outcome)),
  };
}

function outcomeOf(outcome: OperationOutcome): AttemptOutcome {
  switch (outcome.result) {
    case 'accepted':
      return { kind: 'accepted' };
    case 'refused':
      return { kind: 'refused', message: outcome.message, ...(outcome.code !== undefined && { code: outcome.code }) };
    case 'unmentioned':
      return { kind: 'unknown', message: 'the answer does not mention it' };
  }
}

function failureOutcome(error: unknown): AttemptOutcome {
  if (!(error instanceof RequestFailure)) {
    throw error;
  }
  return error.outcomeUnknown
    ? { kind: 'unknown', message: error.message }
    : { kind: 'failed', message: error.message, final: FINAL.includes(error.kind) };
}

function laggingBy(topic: string, outcome: OperationOutcome): RecordsLost[] {
  return outcome.result === 'accepted'
    ? outcome.lags.filter(({ lag }) => lag > 0).map(({ partition, lag }) => ({ topic, partition, records: lag }))
    : [];
}

function discardedBy(topic: string, outcome: OperationOutcome): RecordsLost[] {
  const truncation = outcome.result === 'accepted' ? outcome.truncation : undefined;
  if (!truncation) {
    return [];
  }
  const { partitions, records } = truncation;
  const told = partitions.length > 0 ? partitions : [{ partition: ALL_PARTITIONS, records }];
  return told
    .filter((part) => part.records > 0)
    .map((part) => ({ topic, partition: part.partition, records: part.records }));
}
