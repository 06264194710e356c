import { type DocumentOf } from '../../runbook/output-schema';
import { type Ending, type Proposal } from '../../runbook/operating';
import { clientMove, type PairObservation, situationOf } from '../../runbook/pair';
import { type Direction, type Plan, terraformOutlook } from '../../runbook/planning';

type PlanPart = Pick<
  DocumentOf<'failover'>,
  'target' | 'procedure' | 'proposal' | 'steps' | 'done' | 'refusals' | 'notes' | 'warnings'
>;
type ObservationPart = Pick<DocumentOf<'failover'>, 'topics' | 'clients' | 'terraform'>;

/** The JSON of a run. */
export function endingDocument(direction: Direction, ending: Ending, neededOption?: string): DocumentOf<'failover'> {
  const { kind, plan, observation, deeds, obstacles, lost, discarded, declined } = ending;
  return {
    command: direction,
    dryRun: false,
    result: kind,
    ...(plan && planPart(plan)),
    operations: deeds.map(({ operation, on, topic, outcome }) => ({
      operation,
      on,
      topic,
      outcome: outcome.kind,
      ...('message' in outcome && { message: outcome.message }),
    })),
    obstacles,
    lost,
    discarded,
    ...(declined && {
      declined: { kind: declined.kind, text: declined.text, records: declined.records, option: neededOption },
    }),
    ...(observation && plan && observationPart(observation, plan)),
  };
}

/** The JSON of a dry run. */
export function proposalDocument(
  direction: Direction,
  { plan, observation, previews }: Proposal,
): DocumentOf<'failover'> {
  return {
    command: direction,
    dryRun: true,
    result: plan.kind,
    ...planPart(plan),
    previews: previews.map(({ step, answer, failure }) => ({
      operation: step.operation,
      on: step.on,
      ...(answer && {
        refused: [...answer.refused].map(([topic, { message }]) => ({ topic, message })),
        discarded: answer.discarded,
      }),
      ...(failure !== undefined && { failure }),
    })),
    ...observationPart(observation, plan),
  };
}

function planPart({ target, procedure, proposal, steps, done, refusals, notes, warnings }: Plan): PlanPart {
  return { target, procedure, ...(proposal !== undefined && { proposal }), steps, done, refusals, notes, warnings };
}

function observationPart(observation: PairObservation, { target }: Plan): ObservationPart {
  return {
    topics: observation.topics.map((topic) => ({ name: topic.name, situation: situationOf(topic).kind })),
    clients: clientMove(observation, target),
    terraform: terraformOutlook(observation),
  };
}
