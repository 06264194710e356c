import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { sshPreconditions } from '../../../lib/proxy/inbound-rules';
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

test('ranges that are written out are judged at synth alone', () => {
  expect(sshPreconditions(['198.51.100.7/32'])).toEqual([]);
});
