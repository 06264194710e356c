import { Fn, Lazy, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import {
  describeProblem,
  isExpression,
  isUnresolved,
  Problems,
  requireShape,
  validate,
  warnAtSynth,
} from '../../lib/validation/problems';
import { complaintsOf, stackOf, testApp } from '../support/synth';

const ADVICE = { allowed: 'a letter', advice: 'Write one.' };
const told = (received: string) => `it: received ${received}, allowed: a letter. Write one.`;

const variable = new TerraformVariable(new TerraformStack(testApp(), 'test'), 'text', { type: 'string' });
const expression = variable.stringValue;

class Thing {}

describe('describeProblem', () => {
  test.each<[string, unknown, string]>([
    ['a text', 'foo', "'foo'"],
    ['quotes, which HCL could not hold', `a"b'c`, String.raw`'a\"b'c'`],
    ['a line break', 'a\nb', String.raw`'a\nb'`],
    ['an empty text', '', "''"],
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['a number', 7, '7'],
    ['what is no number', NaN, 'NaN'],
    ['a number without end', Infinity, 'Infinity'],
    ['a list', ['a', 1], '["a",1]'],
    ['an object', { a: { b: true } }, '{"a":{"b":true}}'],
    ['an instance by its class', new Thing(), "'Thing'"],
    ['an object without a class', Object.create(null), "'an object'"],
    ['an instance in a list', [new Thing()], '["Thing"]'],
    ['an object without a class in a list', [Object.create(null)], '["an object"]'],
    ['an instance in an object', { a: new Map() }, '{"a":"Map"}'],
    ['null in an object', { a: null }, '{"a":null}'],
    ['a function', () => undefined, 'function'],
    ['a symbol', Symbol('a'), 'symbol'],
  ])('shows %s', (_what, received, shown) => {
    expect(describeProblem({ property: 'it', received, ...ADVICE })).toBe(told(shown));
  });

  test('tells of a variable how to pass its value', () => {
    const advice = ' Of a Terraform variable pass its value, such as stringValue.';
    expect(describeProblem({ property: 'it', received: variable, ...ADVICE })).toBe(
      told("'TerraformVariable'") + advice,
    );
    expect(describeProblem({ property: 'it', received: TerraformStack.of(variable), ...ADVICE })).not.toContain(advice);
    expect(describeProblem({ property: 'it', received: { stringValue: 'a' }, ...ADVICE })).not.toContain(advice);
  });
});

describe('Problems', () => {
  const collected = (add: (problems: Problems) => void) => {
    const problems = new Problems();
    add(problems);
    return problems.list();
  };

  test('require adds what is not all right, and judges no expression', () => {
    const require = (ok: boolean, received: unknown) =>
      collected((problems) => problems.require(ok, { property: 'it', received, ...ADVICE }));
    expect(require(false, 'a')).toEqual([told("'a'")]);
    expect(require(true, 'a')).toEqual([]);
    expect(require(false, expression)).toEqual([]);
    expect(require(false, ['a', expression])).toEqual([]);
    expect(require(false, ['a'])).toEqual([told('["a"]')]);
  });

  test('refuseUnless judges expressions too, and does not print them', () => {
    const refuse = (ok: boolean, received: unknown) =>
      collected((problems) => problems.refuseUnless(ok, { property: 'it', received, ...ADVICE }));
    expect(refuse(false, expression)).toEqual([told("'a Terraform expression'")]);
    expect(refuse(false, 'a')).toEqual([told("'a'")]);
    expect(refuse(true, 'a')).toEqual([]);
  });

  test('text may be left out, required not; both hold what is there against the rule', () => {
    const rule = { pattern: '^[a-z0-9]$', except: ['x'], ...ADVICE };
    const of = (method: 'text' | 'required', received: unknown) =>
      collected((problems) => problems[method]('it', received as string, rule));
    expect(of('text', undefined)).toEqual([]);
    expect(of('required', undefined)).toEqual([told('nothing')]);
    for (const method of ['text', 'required'] as const) {
      expect(of(method, 'a')).toEqual([]);
      expect(of(method, expression)).toEqual([]);
      expect(of(method, 'ab')).toEqual([told("'ab'")]);
      expect(of(method, 'x')).toEqual([told("'x'")]);
      expect(of(method, 7)).toEqual([told('7')]);
      expect(of(method, ['a'])).toEqual([told("'a list'")]);
      expect(of(method, Token.asList(variable.listValue))).toEqual([told("'a list'")]);
    }
  });

  test('texts holds each of a list against the rule, and leaves a whole list to the plan, where it may be null', () => {
    const rule = { pattern: '^[a-z]$', ...ADVICE };
    const of = (received: readonly string[]) => Problems.found((problems) => problems.texts('it', received, rule));
    expect(of(['a', 'b']).list()).toEqual([]);
    expect(of(['a', 'b2']).list()).toEqual([told("'b2'").replace('it', 'it[1]')]);
    expect(of(['a']).listAtPlan()).toEqual([]);
    const received = Token.asList(variable.listValue);
    const [{ fits, ...problem }] = of(received).listAtPlan();
    expect(problem).toEqual({ property: 'it', received, ...rule, orNull: true });
    expect(fits('var.list')).toBe('alltrue([for text in var.list : can(regex("^[a-z]$", text))])');
  });

  test('integer holds a number that is there against its bounds', () => {
    const of = (received?: unknown) =>
      collected((problems) => problems.integer('it', received as number, 2, 4, 'minutes'));
    expect([undefined, 2, 3, 4, variable.numberValue].flatMap(of)).toEqual([]);
    const wrong = 'allowed: a whole number from 2 to 4 (minutes). Correct it, or leave it out for the default.';
    for (const [received, shown] of [
      [1, '1'],
      [5, '5'],
      [2.5, '2.5'],
      ['3', "'3'"],
      [null, 'null'],
    ]) {
      expect(of(received)).toEqual([`it: received ${shown}, ${wrong}`]);
    }
  });

  test('add takes a sentence as it is, and the list is a copy', () => {
    const problems = new Problems();
    problems.add('Something is wrong.');
    problems.list().push('more');
    expect(problems.list()).toEqual(['Something is wrong.']);
  });
});

test('validate tells at synth, with the path', () => {
  const stack = stackOf((scope) => {
    validate(new Construct(scope, 'It'), (problems) => problems.add('wrong'));
    validate(new Construct(scope, 'Other'), () => undefined);
  });
  expect(complaintsOf(stack)).toMatch(/^Validation failed with the following errors:\n {2}\[test\/It\] wrong\n\n/);
});

test('warnAtSynth warns of the construct, once, and of none below it', () => {
  const stack = stackOf((scope) => {
    const it = new Construct(scope, 'It');
    new Construct(it, 'Below');
    new Construct(it, 'Beside');
    warnAtSynth(it, () => ['careful', 'really']);
  });
  expect(complaintsOf(stack)).toBeUndefined();
  const all = stack.node.findChild('It').node.findAll();
  const warnings = all.map(({ node }) => [node.path, node.metadata.map(({ data }) => data as string)]);
  expect(warnings).toEqual([
    ['test/It', ['careful', 'really']],
    ['test/It/Below', []],
    ['test/It/Beside', []],
  ]);
  expect(stack.node.findChild('It').node.metadata[0].type).toBe('@cdktf/warn');
});

test('requireShape throws one error with all that is wrong, each property once', () => {
  const construct = new Construct(new TerraformStack(testApp(), 'test'), 'It');
  const problem = (ok: boolean, received: string, property = 'it') => ({ ok, property, received, ...ADVICE });
  expect(() => requireShape(construct, [problem(true, 'a')])).not.toThrow();
  const wrong = [problem(false, 'b'), problem(true, 'a'), problem(false, 'c'), problem(false, 'd', 'other')];
  expect(() => requireShape(construct, wrong)).toThrow(
    new Error(
      `Validation failed with the following errors:\n  [test/It] ${told("'b'")}\n  [test/It] ${told("'d'").replace('it:', 'other:')}`,
    ),
  );
});

test('isExpression knows one expression from a text with one in it', () => {
  expect([expression, Token.asString(Lazy.anyValue({ produce: () => 1 })), Fn.tolist([])].map(isExpression)).toEqual([
    true,
    true,
    true,
  ]);
  expect(
    [`a${expression}`, `${expression}b`, `${expression}${expression}`, 'a', '', '${var.a}', undefined, {}].map(
      isExpression,
    ),
  ).toEqual(Array(8).fill(false));
});

test('isUnresolved looks into lists too', () => {
  expect([expression, `a${expression}`, ['a', expression], variable.listValue].map(isUnresolved)).toEqual(
    Array(4).fill(true),
  );
  expect(['a', ['a'], [], undefined, { a: 'b' }].map(isUnresolved)).toEqual(Array(5).fill(false));
});
