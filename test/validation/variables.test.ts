import { Fn, ref, TerraformLocal, TerraformResource, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { Problems } from '../../lib/validation/problems';
import { checkVariableStack, variableShape } from '../../lib/validation/variable-shape';
import { judgeAtPlan, preconditionsOf, variableRule } from '../../lib/validation/variable-validation';
import { variableName } from '../../lib/validation/variable-name';
import { resolved, testApp } from '../support/synth';

const app = testApp();
const stack = new TerraformStack(app, 'test');
const other = new TerraformStack(app, 'other');
const variable = (scope: TerraformStack, id: string, type?: string) => new TerraformVariable(scope, id, { type });
const text = variable(stack, 'text', 'string').stringValue;

const RULE = { pattern: '^[a-z]+$', allowed: 'letters', advice: 'Write some.' };
const RESERVED = { ...RULE, except: ['root', 'admin'] };
const MESSAGE = "received '${var.text}', allowed: letters. Write some.";

describe('variableRule', () => {
  test.each<[string, typeof RULE, { orEmpty?: boolean } | undefined, string]>([
    ['a pattern', RULE, undefined, '${can(regex("^[a-z]+$", var.text))}'],
    ['a pattern or nothing', RULE, { orEmpty: true }, '${can(regex("^[a-z]+$", var.text)) || var.text == ""}'],
    [
      'a pattern and what is reserved',
      RESERVED,
      { orEmpty: false },
      '${can(regex("^[a-z]+$", var.text)) && !contains(["root","admin"], lower(var.text))}',
    ],
  ])('of %s', (_what, rule, options, condition) => {
    expect(variableRule('text', rule, options)).toEqual({ condition, errorMessage: `text: ${MESSAGE}` });
  });
});

describe('preconditionsOf', () => {
  const preconditions = (
    value: string,
    rule: typeof RULE,
    of: 'required' | 'text' = 'required',
    property = 'props.name',
  ) =>
    resolved(
      stack,
      preconditionsOf(
        stack,
        Problems.found((problems) => problems[of](property, value, rule)),
      ),
    );
  const shown = (it: string) => `received '\${(${it} == null) ? "null" : ${it}}', allowed: letters. Write some.`;

  test('of a text that is known are none', () => {
    expect(preconditions('anything', RULE)).toEqual([]);
  });

  test('of a variable name it', () => {
    expect(preconditions(text, RULE)).toEqual([
      { condition: '${try(can(regex("^[a-z]+$", var.text)), false)}', errorMessage: `text: ${shown('var.text')}` },
    ]);
  });

  test('let null through where the text may be left out', () => {
    expect(preconditions(text, RULE, 'text')).toMatchObject([
      { condition: '${var.text == null || try(can(regex("^[a-z]+$", var.text)), false)}' },
    ]);
  });

  test('refuse what is reserved', () => {
    expect(preconditions(text, RESERVED)).toMatchObject([
      {
        condition: '${try(can(regex("^[a-z]+$", var.text)) && !contains(["root","admin"], lower(var.text)), false)}',
      },
    ]);
  });

  test('of another expression name the property', () => {
    expect(preconditions(Fn.trimspace(text), RULE)).toMatchObject([
      { errorMessage: `props.name: ${shown('trimspace(var.text)')}` },
    ]);
  });

  test('are there for variables behind local values, and within texts', () => {
    const local = new TerraformLocal(stack, 'prefixed', `a-${text}`).asString;
    expect(preconditions(local, RULE)).toMatchObject([
      { condition: '${try(can(regex("^[a-z]+$", local.prefixed)), false)}' },
    ]);
    expect(preconditions(`a ${text}`, RULE)).toMatchObject([
      { condition: '${try(can(regex("^[a-z]+$", join("", ["a ${var.text}"]))), false)}' },
    ]);
  });

  test('are none of what resources and data sources say, also beside a variable', () => {
    const resource = new TerraformResource(stack, 'it', { terraformResourceType: 'terraform_data' });
    const id = resource.getStringAttribute('id');
    const local = new TerraformLocal(stack, 'id', id).asString;
    expect([id, local, `${text}-${id}`].flatMap((value) => preconditions(value, RULE))).toEqual([]);
  });

  test('are none of local values that are written by hand elsewhere, and are there for variables that came later', () => {
    expect(preconditions(`${text}\${local.other}`, RULE)).toEqual([]);
    const { stringValue } = new TerraformVariable(stack, 'later', { type: 'string' });
    expect(preconditions(stringValue, RULE)).toHaveLength(1);
    expect(preconditions(Fn.trimspace(Token.asString(ref('var.elsewhere'))), RULE)).toEqual([]);
  });

  test('are none where the variable has the rule itself', () => {
    const validation = [variableRule('ruled', RULE), { condition: '${var.ruled != "a"}', errorMessage: 'No a.' }];
    const { stringValue } = new TerraformVariable(stack, 'ruled', { type: 'string', validation });
    expect(preconditions(stringValue, RULE)).toEqual([]);
    expect(preconditions(stringValue, RESERVED)).toHaveLength(1);
    expect(preconditions(`a${stringValue}`, RULE)).toHaveLength(1);
    expect(preconditions(`a${stringValue}`, RULE, 'required', 'ruled')).toHaveLength(1);
  });

  test('show nothing of a sensitive value', () => {
    const { stringValue } = new TerraformVariable(stack, 'hidden', { type: 'string', sensitive: true });
    for (const value of [`a${stringValue}`, `${text}${stringValue}`]) {
      expect(preconditions(value, RULE)).toMatchObject([
        { errorMessage: "props.name: received 'a sensitive value', allowed: letters. Write some." },
      ]);
    }
  });

  test('let variables that they do not speak of be renamed later', () => {
    const renamed = new TerraformVariable(stack, 'renamed', { type: 'string' });
    const { stringValue } = new TerraformVariable(stack, 'spoken_of', { type: 'string' });
    expect(preconditions(stringValue, RULE)).toHaveLength(1);
    renamed.overrideLogicalId('other_name');
    expect(renamed.friendlyUniqueId).toBe('other_name');
    const successor = new TerraformVariable(stack, 'successor', { type: 'string', sensitive: true });
    successor.overrideLogicalId('renamed');
    expect(preconditions(successor.stringValue, RULE)).toMatchObject([
      { errorMessage: expect.stringMatching(/^renamed: received 'a sensitive value'/) as string },
    ]);
  });
});

describe('judgeAtPlan', () => {
  const preconditionsAfter = (value: string) => {
    const resource = new TerraformResource(new TerraformStack(testApp(), 'one'), 'it', {
      terraformResourceType: 'terraform_data',
    });
    judgeAtPlan(
      resource,
      Problems.found((problems) => problems.required('it', value, RULE)),
    );
    return resource.lifecycle;
  };

  test('leaves a resource as it is where nothing is left to the plan', () => {
    expect(preconditionsAfter('anything')).toBeUndefined();
  });
});

test.each([
  [text, 'text'],
  [variable(stack, 'a-b_9').stringValue, 'a-b_9'],
  [`x${text}`, 'property'],
  [`${text}x`, 'property'],
  ['text', 'property'],
])('variableName of %j is %s', (value, name) => {
  expect(variableName(stack, value, 'property')).toBe(name);
});

describe('variableShape', () => {
  const says = {
    property: 'it',
    allowed: 'a TerraformVariable of type bool',
    advice: "Make it with { type: 'bool' }.",
  };

  test('lets a bool through', () => {
    const flag = variable(stack, 'flag', 'bool');
    expect(variableShape('it', flag)).toEqual({ ok: true, received: 'a variable of type bool', ...says });
  });

  test('refuses one of another type, or of none', () => {
    expect(variableShape('it', variable(stack, 'number', 'number'))).toEqual({
      ok: false,
      received: 'a variable of type number',
      ...says,
    });
    expect(variableShape('it', variable(stack, 'any'))).toMatchObject({
      ok: false,
      received: 'a variable of type any',
    });
  });

  test.each([
    [undefined],
    [null],
    [true],
    ['${var.flag}'],
    [{ booleanValue: true, type: 'bool' }],
    [stack],
    [Object.assign(new TerraformStack(testApp(), 'a'), { type: 'bool' })],
  ])('refuses what is no variable', (received) => {
    expect(variableShape('it', received as never)).toEqual({ ok: false, received, ...says });
  });
});

test('checkVariableStack refuses a variable of another stack', () => {
  const said = (it?: TerraformVariable) => {
    const problems = new Problems();
    checkVariableStack(problems, stack, 'it', it);
    return problems.list();
  };
  expect(said()).toEqual([]);
  expect(said(variable(stack, 'mine'))).toEqual([]);
  expect(said(variable(other, 'theirs'))).toEqual([
    "it: received 'other/theirs', allowed: a variable of the stack that uses it. " +
      'Make one in this stack too: each stack is a configuration of its own.',
  ]);
});
