import {
  type LinkSide,
  type MirrorObservation,
  otherRole,
  type PairObservation,
  presenceOf,
  type Role,
  ROLES,
  type TopicObservation,
} from '../observe/pair-observation';
import { type FailoverRequest } from './failover-request';
import {
  type AclStep,
  type Confirmation,
  type Loss,
  type Note,
  type OperationStage,
  type OperationStep,
  type PlannedOperation,
  type Stage,
  type Step,
  type StepTopic,
  type TopicNote,
  type Warning,
} from './plan';

interface Proposed {
  readonly operation: PlannedOperation;
  readonly on: Role;
}

/** What a person has to agree to before an operation. To resume a mirror needs nobody's leave. */
function confirmationsOf({ members }: PairObservation, { operation, on }: Proposed): Confirmation[] {
  const { clusterId } = members[on];
  switch (operation) {
    case 'resume':
      return [];
    case 'reverse-and-start-mirror':
      return [{ kind: 'switch-over', clusterId }];
    case 'failover': {
      const gone = presenceOf(members[otherRole(on)].dataPlane) === 'away';
      const loss: Confirmation = { kind: 'loss', clusterId };
      return gone ? [loss] : [loss, { kind: 'two-writable-sides', clusterId }];
    }
    case 'truncate-and-restore':
      return [{ kind: 'discard', clusterId }];
  }
}

/** What is to be done about one topic, one stage after the other. */
export interface TopicStages {
  readonly topic: TopicObservation;
  readonly stages: readonly Stage[];
}

interface Batch {
  readonly stage: Stage;
  readonly topics: TopicObservation[];
}

/** Joins equal stages of all topics to steps: what can be done at once comes first, then what has to wait for it. */
export function stepsOf(pair: PairObservation, request: FailoverRequest, plans: readonly TopicStages[]): Step[] {
  const stages = plans.flatMap((plan) => plan.stages);
  const depth = Math.max(0, ...plans.map((plan) => plan.stages.length));
  const steps = Array.from({ length: depth }, (_, index) => batchesAt(pair, plans, index)).flatMap((batches) =>
    [...batches].sort(operationsFirst).map((batch) => stepOf(pair, batch)),
  );
  return [...(stages.some(needsAcls) ? aclSteps(request) : []), ...steps];
}

function batchesAt(pair: PairObservation, plans: readonly TopicStages[], index: number): Batch[] {
  const batches = new Map<string, Batch>();
  for (const { topic, stages } of plans) {
    const stage = stages.at(index);
    if (!stage) {
      continue;
    }
    const key = JSON.stringify([stage, stage.operation !== 'wait' && linkNameOf(pair, topic, stage.on)]);
    const batch = batches.get(key) ?? { stage, topics: [] };
    batch.topics.push(topic);
    batches.set(key, batch);
  }
  return [...batches.values()];
}

/** A mirror knows its link even where the link itself was not read; what is none is restored, for which it was. */
function linkNameOf({ members }: PairObservation, { sides }: TopicObservation, on: Role): string {
  const side = sides[on];
  return side.kind === 'mirror' ? side.linkName : (members[on].link as LinkSide).name;
}

const operationsFirst = (one: Batch, other: Batch): number =>
  Number(one.stage.operation === 'wait') - Number(other.stage.operation === 'wait');

const needsAcls = (stage: Stage): boolean =>
  stage.operation === 'wait' ? (stage.needsAcls ?? false) : stage.operation === 'reverse-and-start-mirror';

function aclSteps({ missingAcls, allow }: FailoverRequest): AclStep[] {
  return ROLES.flatMap((role): AclStep[] => {
    const missing = missingAcls?.filter(({ on }) => on === role) ?? [];
    return missing.length > 0 && allow?.aclCure ? [{ kind: 'cure-acls', on: role, missing }] : [];
  });
}

function stepOf(pair: PairObservation, { stage, topics }: Batch): Step {
  if (stage.operation === 'wait') {
    const { until, underWay, hindrance } = stage;
    const named = topics.map(({ name }) => name);
    return { kind: 'wait', topics: named, until, underWay, ...(hindrance && { hindrance }) };
  }
  return operationStep(pair, stage, topics);
}

function operationStep(
  pair: PairObservation,
  { operation, on, until }: OperationStage,
  topics: readonly TopicObservation[],
): OperationStep {
  const link = linkNameOf(pair, topics[0], on);
  const named = topics.map(({ name, sides }): StepTopic => ({ name, nameThere: sides[on].topicName }));
  const loss = lossOf(operation, on, topics);
  const confirmations = confirmationsOf(pair, { operation, on });
  return { kind: 'operate', operation, on, link, topics: named, until, loss, confirmations };
}

function lossOf(operation: OperationStage['operation'], on: Role, topics: readonly TopicObservation[]): Loss {
  switch (operation) {
    case 'failover':
      return { kind: 'not-mirrored', atLeast: topics.flatMap((topic) => notMirrored(topic, on)) };
    case 'truncate-and-restore':
      return { kind: 'discarded' };
    case 'resume':
    case 'reverse-and-start-mirror':
      return { kind: 'none' };
  }
}

function notMirrored(
  { name, sides }: TopicObservation,
  on: Role,
): { topic: string; partition: number; records: number }[] {
  const { lags } = sides[on] as MirrorObservation;
  return lags.filter(({ lag }) => lag > 0).map(({ partition, lag }) => ({ topic: name, partition, records: lag }));
}

/** What does not stand in the way of the operations, and will cost something later. */
export function warningsOf({ members, unmirrored = [] }: PairObservation): Warning[] {
  const tasks = ROLES.flatMap((on) => {
    const { link } = members[on];
    if (link.kind !== 'link') {
      return [];
    }
    const broken = link.tasks.filter(({ state }) => state === 'IN_ERROR');
    return broken.map(({ name: task, errors }) => ({
      code: 'task-in-error' as const,
      on,
      link: link.name,
      task,
      errors: errors.map(({ message }) => message),
    }));
  });
  return unmirrored.length === 0
    ? tasks
    : [{ code: 'unmirrored', topics: unmirrored.map(({ name }) => name) }, ...tasks];
}

/** Remarks about a topic that hold whatever is done about it. */
export function topicNotes({ name, sides }: TopicObservation): TopicNote[] {
  const { primary, secondary } = sides;
  const notes: Note[] = [];
  if ('partitions' in primary && 'partitions' in secondary && primary.partitions !== secondary.partitions) {
    const partitions = { primary: primary.partitions, secondary: secondary.partitions };
    notes.push({ code: 'partitions-differ', partitions });
  }
  for (const on of ROLES) {
    const side = sides[on];
    if (side.kind === 'mirror' && side.error !== undefined) {
      notes.push({ code: 'mirror-error', on, error: side.error });
    }
  }
  return notes.map((note) => ({ topic: name, ...note }));
}
