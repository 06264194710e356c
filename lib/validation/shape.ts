import { Token } from 'cdktf';
import { type Construct } from 'constructs';
import { isKind } from './kind';
import { didYouMean } from './nearest-name';
import { describeProblem, isVariable, type Problem, requireShape } from './problems';

/** What a value that only untyped code can pass wrongly must be, so that it can be looked at at all. */
export type Shape = Problem & { readonly ok: boolean };

/** The names of all properties of a kind of objects: the compiler refuses a list that is not complete. */
export type PropertiesOf<T> = Readonly<Record<keyof T, true>>;

/**
 * Ends the construction where props are no object, or have a property that is none.
 *
 * @throws one error that names the construct's path
 */
export function requireProps(
  construct: Construct,
  props: unknown,
  example: string,
  properties: Readonly<Record<string, true>>,
): void {
  requireShape(construct, [
    recordShape('props', props, example, properties),
    ...Object.keys(isRecord(props) ? props : {}).map((name) => valueShape(name, (props as typeof properties)[name])),
  ]);
}

/**
 * Ends a call whose argument cannot even be looked at.
 *
 * @throws one error that names the call
 */
export function requireArgument({ ok, ...problem }: Shape): void {
  if (!ok) {
    throw new Error(describeProblem(problem));
  }
}

/**
 * An object with properties, no list, and without any property but these: a misspelt one would leave the default in its
 * place without a word. Its value may be a secret, and is not shown.
 */
export function recordShape(
  property: string,
  received: unknown,
  example: string,
  properties: Readonly<Record<string, true>>,
): Shape {
  const known = Object.keys(properties);
  if (Token.isUnresolved(received)) {
    return {
      ok: false,
      property,
      received: 'an object that only Terraform knows',
      allowed: 'an object with properties, written in code; its values may be expressions',
      advice: `Write it as in ${example}.`,
    };
  }
  const unknown = isRecord(received)
    ? Object.keys(received).filter((key) => received[key] !== undefined && !known.includes(key))
    : [];
  if (unknown.length > 0) {
    return {
      ok: false,
      property,
      received: unknown.join(', '),
      allowed: `the properties ${known.join(', ')}`,
      advice: `${didYouMean(unknown[0], known)}Correct it, or take it out.`,
    };
  }
  return {
    ok: isRecord(received),
    property,
    received,
    allowed: 'an object with properties',
    advice: `Write it as in ${example}.`,
  };
}

/** A list, whose entries may be judged later. */
export function listShape(property: string, received: unknown, example: string): Shape {
  return {
    ok: Array.isArray(received),
    property,
    received,
    allowed: 'a list',
    advice: `Write it as in ${example}.`,
  };
}

/** A list of texts whose length is known at synth, as resources are made of its entries, which may be expressions. */
export function codeListShape(property: string, received: unknown, example: string): Shape {
  const isKnown = !Token.isUnresolved(received);
  return {
    ...textsShape(property, received, example),
    ...(!isKnown && { ok: false, received: 'a list that only Terraform knows' }),
    allowed: 'a list of texts in code, which may be expressions',
  };
}

/** A list of texts. */
export function textsShape(property: string, received: unknown, example: string): Shape {
  const shape = listShape(property, received, example);
  return {
    ...shape,
    ok: shape.ok && (received as unknown[]).every((entry) => typeof entry === 'string'),
    allowed: 'a list of texts',
  };
}

/** An instance of one of this library's classes. */
export function kindShape(property: string, received: unknown, kind: string, example: string): Shape {
  return { ok: isKind(received, kind), property, received, allowed: aOf(kind), advice: `Write it as in ${example}.` };
}

/** True or false, and no text that says so. */
export function flagShape(property: string, received: unknown): Shape {
  return {
    ok: typeof received === 'boolean',
    property,
    received,
    allowed: 'true or false',
    advice: 'Write it without quotes, or leave it out for the default.',
  };
}

/** A text, and no number; which one is judged later. */
export function textShape(property: string, received: unknown): Shape {
  return {
    ok: typeof received === 'string',
    property,
    received,
    allowed: 'a text',
    advice: 'Write it in quotes, or leave it out for the default.',
  };
}

/** A number, and no text; how large it may be is judged later. */
export function numberShape(property: string, received: unknown): Shape {
  return {
    ok: typeof received === 'number',
    property,
    received,
    allowed: 'a number',
    advice: 'Write it in digits, or leave it out for the default.',
  };
}

/** A text or an expression of one; above all neither a list nor a variable itself, which leads to the whole app. */
export function noObjectShape(property: string, received: unknown): Shape {
  return {
    ok:
      !['object', 'function', 'symbol', 'bigint'].includes(typeof received) ||
      received === null ||
      (Token.isUnresolved(received) && !Array.isArray(received)),
    property,
    received: Array.isArray(received) ? 'a list' : received,
    allowed: 'a text',
    advice: 'Write it in quotes; a list has an element for it, as in Fn.element(list, 0).',
  };
}

/**
 * A value, and neither the variable that it comes from nor a function: a variable leads to the whole app, and cdktf resolves no
 * function, either of which ends the synth before anybody can say what is wrong.
 */
export function valueShape(property: string, received: unknown): Shape {
  return {
    ok: !isVariable(received) && !['function', 'symbol'].includes(typeof received),
    property,
    received,
    allowed: 'a value',
    advice: isVariable(received) ? 'A variable itself is none.' : 'Pass what the function returns.',
  };
}

/** The same for each property of an object. */
export const valueShapesIn = (property: string, received?: object): Shape[] =>
  Object.entries(isRecord(received) ? received : {}).map(([name, value]) => valueShape(`${property}.${name}`, value));

/** A map of texts, such as tags. */
export function textMapShape(property: string, received: unknown, example: string): Shape {
  // A list that only Terraform knows is a list to cdktf, and ends the synth.
  const isKnownLater = (value: unknown) => Token.isUnresolved(value) && !Array.isArray(value);
  return {
    ok:
      isKnownLater(received) ||
      (isRecord(received) &&
        Object.values(received).every((value) => typeof value === 'string' || isKnownLater(value))),
    property,
    received: Array.isArray(received) && Token.isUnresolved(received) ? 'a list' : received,
    allowed: 'texts by their names',
    advice: `Write it as in ${example}.`,
  };
}

/** The shapes of properties that may be left out, but not be of another shape. */
export function ofOptional(...shapes: readonly Shape[]): Shape[] {
  return shapes.filter(({ received }) => received !== undefined);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  // A Map, a Set, a Promise and their like have no properties: what is in them would be lost without a word.
  // What `import * as props` and `await import(…)` give has a kind of its own.
  return ['[object Object]', '[object Module]'].includes(Object.prototype.toString.call(value));
}

/** The same, and none that only Terraform knows. */
export function isRecordInCode(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !Token.isUnresolved(value);
}

/** What can be written out; any other is told at synth, which it would end before. */
export function isTextOrExpression(value: unknown): boolean {
  return typeof value === 'string' || Token.isUnresolved(value);
}

function aOf(kind: string): string {
  return `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
