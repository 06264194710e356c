import { Annotations, Aspects, TerraformElement, Token } from 'cdktf';
import { type Construct } from 'constructs';
import { keeps, keepsInTerraform, type TextRule } from './text-rule';

/** What is told of one wrong value. */
export interface Problem {
  /** The property, as the caller wrote it: `primary.cluster.cku`. */
  readonly property: string;
  readonly received: unknown;
  /** Completes "allowed: …". */
  readonly allowed: string;
  /** A sentence that tells what to do. */
  readonly advice: string;
}

/** `primary.environmentId: received 'foo', allowed: … . Do this.` */
export function describeProblem({ property, received, allowed, advice }: Problem): string {
  const more = isVariable(received) ? ' Of a Terraform variable pass its value, such as stringValue.' : '';
  return `${property}: received ${show(received)}, allowed: ${allowed}. ${advice}${more}`;
}

/** A Terraform variable itself, where its value may have been meant. */
export function isVariable(received: unknown): boolean {
  return TerraformElement.isTerraformElement(received) && 'stringValue' in received;
}

/** What is told of a number that is none, or out of its bounds. */
export const wholeNumber = (from: number, to: number, unit: string): Pick<Problem, 'allowed' | 'advice'> => ({
  allowed: `a whole number from ${from} to ${to} (${unit})`,
  advice: 'Correct it, or leave it out for the default.',
});

/** What is told of a value that only Terraform knows, where it turns out to be wrong. */
export interface ProblemAtPlan extends Problem {
  /** Terraform's condition of an expression that is all right. */
  readonly fits: (expression: string) => string;
  /** Whether null is as good as leaving it out. */
  readonly orNull: boolean;
}

/** Adds what it finds wrong. */
export type Check = (problems: Problems) => void;

/** Collects what is wrong; values that only Terraform will know are left to the plan, or not judged. */
export class Problems {
  /** What a check finds. */
  public static found(check: Check): Problems {
    const problems = new Problems();
    check(problems);
    return problems;
  }

  private readonly found: string[] = [];
  private readonly later: ProblemAtPlan[] = [];

  /** Adds a problem unless the value is all right. */
  public require(ok: boolean, problem: Problem): void {
    if (!ok && !isUnresolved(problem.received)) {
      this.found.push(describeProblem(problem));
    }
  }

  /** Adds a problem unless all is right, also where a part of the value is an expression. */
  public refuseUnless(ok: boolean, problem: Problem): void {
    if (!ok) {
      this.refuse(problem);
    }
  }

  /** Adds a problem whatever the value is, for what is wrong with the property itself. */
  public refuse(problem: Problem): void {
    const received = isUnresolved(problem.received) ? 'a Terraform expression' : problem.received;
    this.found.push(describeProblem({ ...problem, received }));
  }

  /** Holds a text, where there is one, against a rule. */
  public text(property: string, received: string | undefined, rule: TextRule): void {
    if (received !== undefined) {
      this.required(property, received, rule, { orNull: true });
    }
  }

  /** Holds a text that must be there against a rule. */
  public required(property: string, received: string | undefined, rule: TextRule, { orNull = false } = {}): void {
    if (Array.isArray(received)) {
      this.refuse({ property, ...rule, received: 'a list' });
    } else if (isUnresolved(received)) {
      this.atPlan({ property, received, ...rule, orNull, fits: (text) => keepsInTerraform(rule, text) });
    } else {
      this.require(typeof received === 'string' && keeps(rule, received), { property, received, ...rule });
    }
  }

  /** Holds each text of a list against a rule, also of one that only Terraform knows as a whole. */
  public texts(property: string, received: readonly string[], rule: TextRule): void {
    if (Token.isUnresolved(received)) {
      const fits = (list: string) => `alltrue([for text in ${list} : ${keepsInTerraform(rule, 'text')}])`;
      this.atPlan({ property, received, ...rule, orNull: true, fits });
    } else {
      received.forEach((text, index) => this.required(`${property}[${index}]`, text, rule));
    }
  }

  /** Holds a number, where there is one, against its bounds. */
  public integer(property: string, received: number | undefined, from: number, to: number, unit: string): void {
    this.bounded(property, received, [from, to], wholeNumber(from, to, unit));
  }

