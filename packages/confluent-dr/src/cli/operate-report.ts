import { type OperatingEvent, type OperatingListener } from '../operating/operating-event';
import { type Question } from '../operating/operation-run';
import { missingAclInWords } from '../words/acls';
import { recordsTable } from '../words/loss';
import { confirmation, progressLine } from '../words/operating-progress';
import { planText } from '../words/plan';
import { questionInWords } from '../words/questions';
import { indented, wrapped } from '../words/status-layout';
import { hindranceInWords, stepInWords } from '../words/steps';
import { trafficText } from '../words/traffic';
import { look, Progress } from './terminal';

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
