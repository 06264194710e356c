import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { automaticTfvars, readTfvars, sampleNamesOf } from '../../src/background/tfvars';

describe('a tfvars file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tfvars-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (text: string, name = 'x.tfvars') => {
    writeFileSync(join(folder, name), text);
    return readTfvars(join(folder, name));
  };

  test.each([
    ['name = "value"', 'value'],
    ['  name="value"  ', 'value'],
    ['name = "a # b // c /* d */"', 'a # b // c /* d */'],
    ['name = "value" # comment', 'value'],
    ['name = "value" // comment', 'value'],
    ['name = "value" /* comment */', 'value'],
    ['name = ""', ''],
    ['name = "a \\"b\\" \\\\ \\n\\t"', 'a "b" \\ \n\t'],
    ['name = "\\u00e9\\U0001F600"', 'é😀'],
    ['name = "$${x} %%{y} $5"', '${x} %{y} $5'],
    ['name = true', 'true'],
    ['name = false # no', 'false'],
    ['name = 6', '6'],
    ['name = -1.5e3', '-1500'],
    ['name = "$$${x}"', '$${x}'],
    ['name = <<EOT\na\nb\nEOT\n', 'a\nb\n'],
    ['name = "value"\r\n', 'value'],
  ])('sets what Terraform reads in %j', async (line, value) => {
    expect(await read(line)).toEqual({ values: { name: value }, ignored: [] });
  });

  test.each([
    'name = value',
    'name = ["a"]',
    'name = { a = 1 }',
    'name = TRUE',
    'name = "${var.x}"',
    'name = "%{if x}%{endif}"',
  ])('tells the variable that it sets to no plain value: %j', async (line) => {
    expect(await read(`first = "1"\n${line}\nlast = "2"`)).toEqual({
      values: { first: '1', last: '2' },
      ignored: ['name'],
    });
  });

  test.each([
    ['name = <<EOT', 'Unterminated template string'],
    ['name "value"', 'Invalid block definition'],
    ['name = "open', 'Invalid multi-line string'],
    ["name = 'x'", 'Invalid character'],
    ['name = "a" "b"', 'Missing newline after argument'],
    ['name = "a\\qb"', 'Invalid escape sequence'],
    ['1name = "x"', 'Argument or block definition required'],
    ['"name" = "x"', 'Invalid argument name'],
    ['name =', 'Invalid expression'],
    ['first = "2"', 'Attribute redefined'],
  ])('says where Terraform cannot read it, and nothing of the values: %j', async (line, why) => {
    const error = await read(`first = "1"\n${line}\nlast = "hunter2"`).then(String, String);
    expect(error).toMatch(new RegExp(`^Error: line [2-4]: ${why}`));
    expect(error).not.toContain('hunter2');
  });

  test('may hold empty lines, comments and null', async () => {
    const text = '\n# a\n  // b\n/* c */\n/* d = "1"\n e = "2" */\nname = null\nlast = "3"\n';
    expect(await read(text)).toEqual({ values: { last: '3' }, ignored: [] });
  });

  test('as JSON sets the same, and tells the names of lists and maps', async () => {
    const json = JSON.stringify({ a: 'x', b: 6, c: true, d: null, e: ['x'], f: {} });
    expect(await read(json, 'x.tfvars.json')).toEqual({
      values: { a: 'x', b: '6', c: 'true' },
      ignored: ['e', 'f'],
    });
  });

  test.each(['[]', 'null', '"x"'])('of JSON must be an object: %s', async (text) => {
    await expect(read(text, 'x.tfvars.json')).rejects.toThrow('it is no JSON object');
  });

  test('is found in the order in which Terraform loads them', () => {
    for (const name of ['b.auto.tfvars', 'a.auto.tfvars.json', 'terraform.tfvars', 'other.tfvars']) {
      writeFileSync(join(folder, name), '');
    }
    const names = ['terraform.tfvars', 'a.auto.tfvars.json', 'b.auto.tfvars'];
    expect(automaticTfvars(folder)).toEqual(names.map((name) => join(folder, name)));
  });
});

describe('the names of a sample', () => {
  test.each(['n/a', 'lkc-', 'lkc-AAAAA', 'xlkc-1'])(
    'are those of the variables; %s, which is no id, is left to the lab',
    (none) => {
      const values = {
        cc_cloud_api_key: 'KEY',
        cc_cloud_api_secret: 'SECRET',
        cc_service_account: '',
        cc_env_primary: 'env-1',
        cc_primary_cluster_id: 'lkc-1',
        cc_secondary_cluster_id: none,
      };
      expect(sampleNamesOf(values)).toEqual({
        cloud: { key: 'KEY', secret: 'SECRET' },
        serviceAccountId: undefined,
        primary: { environmentId: 'env-1', clusterId: 'lkc-1' },
        secondary: { environmentId: undefined, clusterId: undefined },
      });
    },
  );
});