  /** The same, told in words of its own. */
  public bounded(
    property: string,
    received: number | undefined,
    [from, to]: readonly [number, number],
    words: Pick<Problem, 'allowed' | 'advice'>,
  ): void {
    const problem = { property, received, ...words };
    if (isUnresolved(received)) {
      const fits = (it: string) => `${it} >= ${from} && ${it} <= ${to} && floor(${it}) == ${it}`;
      this.atPlan({ ...problem, orNull: true, fits });
    } else if (received !== undefined) {
      this.require(Number.isInteger(received) && received >= from && received <= to, problem);
    }
  }

  /** Leaves a value that only Terraform knows to the plan. */
  public atPlan(problem: ProblemAtPlan): void {
    this.later.push(problem);
  }

  /** Adds a sentence as it is. */
  public add(sentence: string): void {
    this.found.push(sentence);
  }

  public list(): string[] {
    return [...this.found];
  }

  /** What the plan is to judge. */
  public listAtPlan(): ProblemAtPlan[] {
    return [...this.later];
  }
}

/**
 * Lets a construct say at synth all that is wrong with it; `app.synth()` gathers what every construct says into one
 * error that names their paths.
 */
export function validate(construct: Construct, check: Check): void {
  construct.node.addValidation({ validate: () => Problems.found(check).list() });
}

/** The same where the check looks at nothing that a later call changes: it is made at once, and once. */
export function validateOnce(construct: Construct, check: Check): Problems {
  const problems = Problems.found(check);
  construct.node.addValidation({ validate: () => problems.list() });
  return problems;
}

/** Lets a construct say at synth what is allowed and yet unwise, when all that it is judged by is there. */
export function warnAtSynth(construct: Construct, sentences: () => string[]): void {
  Aspects.of(construct).add({
    visit: (node) => {
      if (node === construct) {
        sentences().forEach((sentence) => Annotations.of(construct).addWarning(sentence));
      }
    },
  });
}

/**
 * Ends the construction of what cannot even be looked at: values of a wrong type, which only untyped code can pass.
 *
 * @throws one error with the construct's path and all that is wrong, each property once
 */
export function requireShape(construct: Construct, problems: readonly (Problem & { readonly ok: boolean })[]): void {
  const wrong = problems
    .filter(({ ok }) => !ok)
    .filter(({ property }, index, all) => all.findIndex((other) => other.property === property) === index)
    .map((problem) => `[${construct.node.path}] ${describeProblem(problem)}`);
  if (wrong.length > 0) {
    throw new Error(`Validation failed with the following errors:\n  ${wrong.join('\n  ')}`);
  }
}

/** Is the value one Terraform expression, with no text of the caller's around it? */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' ? /^[$][{]TfToken\[[^\]]*\][}]$/.test(value) : Token.isUnresolved(value);
}

/** Is the value, or a part of it, known to Terraform alone? */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value) || (Array.isArray(value) && value.some((entry) => Token.isUnresolved(entry)));
}

/** Texts stand in single quotes: Terraform's validation messages, made of the same words, cannot hold double ones in HCL. */
function show(value: unknown): string {
  if (typeof value === 'string') {
    return `'${JSON.stringify(value).slice(1, -1)}'`;
  }
  if (value === undefined) {
    return 'nothing';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  if (typeof value === 'bigint') {
    return `${value}n`;
  }
  if (isInstance(value)) {
    return `'${className(value)}'`;
  }
  try {
    return JSON.stringify(value, (_key, entry: unknown) => shown(entry)) ?? typeof value;
  } catch {
    return `an object that leads to itself`;
  }
}

/** What JSON has a word for. */
function shown(entry: unknown): unknown {
  return typeof entry === 'bigint' ? `${entry}n` : isInstance(entry) ? className(entry) : entry;
}

/** Constructs and their like are named, not shown: each leads to the whole app. */
function isInstance(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && value.constructor !== Object;
}

function className(instance: object): string {
  return (instance.constructor as { name?: string } | undefined)?.name ?? 'an object';
}
