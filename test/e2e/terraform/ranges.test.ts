import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { sshPreconditions } from '../../../lib/proxy/inbound-rules';
import { rangePreconditions } from '../../../lib/validation/cidr';
import { evaluated } from './support/evaluated';
import { requireTerraform } from './support/terraform';

jest.setTimeout(900_000);

beforeAll(requireTerraform);

test('ranges of administrators that only Terraform knows are let through up to /8, and everywhere is not', async () => {
  const stack = new TerraformStack(Testing.app(), 'ssh');
  const lists: [string[], boolean][] = [
    [[], true],
    [['198.51.100.7/32'], true],
    [['10.0.0.0/8', '198.51.100.0/24'], true],
    [['0.0.0.0/0'], false],
    [['198.51.100.7/32', '0.0.0.0/1', '10.0.0.0/8'], false],
    [['128.0.0.0/7'], false],
    [['*'], false],
    [['Internet'], false],
    [['198.51.100.7'], false],
  ];
  const conditions = lists.map(([ranges], index) => {
    const variable = new TerraformVariable(stack, `ranges${index}`, { type: 'list(string)', default: ranges });
    return sshPreconditions(variable.listValue).map(({ condition }): unknown => condition);
  });
  expect(await evaluated(stack, conditions)).toEqual(lists.map(([, isLetThrough]) => [isLetThrough]));
});

test('ranges of clients that only Terraform knows are let through where Azure takes them in one rule', async () => {
  const stack = new TerraformStack(Testing.app(), 'ranges');
  const lists: [string[], boolean][] = [
    [['0.0.0.0/0'], true],
    [['203.0.113.7/32', '203.0.113.7/32', '203.0.113.8/32'], true],
    [['0.0.0.0/1', '128.0.0.0/1'], true],
    [['10.0.0.0/8', '10.1.0.0/16'], false],
    [['10.1.0.7/32', '203.0.113.7/32', '10.0.0.0/8'], false],
    [['10.0.0.0/8', '0.0.0.0/0'], false],
    [['10.0.0.1/8'], false],
    [['203.0.113.7'], false],
    [['203.0.113.7/33'], false],
    [['2001:db8::/32'], false],
    [['Internet'], false],
    [[], false],
  ];
  const conditions = lists.map(([ranges], index) => {
    const variable = new TerraformVariable(stack, `ranges${index}`, { type: 'list(string)', default: ranges });
    return rangePreconditions(stack, 'clientCidrs', variable.listValue).map(({ condition }): unknown => condition);
  });
  const none = new TerraformVariable(stack, 'none', { type: 'list(string)', default: [] }).listValue;
  const [{ condition: orEmpty }] = rangePreconditions(stack, 'sshCidrs', none, { orEmpty: true });
  expect(await evaluated(stack, [...conditions, [orEmpty]])).toEqual([...lists.map(([, fit]) => [fit]), [true]]);
});

test('ranges that are written out are judged at synth alone', () => {
  expect(sshPreconditions(['198.51.100.7/32'])).toEqual([]);
  expect(rangePreconditions(new TerraformStack(Testing.app(), 'it'), 'clientCidrs', ['198.51.100.7/32'])).toEqual([]);
});
