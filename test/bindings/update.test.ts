import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planUpdate } from '../../lib/bindings/update';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const schema = read('lib/bindings/confluent-schema.json');
const project = read('cdktf.json');

describe('planUpdate', () => {
  test('changes nothing when the version stays', () => {
    expect(planUpdate(schema, project, undefined)).toEqual({ schema, project });
  });

  test('pins the exact version in the schema and its minor version in cdktf.json', () => {
    const update = planUpdate(schema, project, '3.1.4');
    expect(JSON.parse(update.schema)).toMatchObject({
      provider_versions: { 'registry.terraform.io/confluentinc/confluent': '3.1.4' },
    });
    expect(JSON.parse(update.project)).toEqual({
      ...(JSON.parse(project) as object),
      terraformProviders: ['confluentinc/confluent@~> 3.1'],
    });
  });

  test.each([
    ['text that is not JSON', 'Error: no provider', /not JSON.*terraform providers schema -json/],
    ['JSON of another kind', '{"resources": []}', /no provider_schemas/],
  ])('refuses %s', (_, text, message) => {
    expect(() => planUpdate(text, project, '3.1.4')).toThrow(message);
  });

  test('refuses a project that does not use the provider', () => {
    expect(() => planUpdate(schema, '{"terraformProviders": []}', '3.1.4')).toThrow(/add it there first/);
  });
});

describe('npm run bindings:update', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bindings-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const updateIn = (cwd: string, ...args: string[]) =>
    spawnSync(process.execPath, ['--require', 'ts-node/register', 'lib/bindings/update.ts', ...args], {
      cwd,
      encoding: 'utf8',
    });
  const update = (...args: string[]) => updateIn(root, ...args);

  test('takes schema, constraint and bindings to the new version', () => {
    for (const file of ['lib/bindings', 'cdktf.json', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, file), join(folder, file), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const { stderr } = updateIn(
      folder,
      '--schema',
      'lib/bindings/confluent-schema.json',
      '--provider-version',
      '2.99.3',
    );
    expect(stderr).toBe('');
    expect(readFileSync(join(folder, 'cdktf.json'), 'utf8')).toContain('"confluentinc/confluent@~> 2.99"');
    const generated = readFileSync(join(folder, '.gen/providers/confluent/kafka-topic/index.ts'), 'utf8');
    expect(generated).toMatch(/providerVersion: '2.99.3',\s+providerVersionConstraint: '~> 2.99'/);
  });

  test.each([
    ['no schema', [], /^Usage: npm run bindings:update/],
    ['a file that does not exist', ['--schema', 'no-such-file.json'], /no-such-file.json/],
    ['an option that does not exist', ['--shema', 'x'], /--shema/],
  ])('given %s, says so and changes nothing', (_, args, message) => {
    const { status, stderr } = update(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
    expect([read('lib/bindings/confluent-schema.json'), read('cdktf.json')]).toEqual([schema, project]);
  });

  test('given a schema that lacks a type, says so and changes nothing', () => {
    const file = join(folder, 'schema.json');
    writeFileSync(file, schema.replace('"confluent_cluster_link"', '"confluent_cluster_lynk"'));
    const { status, stderr } = update('--schema', file, '--provider-version', '3.1.4');
    expect(stderr).toContain('Provider version 3.1.4 has no resource confluent_cluster_link');
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(1);
    expect([read('lib/bindings/confluent-schema.json'), read('cdktf.json')]).toEqual([schema, project]);
  });
});

describe('the generated bindings', () => {
  test('are not committed', () => {
    const { stdout } = spawnSync('git', ['ls-files', '.gen'], { cwd: root, encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});
