import { TerraformResource, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { checkCidr } from '../../../lib/validation/cidr';
import { Problems } from '../../../lib/validation/problems';
import {
  ADMIN_USERNAME,
  azureId,
  DISPLAY_NAME,
  IPV4,
  keeps,
  LINK_NAME,
  SCHEMA_CONTEXT,
  type TextRule,
  TOPIC_NAME,
} from '../../../lib/validation/text-rule';
import { judgeAtPlan, preconditionsOf } from '../../../lib/validation/variable-validation';
import { evaluated } from './support/evaluated';
import { requireTerraform, Workspace } from './support/terraform';

jest.setTimeout(900_000);

beforeAll(requireTerraform);

const SUBNET = azureId('Microsoft.Network/virtualNetworks', 'subnets');
const ADDRESS = { pattern: IPV4, allowed: 'an address', advice: 'Write one.' };
const OF_SUBNET = '/subscriptions/x/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub/subnets/proxies';

test('texts of variables are held to the rules of those that are written out', async () => {
  const stack = new TerraformStack(Testing.app(), 'texts');
  const texts: [TextRule, string, boolean][] = [
    ...['operator', '_ops-1.x', 'rooter'].map((text): [TextRule, string, boolean] => [ADMIN_USERNAME, text, true]),
    ...['root', 'Admin', 'user1', 'ops.', 'two words', '', 'a'.repeat(33)].map((text): [TextRule, string, boolean] => [
      ADMIN_USERNAME,
      text,
      false,
    ]),
    [TOPIC_NAME, 'orders.v1', true],
    [TOPIC_NAME, 'bad name', false],
    [TOPIC_NAME, 'a'.repeat(249), true],
    [TOPIC_NAME, 'a'.repeat(250), false],
    [LINK_NAME, '...', true],
    [LINK_NAME, '..', false],
    [LINK_NAME, 'a/b', false],
    [SCHEMA_CONTEXT, '.a', false],
    [DISPLAY_NAME, 'größe 😀', true],
    [DISPLAY_NAME, ' ', false],
    [DISPLAY_NAME, 'a\nb', false],
    [DISPLAY_NAME, 'a\tb', false],
    [SUBNET, OF_SUBNET, true],
    [SUBNET, OF_SUBNET.toUpperCase(), true],
    [SUBNET, `${OF_SUBNET}\n`, false],
    [SUBNET, OF_SUBNET.replace('hub', '%{hub}'), false],
    [ADDRESS, '10.0.0.53', true],
    [ADDRESS, '10.0.0.053', false],
    [ADDRESS, '10.0.0.256', false],
    [ADDRESS, '10.0.0', false],
  ];
  const conditions = texts.map(([rule, text], index) => {
    const value = text.replaceAll('%{', '%%{');
    const { stringValue } = new TerraformVariable(stack, `text${index}`, { type: 'string', default: value });
    return preconditionsOf(
      stack,
      Problems.found((problems) => problems.required('it', stringValue, rule)),
    ).map(({ condition }): unknown => condition);
  });
  expect(await evaluated(stack, conditions)).toEqual(texts.map(([, , fit]) => [fit]));
  expect(texts.map(([rule, text]) => keeps(rule, text))).toEqual(texts.map(([, , fit]) => fit));
});

test('numbers, ranges and lists of variables are, too, and null is as good as none where a value may be left out', async () => {
  const stack = new TerraformStack(Testing.app(), 'values');
  const variable = (id: string, type: string, value: unknown) =>
    new TerraformVariable(stack, id, { type, default: value ?? Token.nullValue() });
  const number = (value: unknown, index: number) => variable(`number${index}`, 'number', value).numberValue;
  const text = (value: unknown, index: number) => variable(`text${index}`, 'string', value).stringValue;
  const list = (value: unknown, index: number) => variable(`list${index}`, 'list(string)', value).listValue;
  const seconds = (it: number) => Problems.found((problems) => problems.integer('it', it, 60, 604_800, 'seconds'));
  const optional = (it: string) => Problems.found((problems) => problems.text('it', it, LINK_NAME));
  const required = (it: string) => Problems.found((problems) => problems.required('it', it, LINK_NAME));
  const range = (it: string) => Problems.found((problems) => checkCidr(problems, 'it', it));
  const addresses = (it: string[]) => Problems.found((problems) => problems.texts('it', it, ADDRESS));
  const ranges = ['10.0.0.0/16', '10.0.0.1/16', '10.0.0.0', 'fd00::/8', ''];
  const lists = [[], ['10.0.0.1', '10.0.0.2'], ['10.0.0.1', 'x']];
  const checked: [Problems, boolean][] = [
    ...[59, 60, 60.5, 604_800, 604_801, -60].map((it, index): [Problems, boolean] => [
      seconds(number(it, index)),
      [60, 604_800].includes(it),
    ]),
    [seconds(number(null, 9)), true],
    [optional(text(null, 0)), true],
    [required(text(null, 1)), false],
    [optional(`dr-${text('a', 2)}`), true],
    [optional(`dr ${text('a', 3)}`), false],
    ...ranges.map((it, index): [Problems, boolean] => [range(text(it, 10 + index)), index === 0]),
    ...lists.map((it, index): [Problems, boolean] => [addresses(list(it, index)), index < 2]),
  ];
  const found = checked.map(([each]) => preconditionsOf(stack, each));
  const values = found.map((all) => all.map(({ condition, errorMessage }): unknown[] => [condition, errorMessage]));
  const results = (await evaluated(stack, values)) as [boolean, string][][];
  expect(results.map((all) => all.map(([fit]) => fit))).toEqual(checked.map(([, fit]) => [fit]));
  const [, told] = results[7][0];
  expect(told).toContain("text0: received 'null', allowed: 1 to 128");
});

test('the plan tells what is wrong, and shows nothing of a sensitive value', async () => {
  const stack = new TerraformStack(Testing.app(), 'plan');
  const name = new TerraformVariable(stack, 'name', { type: 'string' });
  const secret = new TerraformVariable(stack, 'secret', { type: 'string', sensitive: true });
  const resource = new TerraformResource(stack, 'it', { terraformResourceType: 'terraform_data' });
  judgeAtPlan(
    resource,
    Problems.found((problems) => {
      problems.required('linkName', name.stringValue, LINK_NAME);
      problems.required('topicName', `orders-${secret.stringValue}`, TOPIC_NAME);
    }),
  );
  const workspace = new Workspace({ env: {} }).write('cdk.tf.json', Testing.synth(stack));
  try {
    await workspace.must('init', '-input=false');
    const plan = (of: string, hidden: string) =>
      workspace.terraform('plan', '-input=false', '-var', `name=${of}`, '-var', `secret=${hidden}`);
    const fine = await plan('dr', 'v1');
    expect([fine.exitCode, fine.text.includes('Warning: Error message')]).toEqual([0, false]);
    const wrong = await plan('bad name', 'hush hush');
    expect(wrong.exitCode).toBe(1);
    expect(wrong.errors).toContain("name: received 'bad name', allowed: 1 to 128 letters");
    expect(wrong.errors).toContain("topicName: received 'a sensitive value', allowed: 1 to 249 letters");
    expect(wrong.text).not.toContain('hush');
  } finally {
    workspace.remove();
  }
});
