import { TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { isKind, markKind } from '../../lib/validation/kind';
import {
  codeListShape,
  flagShape,
  isRecord,
  kindShape,
  listShape,
  noObjectShape,
  valueShape,
  valueShapesIn,
  ofOptional,
  recordShape,
  requireArgument,
  requireProps,
  type Shape,
  textMapShape,
  textShape,
  textsShape,
} from '../../lib/validation/shape';
import { testApp } from '../support/synth';

const stack = new TerraformStack(testApp(), 'test');
const variable = new TerraformVariable(stack, 'text', { type: 'string' });

class Marked {}
markKind(Marked, 'Marked');

/** By the shape: what it says, values that have it, and others. */
const SHAPES: [string, (received: unknown) => Shape, says: Partial<Shape>, right: unknown[], wrong: unknown[]][] = [
  [
    'a list',
    (received) => listShape('it', received, "['a']"),
    { allowed: 'a list', advice: "Write it as in ['a']." },
    [[], [1], variable.listValue],
    ['a', {}, null, undefined],
  ],
  [
    'texts',
    (received) => textsShape('it', received, "['a']"),
    { allowed: 'a list of texts', advice: "Write it as in ['a']." },
    [[], ['a'], variable.listValue],
    ['a', {}, null, undefined, [1], ['a', undefined]],
  ],
  [
    'texts in code',
    (received) => codeListShape('it', received, "['a']"),
    { allowed: 'a list of texts in code, which may be expressions', advice: "Write it as in ['a']." },
    [[], ['a'], ['a', variable.stringValue]],
    ['a', {}, null, undefined, [1], variable.listValue],
  ],
  [
    'a kind',
    (received) => kindShape('it', received, 'Marked', 'new Marked()'),
    { allowed: 'a Marked', advice: 'Write it as in new Marked().' },
    [new Marked()],
    [{}, null, undefined, 'Marked', Marked],
  ],
  [
    'a flag',
    (received) => flagShape('it', received),
    { allowed: 'true or false', advice: 'Write it without quotes, or leave it out for the default.' },
    [true, false],
    ['true', 1, null, undefined],
  ],
  [
    'a text',
    (received) => textShape('it', received),
    { allowed: 'a text', advice: 'Write it in quotes, or leave it out for the default.' },
    ['', 'a', variable.stringValue],
    [1, null, undefined, ['a'], {}],
  ],
  [
    'a map of texts',
    (received) => textMapShape('it', received, "{ team: 'a' }"),
    { allowed: 'texts by their names', advice: "Write it as in { team: 'a' }." },
    [{}, { a: 'b' }, { a: Token.asAny('b') }, Token.asAny({}), { a: variable.stringValue }],
    ['a', ['a'], null, undefined, { a: 1 }, { a: 'b', c: null }, new Map([['a', 'b']])],
  ],
  [
    'no object',
    (received) => noObjectShape('it', received),
    {
      allowed: 'a text',
      advice: 'Write it in quotes; a list has an element for it, as in Fn.element(list, 0).',
    },
    ['a', 1, null, undefined, variable.stringValue, Token.asAny('a')],
    [{}, variable, () => 'a', Symbol('a')],
  ],
  [
    'no variable',
    (received) => valueShape('it', received),
    { allowed: 'a value', advice: 'A variable itself is none.' },
    ['a', 1, null, undefined, {}, ['a'], variable.stringValue, stack],
    [variable],
  ],
];

describe.each(SHAPES)('%s', (_name, shapeOf, says, right, wrong) => {
  test('lets its values through', () => {
    expect(right.map((value) => shapeOf(value).ok)).toEqual(right.map(() => true));
  });

  test('refuses others', () => {
    expect(wrong.map((value) => shapeOf(value).ok)).toEqual(wrong.map(() => false));
  });

  test('tells what was received, what is allowed and what to do', () => {
    const [received] = wrong;
    expect(shapeOf(received)).toEqual({ ok: false, property: 'it', received, ...says });
  });
});

test('no object is a list of texts or of expressions neither', () => {
  for (const list of [['a'], variable.listValue, [Token.asAny('a')]]) {
    expect(noObjectShape('it', list)).toMatchObject({ ok: false, received: 'a list', allowed: 'a text' });
  }
});

test('a map of texts is no list, of which only what is known is printed', () => {
  const received = (value: unknown) => textMapShape('it', value, '…').received;
  expect([received(['a']), received(variable.listValue)]).toEqual([['a'], 'a list']);
});

test('a list in code is none that only Terraform knows, which is not printed', () => {
  expect(codeListShape('it', variable.listValue, "['a']")).toMatchObject({
    ok: false,
    received: 'a list that only Terraform knows',
    allowed: 'a list of texts in code, which may be expressions',
  });
});

test('no variables are in an object, each property being told by its name', () => {
  expect(valueShapesIn('it', { a: 'b', c: variable }).map(({ ok, property }) => [ok, property])).toEqual([
    [true, 'it.a'],
    [false, 'it.c'],
  ]);
  for (const none of [undefined, null, 'text', ['a'], 7]) {
    expect(valueShapesIn('it', none as never)).toEqual([]);
  }
});

test.each([
  ['ClusterPair', 'a ClusterPair'],
  ['AclSync', 'an AclSync'],
  ['ExportContext', 'an ExportContext'],
  ['Identity', 'an Identity'],
  ['Outage', 'an Outage'],
  ['ProxyAdmin', 'a ProxyAdmin'],
])('a %s is allowed as %s', (kind, allowed) => {
  expect(kindShape('it', undefined, kind, '…').allowed).toBe(allowed);
});

describe('recordShape', () => {
  const shapeOf = (received: unknown) => recordShape('it', received, '{ cku: 1 }', { cku: true, region: true });

  test('takes the properties that there are, and none', () => {
    for (const received of [{}, { cku: 1 }, { cku: 1, region: 'a' }, { other: undefined }]) {
      expect(shapeOf(received)).toMatchObject({ ok: true, received });
    }
  });

  test('names those that there are not, and what was probably meant', () => {
    expect(shapeOf({ ckus: 'a secret', other: 1, region: 'a' })).toEqual({
      ok: false,
      property: 'it',
      received: 'ckus, other',
      allowed: 'the properties cku, region',
      advice: "Did you mean 'cku'? Correct it, or take it out.",
    });
    expect(shapeOf({ nonsense: 1 }).advice).toBe('Correct it, or take it out.');
  });

  test.each([[undefined], [null], ['a'], [7], [['a']], [new Map([['cku', 1]])]])('refuses %j', (received) => {
    expect(shapeOf(received)).toEqual({
      ok: false,
      property: 'it',
      received,
      allowed: 'an object with properties',
      advice: 'Write it as in { cku: 1 }.',
    });
  });

  test('refuses an object that only Terraform knows', () => {
    expect(shapeOf(Token.asAny({ cku: 1 }))).toEqual({
      ok: false,
      property: 'it',
      received: 'an object that only Terraform knows',
      allowed: 'an object with properties, written in code; its values may be expressions',
      advice: 'Write it as in { cku: 1 }.',
    });
  });

  test('ends a construction with the path', () => {
    const construct = new Construct(stack, 'It');
    expect(() => requireProps(construct, { cku: 1 }, '{ cku: 1 }', { cku: true })).not.toThrow();
    expect(() => requireProps(construct, { x: 1 }, '{ cku: 1 }', { cku: true })).toThrow(
      new Error(
        "Validation failed with the following errors:\n  [test/It] props: received 'x', allowed: the properties cku. " +
          'Correct it, or take it out.',
      ),
    );
  });

  test('ends a construction with a variable in the place of its value', () => {
    const construct = new Construct(stack, 'Other');
    expect(() =>
      requireProps(construct, { cku: variable, region: 'a' }, '{ cku: 1 }', { cku: true, region: true }),
    ).toThrow(
      new Error(
        "Validation failed with the following errors:\n  [test/Other] cku: received 'TerraformVariable', allowed: a value. " +
          'A variable itself is none. Of a Terraform variable pass its value, such as stringValue.',
      ),
    );
  });

  test.each([[undefined], ['text'], [['a']]])('ends a construction of %j with one sentence', (props) => {
    const construct = new Construct(new TerraformStack(testApp(), 'test'), 'It');
    const of = () => requireProps(construct, props, '{ cku: 1 }', { cku: true });
    expect(of).toThrow(
      /errors:\n {2}\[test\/It\] props: received [^\n]*, allowed: an object with properties\. [^\n]*$/,
    );
  });
});

test('requireArgument throws what is wrong and lets be what is right', () => {
  expect(() => requireArgument(textShape('name', 'a'))).not.toThrow();
  expect(() => requireArgument(textShape('name', 7))).toThrow(
    new Error('name: received 7, allowed: a text. Write it in quotes, or leave it out for the default.'),
  );
});

test('ofOptional leaves out what was', () => {
  const [there, out] = [textShape('a', 7), textShape('b', undefined)];
  expect(ofOptional(there, out)).toEqual([there]);
});

test('a record is an object with properties', () => {
  const module = Object.defineProperty({ a: 1 }, Symbol.toStringTag, { value: 'Module' });
  expect([{}, { a: 1 }, new Marked(), module].map(isRecord)).toEqual([true, true, true, true]);
  const others = [null, undefined, 'a', 7, [], new Map(), new Set(), Promise.resolve(), new Date(0), /a/, () => 1];
  expect(others.map(isRecord)).toEqual(others.map(() => false));
});

test('a kind is told by its mark, which cannot be listed', () => {
  expect(isKind(new Marked(), 'Marked')).toBe(true);
  expect(isKind(new Marked(), 'Other')).toBe(false);
  expect(isKind({ [Symbol.for('cdktf-confluent-dr.Marked')]: true }, 'Marked')).toBe(true);
  expect([null, undefined, 'Marked', Marked].map((value) => isKind(value, 'Marked'))).toEqual(Array(4).fill(false));
  expect(Object.keys(Marked.prototype)).toEqual([]);
});
