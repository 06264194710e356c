import { type MemberAcls, pairAcls } from '../acls';
import { RequestFailure } from '../client';
import { observePair } from '../observing';
import { type PairObservation, type Role } from '../pair';
import { type OperationStep, type Plan, plan } from '../planning';
import { type Preview, preview } from './ask';
import { Intent } from './intent';
import { Ledger } from './ledger';
import { type OperationRun } from './operation-run';

/** What would be done, and what the service says about it; nothing is changed. */
export interface Proposal {
  readonly plan: Plan;
  readonly observation: PairObservation;
  readonly acls: Readonly<Record<Role, MemberAcls>>;
  /** The service's answers to the first operations of the plan, which can be asked for now. */
  readonly previews: readonly StepPreview[];
}

export interface StepPreview {
  readonly step: OperationStep;
  /** Undefined if the service could not be asked; `failure` tells why. */
  readonly answer?: Preview;
  readonly failure?: string;
}

/**
 * Plans, and lets the service validate what comes first.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function propose({ pair, request, askable, signal }: Omit<OperationRun, 'confirm'>): Promise<Proposal> {
  const seen = await observePair(pair, { signal });
  const acls = pairAcls(pair, seen, request.topics);
  const { observation } = seen;
  const next = plan(observation, new Intent(request, askable).requestFor(observation, new Ledger(), acls));
  const previews: StepPreview[] = [];
  for (const step of firstOperations(next)) {
    previews.push(await previewOf(step));
  }
  return { plan: next, observation, acls, previews };

  async function previewOf(step: OperationStep): Promise<StepPreview> {
    try {
      return { step, answer: await preview(pair.members[step.on].kafka, step, step.topics, signal) };
    } catch (error) {
      if (error instanceof RequestFailure && error.kind !== 'aborted') {
        return { step, failure: error.message };
      }
      throw error;
    }
  }
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
