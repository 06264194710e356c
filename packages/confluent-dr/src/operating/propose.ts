import { type MemberAcls } from '../acls/acl-report';
import { pairAcls } from '../acls/pair-acls';
import { observePair } from '../observing/observe-pair';
import { type PairObservation } from '../pair/observation';
import { type Role } from '../pair/role';
import { type Plan } from '../planning/plan';
import { plan } from '../planning/planner';
import { readTraffic } from '../traffic/read-traffic';
import { type Traffic } from '../traffic/traffic';
import { MACHINE_CLOCK } from './clock';
import { Intent } from './intent';
import { Ledger } from './ledger';
import { type OperationRun, type TopicObstacle } from './operation-run';
import { isDisturbed } from './see-traffic';
import { hasLaterReversal, lacksPermission, objectionsTo, type StepPreview, validate } from './validation';

/** What would be done, and what the service says about it; nothing is changed. */
export interface Proposal {
  readonly plan: Plan;
  readonly observation: PairObservation;
  readonly acls: Readonly<Record<Role, MemberAcls>>;
  /** The service's answers to the first operations of the plan, which can be asked for now. */
  readonly previews: readonly StepPreview[];
  /** What the service would not do: without leave to go on in part, nothing would be done at all. */
  readonly objections: readonly TopicObstacle[];
  /** What clients do where the first operation would find them. @default - not looked at */
  readonly traffic?: Traffic;
}

/**
 * Plans, and lets the service validate what comes first, as a run does before its first change.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function propose({
  pair,
  request,
  askable,
  signal,
  traffic: policy,
  clock = MACHINE_CLOCK,
}: Omit<OperationRun, 'confirm'>): Promise<Proposal> {
  const intent = new Intent(request, askable);
  const seen = await observePair(pair, { signal, patienceMs: intent.patience });
  const acls = pairAcls(pair, seen, request.topics);
  const { observation } = seen;
  const planned = (): Plan => plan(observation, intent.requestFor(observation, new Ledger(), acls));
  let next = planned();
  if (hasLaterReversal(next)) {
    intent.heedAcls();
    next = planned();
  }
  let previews = await validate(pair, next, signal);
  if (lacksPermission(previews)) {
    intent.heedAcls();
    next = planned();
    const isTold = next.refusals.some(({ code }) => code === 'acls-missing');
    // What is cured first cannot be validated before; what the plan itself refuses now is told once, by it.
    previews = next.steps.some(({ kind }) => kind === 'cure-acls')
      ? []
      : isTold
        ? await validate(pair, next, signal)
        : previews;
  }
  const disturbed = policy && next.procedure === 'planned' ? next.steps.find(isDisturbed) : undefined;
  const traffic = disturbed && (await readTraffic(pair, disturbed, { ...clock, signal }));
  return { ...(traffic && { traffic }), plan: next, observation, acls, previews, objections: objectionsTo(previews) };
}
