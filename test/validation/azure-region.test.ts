import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  checkRegion,
  MORE_REGIONS,
  regionName,
  regionPrecondition,
  regionRule,
} from '../../lib/validation/azure-region';
import { Problems } from '../../lib/validation/problems';
import { LOCATIONS } from '../../packages/confluent-dr-lab/src/azure/locations';
import { resolved, testApp } from '../support/synth';

const ADVICE =
  'Copy the name from `az account list-locations`. One that is newer than this release is let through where the list ' +
  'confluent_dr_more_regions in the context names it.';
const ALLOWED = 'a region of Azure such as westeurope';

const stackWith = (context: Record<string, unknown> = {}) => new TerraformStack(testApp(context), 'test');

function saidOf(region: unknown, context: Record<string, unknown> = {}): string[] {
  const problems = new Problems();
  checkRegion(problems, stackWith(context), 'region', region);
  return problems.list();
}

describe('regionName', () => {
  test.each([
    ['westeurope', 'westeurope'],
    ['West Europe', 'westeurope'],
    ['East US 2', 'eastus2'],
  ])('of %j is %s', (region, name) => {
    expect(regionName(region)).toBe(name);
  });

  test('leaves what is no text to synth', () => {
    expect(regionName(7 as never)).toBe(7);
    expect(regionName(undefined as never)).toBeUndefined();
  });

  test('of what only Terraform knows is made there', () => {
    const stack = stackWith();
    const region = new TerraformVariable(stack, 'region', { type: 'string' }).stringValue;
    expect(resolved(stack, regionName(region))).toBe('${lower(replace(var.region, " ", ""))}');
  });
});

describe('checkRegion', () => {
  test.each([
    ...['westeurope', 'West Europe', 'WESTUS3', 'australiacentral', 'eastus'],
    ...['India South Central', 'denmarkeast', 'westindia', 'swedensouth'],
  ])('takes %s', (region) => {
    expect(saidOf(region)).toEqual([]);
  });

  test('takes each region of the lab, which keeps a list of its own', () => {
    expect([...LOCATIONS].flatMap((region) => saidOf(region))).toEqual([]);
    expect([...LOCATIONS]).toEqual(
      expect.arrayContaining(['denmarkeast', 'indiasouthcentral', 'swedensouth', 'westindia']),
    );
  });

  test.each<[unknown, string, string]>([
    ['westeuropa', "'westeuropa'", "Did you mean 'westeurope'? "],
    ['nowhere', "'nowhere'", ''],
    ['', "''", ''],
    [' ', "' '", ''],
    [undefined, 'nothing', ''],
    [7, '7', ''],
    [['westeurope'], "'a list'", ''],
  ])('refuses %j', (region, shown, meant) => {
    expect(saidOf(region)).toEqual([`region: received ${shown}, allowed: ${ALLOWED}. ${meant}${ADVICE}`]);
  });

  test('judges nothing that only Terraform knows', () => {
    const region = new TerraformVariable(stackWith(), 'region', { type: 'string' }).stringValue;
    expect(saidOf(region)).toEqual([]);
  });

  test('takes what the context adds, in any spelling', () => {
    const context = { [MORE_REGIONS]: ['New Region', 'other'] };
    expect(['newregion', 'New Region', 'OTHER', 'westeurope'].flatMap((region) => saidOf(region, context))).toEqual([]);
    expect(saidOf('othr', context)[0]).toContain("Did you mean 'other'? ");
  });

  test.each<[unknown, string]>([
    ['newregion', "'newregion'"],
    [[7], '[7]'],
    [['newregion', 7], '["newregion",7]'],
    [{ newregion: true }, '{"newregion":true}'],
    [null, 'null'],
  ])('refuses %j in the context', (more, shown) => {
    expect(saidOf('westeurope', { [MORE_REGIONS]: more })).toEqual([
      `context confluent_dr_more_regions: received ${shown}, allowed: a list of texts. Write it as in ` +
        `CDKTF_CONTEXT_JSON='{"confluent_dr_more_regions":["westeurope2"]}', or leave it out.`,
    ]);
  });

  test('takes the texts of a wrong list, so that one error is told once', () => {
    const said = saidOf('newregion', { [MORE_REGIONS]: ['newregion', 7] });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('context confluent_dr_more_regions: ');
  });
});

describe('what a plan refuses', () => {
  const stack = stackWith({ [MORE_REGIONS]: ['New Region'] });
  const variable = new TerraformVariable(stack, 'region', { type: 'string' });
  const known = /^\$\{contains\(\["australiacentral", ?.*"westus3", ?"newregion"\], lower\(replace\(/;

  test('of an expression is what synth would', () => {
    const [precondition, ...others] = regionPrecondition(stack, 'primary.region', variable.stringValue)!;
    expect(others).toEqual([]);
    expect(resolved(stack, precondition)).toEqual({
      condition: expect.stringMatching(known) as string,
      errorMessage: `region: received '\${var.region}', allowed: ${ALLOWED}. ${ADVICE}`,
    });
    expect(regionPrecondition(stack, 'primary.region', 'westeurope')).toBeUndefined();
  });

  test('of an expression that is no variable names the property', () => {
    const [{ errorMessage }] = regionPrecondition(stack, 'primary.region', `${variable.stringValue}2`)!;
    expect(errorMessage).toMatch(/^primary\.region: received /);
  });

  test('holds what Azure has, and what the context adds', () => {
    const [condition, added] = [stackWith(), stack].map((scope) => regionRule(scope, 'region').condition);
    expect(added).toBe(condition.replace('"westus3"]', '"westus3","newregion"]'));
    expect(condition).toContain('["australiacentral","australiacentral2",');
    expect(condition).toContain('"westus3"], lower(');
  });

  test('of a variable is the same, or its empty value', () => {
    const rule = regionRule(stack, 'region');
    expect(rule.condition).toMatch(known);
    expect(rule.condition).toMatch(/, lower\(replace\(var\.region, " ", ""\)\)\)\}$/);
    expect(rule.errorMessage).toBe(`region: received '\${var.region}', allowed: ${ALLOWED}. ${ADVICE}`);
    expect(regionRule(stack, 'region', { orEmpty: true }).condition).toMatch(
      /, lower\(replace\(var\.region, " ", ""\)\)\) \|\| var\.region == ""\}$/,
    );
  });
});
