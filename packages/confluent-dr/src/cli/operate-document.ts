import { type Ending, type Obstacle } from '../operating/operation-run';
import { type Proposal } from '../operating/propose';
import { type DocumentOf } from '../output-schema/documents';
import { clientMove } from '../pair/client-move';
import { type PairObservation } from '../pair/observation';
import { situationOf } from '../pair/situation';
import { type Direction } from '../planning/failover-request';
import { type Plan, type Step } from '../planning/plan';
import { terraformOutlook } from '../planning/terraform-outlook';
import { missingAclInWords } from '../words/acls';
import { optionOf, optionsFor } from '../words/consent';
import { obstacleInWords } from '../words/obstacles';
import { questionInWords } from '../words/questions';
import { refusalInWords } from '../words/refusals';
import { hindranceInWords, noteInWords, proposalInWords, underWayInWords, warningInWords } from '../words/steps';

type PlanPart = Pick<
  DocumentOf<'failover'>,
  'target' | 'procedure' | 'proposal' | 'steps' | 'done' | 'refusals' | 'notes' | 'warnings'
>;
type ObservationPart = Pick<DocumentOf<'failover'>, 'topics' | 'clients' | 'terraform'>;

/** The JSON of a run. */
export function endingDocument(direction: Direction, ending: Ending, neededOption?: string): DocumentOf<'failover'> {
  const { kind, plan, observation, attempts, obstacles, lost, discarded, declined, traffic } = ending;
  return {
    command: direction,
    dryRun: false,
    result: kind,
    ...(plan && planPart(plan)),
    operations: attempts.map(({ operation, on, topic, outcome }) => ({
      operation,
      on,
      topic,
      outcome: outcome.kind,
      ...('message' in outcome && { message: outcome.message }),
    })),
    obstacles: obstacles.map(obstaclePart),
    lost,
    discarded,
    ...(traffic && { traffic }),
    ...(declined && {
      declined: {
        kind: declined.kind,
        text: questionInWords(declined),
        records: declined.records,
        option: neededOption,
      },
    }),
    ...(observation && plan && observationPart(observation, plan)),
  };
}

const obstaclePart = (obstacle: Obstacle): NonNullable<DocumentOf<'failover'>['obstacles']>[number] => ({
  ...(obstacle.topic !== undefined && { topic: obstacle.topic }),
  code: obstacle.code,
  ...obstacleInWords(obstacle),
});

/** The JSON of a dry run. */
export function proposalDocument(
  direction: Direction,
  { plan, observation, previews, objections, traffic }: Proposal,
  verdict: NonNullable<DocumentOf<'failover'>['verdict']>,
): DocumentOf<'failover'> {
  return {
    command: direction,
    dryRun: true,
    result: plan.kind,
    verdict,
    ...planPart(plan),
    obstacles: objections.map(obstaclePart),
    ...(traffic && { traffic }),
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
  return {
    target,
    procedure,
    ...(proposal && { proposal: { code: proposal.code, text: proposalInWords(proposal) } }),
    steps: steps.map(stepPart),
    done,
    refusals: refusals.map((refusal) => ({
      ...(refusal.topic !== undefined && { topic: refusal.topic }),
      code: refusal.code,
      ...refusalInWords(refusal),
      ...(refusal.code === 'acls-missing' && { acls: refusal.acls.map(missingAclInWords) }),
      ...(refusal.liftedBy && { option: optionOf(refusal.liftedBy) }),
    })),
    notes: notes.map((note) => ({ topic: note.topic, code: note.code, text: noteInWords(note) })),
    warnings: warnings.map((warning) => ({ code: warning.code, ...warningInWords(warning) })),
  };
}

function stepPart(step: Step): NonNullable<PlanPart['steps']>[number] {
  switch (step.kind) {
    case 'cure-acls':
      return { ...step, missing: step.missing.map(missingAclInWords) };
    case 'wait': {
      const { hindrance, underWay, ...rest } = step;
      const because = underWayInWords(underWay);
      const held = hindrance && { hindrance: hindranceInWords(hindrance, underWay) };
      return { ...rest, underWay, because, ...held };
    }
    case 'operate':
      return {
        ...step,
        confirmations: step.confirmations.map(({ kind, clusterId }) => ({
          kind,
          text: questionInWords({ kind, step, clusterId, records: [] }),
          options: optionsFor(kind),
        })),
      };
  }
}

function observationPart(observation: PairObservation, { target }: Plan): ObservationPart {
  return {
    topics: observation.topics.map((topic) => ({ name: topic.name, situation: situationOf(topic).kind })),
    clients: clientMove(observation, target),
    terraform: terraformOutlook(observation),
  };
}
