import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { ADMIN_USERNAME, keeps } from '../../../lib/validation/text-rule';
import { textPreconditions } from '../../../lib/validation/variable-validation';
import { evaluated } from './support/evaluated';
import { requireTerraform } from './support/terraform';

jest.setTimeout(600_000);

beforeAll(requireTerraform);

test('a name of an administrator that only Terraform knows is held to the rule of those that are written out', async () => {
  const stack = new TerraformStack(Testing.app(), 'names');
  const names: [string, boolean][] = [
    ['operator', true],
    ['_ops-1.x', true],
    ['rooter', true],
    ['root', false],
    ['Admin', false],
    ['user1', false],
    ['ops.', false],
    ['two words', false],
    ['', false],
    ['a'.repeat(33), false],
  ];
  const conditions = names.map(([name], index) => {
    const variable = new TerraformVariable(stack, `name${index}`, { type: 'string', default: name });
    return textPreconditions(stack, 'admin.username', variable.stringValue, ADMIN_USERNAME).map(
      ({ condition }): unknown => condition,
    );
  });
  expect(await evaluated(stack, conditions)).toEqual(names.map(([, isLetThrough]) => [isLetThrough]));
  expect(names.map(([name]) => keeps(ADMIN_USERNAME, name))).toEqual(names.map(([, isLetThrough]) => isLetThrough));
});
