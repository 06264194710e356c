import { type PairObservation } from '../pair/observation';
import { type Role, ROLES } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';
import { confirmationsOf } from './confirmations';
import { type OperationStage, type Stage } from './decision';
import { type FailoverRequest } from './failover-request';
import { type AclStep, type Loss, type OperationStep, type Step, type StepTopic } from './plan';

/** What is to be done about one topic, one stage after the other. */
export interface TopicStages {
  readonly topic: TopicObservation;
  readonly stages: readonly Stage[];
}

interface Batch {
  readonly stage: Stage;
  readonly link: string;
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
    const link = stage.operation === 'wait' ? '' : linkNameOf(pair, topic, stage.on);
    const key = JSON.stringify([stage, link]);
    const batch = batches.get(key) ?? { stage, link, topics: [] };
    batch.topics.push(topic);
    batches.set(key, batch);
  }
  return [...batches.values()];
}

/** The mirror knows its link even where the link itself was not read. */
function linkNameOf({ members }: PairObservation, { sides }: TopicObservation, on: Role): string {
  const [side, { link }] = [sides[on], members[on]];
  return side.kind === 'mirror' ? side.linkName : link.kind === 'unknown' ? '' : link.name;
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

function stepOf(pair: PairObservation, { stage, link, topics }: Batch): Step {
  if (stage.operation === 'wait') {
    const { until, underWay, hindrance } = stage;
    const named = topics.map(({ name }) => name);
    return { kind: 'wait', topics: named, until, underWay, ...(hindrance && { hindrance }) };
  }
  return operationStep(pair, stage, link, topics);
}

function operationStep(
  pair: PairObservation,
  { operation, on, until }: OperationStage,
  link: string,
  topics: readonly TopicObservation[],
): OperationStep {
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
  const side = sides[on];
  return side.kind === 'mirror'
    ? side.lags.filter(({ lag }) => lag > 0).map(({ partition, lag }) => ({ topic: name, partition, records: lag }))
    : [];
}
