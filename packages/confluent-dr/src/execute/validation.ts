import { RequestFailure } from '../client/request-failure';
import { type PairSource } from '../observe/observe-pair';
import { type OperationStep, type Plan } from '../plan/plan';
import { isForbidden } from './create-acls';
import { type Preview, preview } from './mirror-requests';
import { type TopicObstacle } from './operation-run';

/** What the service says to an operation that it is asked to validate only. */
export interface StepPreview {
  readonly step: OperationStep;
  /** Undefined if the service could not be asked; `failure` tells why. */
  readonly answer?: Preview;
  readonly failure?: string;
}

/**
 * Lets the service validate what can be asked for now, in few requests; nothing is changed.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function validate(pair: PairSource, plan: Plan, signal?: AbortSignal): Promise<StepPreview[]> {
  const previews: StepPreview[] = [];
  for (const step of firstOperations(plan)) {
    try {
      previews.push({ step, answer: await preview(pair.members[step.on].kafka, step, step.topics, signal) });
    } catch (error) {
      if (!(error instanceof RequestFailure) || error.kind === 'aborted') {
        throw error;
      }
      previews.push({ step, failure: error.message });
    }
  }
  return previews;
}

/** What the service would not do, topic by topic. */
export function objectionsTo(previews: readonly StepPreview[]): TopicObstacle[] {
  return previews.flatMap(({ step: { operation, on, topics }, answer, failure }): TopicObstacle[] =>
    answer
      ? [...answer.refused].map(([topic, { message }]) => ({
          code: 'operation-refused',
          topic,
          on,
          operation,
          message,
        }))
      : topics.map(({ name: topic }) => ({
          code: 'request-failed',
          topic,
          on,
          operation,
          ...(failure !== undefined && { message: failure }),
        })),
  );
}

/** Whether it would refuse something for want of permissions. */
export const lacksPermission = (previews: readonly StepPreview[]): boolean =>
  previews.some(({ answer }) => [...(answer?.refused.values() ?? [])].some(({ code }) => isForbidden(code)));

/** Whether a reversal comes only after something else, so that nobody can let it be validated yet. */
export function hasLaterReversal(plan: Plan): boolean {
  const first = new Set(firstOperations(plan));
  return plan.steps.some(
    (step) => step.kind === 'operate' && step.operation === 'reverse-and-start-mirror' && !first.has(step),
  );
}

/** Those that do not wait for another one of the same topics. */
function firstOperations({ steps }: Plan): OperationStep[] {
  const taken = new Set<string>();
  return steps.flatMap((step) => {
    if (step.kind === 'cure-acls') {
      return [];
    }
    const names = step.kind === 'wait' ? step.topics : step.topics.map(({ name }) => name);
    const isFirst = names.every((name) => !taken.has(name));
    names.forEach((name) => taken.add(name));
    return isFirst && step.kind === 'operate' ? [step] : [];
  });
}
