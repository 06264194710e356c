import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILES, type FileTexts, planUpdate } from '../../tools/bindings/update';
import { TYPESCRIPT_HOOK } from '../support/processes-of-sources';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const present = Object.fromEntries(
  Object.entries(FILES).map(([name, file]) => [name, read(file)]),
) as unknown as FileTexts;
/** Digests, because a failing comparison of whole schemas takes minutes to print. */
const digests = (texts: readonly string[]) => texts.map((text) => createHash('sha256').update(text).digest('hex'));
const filesOf = (folder: string) =>
  digests(Object.values(FILES).map((file) => readFileSync(join(folder, file), 'utf8')));
/** The whole schema, as it is committed for the lab. */
const schema = present.lab;

describe('planUpdate', () => {
  test('changes nothing when the version stays', () => {
    expect(planUpdate(schema, present, undefined)).toMatchObject({ changes: [] });
  });

  test('writes the order of Terraform, whatever the order that it is given', () => {
    const printed = JSON.stringify(reversed(JSON.parse(schema)));
    expect(planUpdate(printed, present, undefined).changes).toEqual([]);
  });

  test('pins the exact version in the schema and its minor version in cdktf.json', () => {
    const { files, changes } = planUpdate(schema, present, '3.1.4');
    for (const copy of [files.bindings, files.lab]) {
      expect(JSON.parse(copy)).toMatchObject({
        provider_versions: { 'registry.terraform.io/confluentinc/confluent': '3.1.4' },
      });
    }
    expect(JSON.parse(files.project)).toEqual({
      ...(JSON.parse(present.project) as object),
      terraformProviders: ['confluentinc/confluent@~> 3.1'],
    });
    expect(changes).toEqual([
      'tools/bindings/confluent-schema.json:',
      '  ~ registry.terraform.io/confluentinc/confluent: 2.83.0 → 3.1.4',
      'packages/confluent-dr-lab/data/confluent.json:',
      '  ~ registry.terraform.io/confluentinc/confluent: 2.83.0 → 3.1.4',
      'cdktf.json:',
      '  ~ confluentinc/confluent@~> 2.83 → confluentinc/confluent@~> 3.1',
    ]);
  });

  test('tells what is new, gone and other in each copy that it is in', () => {
    const printed = schema
      .replace('"deletion_protection": {', '"protected": {')
      .replace('"confluent_ksql_cluster": {', '"confluent_zsql_cluster": {')
      .replace(/("link_mode": \{\s+"type": "string",\s+)"optional": true/, '$1"required": true');
    const used = [
      '  - resource confluent_cluster_link.link_mode optional: true',
      '  + resource confluent_cluster_link.link_mode required: true',
      '  - resource confluent_kafka_cluster.deletion_protection: {"type":"bool","optional":true}',
      '  + resource confluent_kafka_cluster.protected: {"type":"bool","optional":true}',
    ];
    expect([...planUpdate(printed, present, undefined).changes].sort()).toEqual(
      [
        'tools/bindings/confluent-schema.json:',
        ...used,
        'packages/confluent-dr-lab/data/confluent.json:',
        ...used,
        '  - resource confluent_ksql_cluster',
        '  + resource confluent_zsql_cluster',
      ].sort(),
    );
  });

  test.each([
    ['text that is not JSON', 'Error: no provider', /not JSON.*terraform providers schema -json/],
    ['JSON of another kind', '{"resources": []}', /no provider_schemas/],
  ])('refuses %s', (_, text, message) => {
    expect(() => planUpdate(text, present, '3.1.4')).toThrow(message);
  });

  test('refuses a project that does not use the provider', () => {
    expect(() => planUpdate(schema, { ...present, project: '{"terraformProviders": []}' }, '3.1.4')).toThrow(
      /add it there first/,
    );
  });
});

describe('npm run bindings:update', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bindings-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const updateIn = (cwd: string, ...args: string[]) =>
    spawnSync(process.execPath, ['--require', TYPESCRIPT_HOOK, 'tools/bindings/update.ts', ...args], {
      cwd,
      encoding: 'utf8',
    });
  const update = (...args: string[]) => updateIn(root, ...args);

  test('takes every copy of the schema, constraint and bindings to the new version, and then changes nothing', () => {
    for (const file of ['tools/bindings', 'tools/runtime', FILES.lab, 'cdktf.json', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, file), join(folder, file), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const args = ['--schema', FILES.lab, '--provider-version', '2.99.3'];
    const first = updateIn(folder, ...args);
    expect(first.stderr).toBe('');
    expect(first.stdout).toContain('confluentinc/confluent@~> 2.83 → confluentinc/confluent@~> 2.99');
    expect(readFileSync(join(folder, 'cdktf.json'), 'utf8')).toContain('"confluentinc/confluent@~> 2.99"');
    const generated = readFileSync(join(folder, '.gen/providers/confluent/kafka-topic/index.ts'), 'utf8');
    expect(generated).toMatch(/providerVersion: '2.99.3',\s+providerVersionConstraint: '~> 2.99'/);
    const renewed = filesOf(folder);
    expect(updateIn(folder, ...args).stdout).toBe('Nothing changes: every copy holds this schema already.\n');
    expect(filesOf(folder)).toEqual(renewed);
  });

  test.each([
    ['no schema', [], /^Usage: npm run bindings:update/],
    ['a file that does not exist', ['--schema', 'no-such-file.json'], /no-such-file.json/],
    ['an option that does not exist', ['--shema', 'x'], /--shema/],
  ])('given %s, says so and changes nothing', (_, args, message) => {
    const { status, stderr } = update(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
    expect(filesOf(root)).toEqual(digests(Object.values(present)));
  });

  test('given a schema that lacks a type, says so and changes nothing', () => {
    const file = join(folder, 'schema.json');
    writeFileSync(file, schema.replace('"confluent_cluster_link"', '"confluent_cluster_lynk"'));
    const { status, stderr } = update('--schema', file, '--provider-version', '3.1.4');
    expect(stderr).toContain('Provider version 3.1.4 has no resource confluent_cluster_link');
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(1);
    expect(filesOf(root)).toEqual(digests(Object.values(present)));
  });
});

describe('the generated bindings', () => {
  test('are of the versions that the default app asks for, each in a line of main.ts', () => {
    const asked = read('main.ts').matchAll(
      /^ *stack\.addOverride\('terraform\.required_providers\.(\w+)\.version', '(.+)'\);$/gm,
    );
    const versionOf = (file: string) => JSON.parse(read(file)) as Record<string, string>;
    const { cdktf } = JSON.parse(read('node_modules/@cdktf/provider-azurerm/package.json')) as {
      cdktf: { provider: { version: string } };
    };
    expect([...asked].map(([, provider, version]) => [provider, version])).toEqual([
      ['confluent', versionOf('.gen/versions.json')['registry.terraform.io/confluentinc/confluent']],
      ['azurerm', cdktf.provider.version],
    ]);
  });

  test('are not committed', () => {
    const { stdout } = spawnSync('git', ['ls-files', '.gen'], { cwd: root, encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

/** The same, with every object's keys the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, entry]) => [key, reversed(entry)]),
      )
    : value;
}
