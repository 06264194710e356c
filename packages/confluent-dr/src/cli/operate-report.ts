import { type Proposal } from '../execute/operate';
import {
  type Ending,
  type Obstacle,
  type OperatingEvent,
  type OperatingListener,
  type Question,
} from '../execute/operation-run';
import { type PairObservation } from '../observe/pair-observation';
import { clientMove } from '../observe/serving';
import { situationOf } from '../observe/situation';
import { type Direction } from '../plan/failover-request';
import { type Plan, type Step } from '../plan/plan';
import { terraformOutlook } from '../plan/terraform-outlook';
import { type DocumentOf } from '../report/output-schema/documents';
import { missingAclInWords } from '../words/advice';
import { obstacleInWords } from '../words/concerns';
import { indented, wrapped } from '../words/layout';
import { planText } from '../words/plan';
import { confirmation, progressLine, recordsTable, trafficText } from '../words/progress';
import { refusalInWords } from '../words/refusals';
import {
  hindranceInWords,
  noteInWords,
  optionOf,
  optionsFor,
  proposalInWords,
  questionInWords,
  stepInWords,
  underWayInWords,
  warningInWords,
} from '../words/steps';
import { look, Progress } from './terminal';

type PlanPart = Pick<
  DocumentOf<'failover'>,
  'target' | 'procedure' | 'proposal' | 'steps' | 'done' | 'refusals' | 'notes' | 'warnings'
>;
type ObservationPart = Pick<DocumentOf<'failover'>, 'topics' | 'clients' | 'terraform'>;

/** The JSON of a run. */
export function endingDocument(
  direction: Direction,
  ending: Ending,
  neededOption?: string,
  ofProxy: Pick<DocumentOf<'failover'>, 'proxy' | 'blocked'> = {},
): DocumentOf<'failover'> {
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
    ...ofProxy,
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
  proxy?: DocumentOf<'failover'>['proxy'],
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
    ...(proxy && { proxy }),
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

/** Tells a person what goes on, as it goes on: what will be done before, and what was done after. */
export class OperateReport {
  private readonly progress = new Progress();
  private planned = false;
  private hindrance?: string;

  /** @param say where the lines go that stay */
  constructor(private readonly say: (text: string) => void) {}

  public readonly listener: OperatingListener = (event) => {
    const line = progressLine(event);
    if (line !== undefined) {
      this.progress.tell(line);
    }
    const confirmed = confirmation(event);
    const lines = confirmed?.split('\n').map((each) => wrapped(each, look().width));
    this.tell(lines?.join('\n') ?? this.traffic(event) ?? this.plan(event));
  };

  /** What somebody is about to be asked. */
  public question(question: Question): void {
    const { records, step } = question;
    this.tell(wrapped(questionInWords(question), look().width));
    if (step.kind === 'cure-acls') {
      this.tell(indented(step.missing.map(missingAclInWords).join('\n')));
    }
    this.tell(indented(recordsTable(records, look())));
  }

  public end(): void {
    this.progress.end();
  }

  private tell(text: string | undefined): void {
    if (text !== undefined && text !== '') {
      this.progress.end();
      this.say(text);
    }
  }

  private traffic(event: OperatingEvent): string | undefined {
    return event.type === 'traffic' && event.isFinal ? trafficText(event.traffic, look()) : undefined;
  }

  /** The first plan as a whole; later ones only where they are held up by something new. */
  private plan(event: OperatingEvent): string | undefined {
    if (event.type !== 'planned') {
      return undefined;
    }
    if (!this.planned) {
      this.planned = true;
      return event.plan.kind === 'refusal' ? undefined : planText(event.plan, look());
    }
    const [step] = event.plan.steps;
    const hindrance =
      step?.kind === 'wait' && step.hindrance ? hindranceInWords(step.hindrance, step.underWay) : undefined;
    const isNew = hindrance !== undefined && hindrance !== this.hindrance;
    this.hindrance = hindrance;
    return isNew && step ? wrapped(stepInWords(step), look().width) : undefined;
  }
}
