import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeclaredTypes } from './declared-types';
import { PackedPackage, StrangeProject } from './packed-project';
import { strangeStack } from './strange-stack';

jest.setTimeout(900_000);

describe('the packed package, in a strange project', () => {
  let packed: PackedPackage;
  let project: StrangeProject;

  beforeAll(() => {
    packed = new PackedPackage();
    project = new StrangeProject(packed);
  });

  afterAll(() => {
    project.remove();
    packed.remove();
  });

  test('holds what is needed to run, and no sources or tests', () => {
    const needed = [
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|nginx-templates\/.*|docs\/([\w-]+\/)*[\w.-]+\.md)$/,
      /^dist\/(lib|\.gen)\/.*\.(js|d\.ts)$/,
      /^dist\/lib\/runbook\/output-schema\/[\w-]+\.json$/,
      /^dist\/lib\/lab\/terraform\/(schemas\/\w+\.json|protocol\/[\w-]+\.proto)$/,
    ];
    const notNeeded = /^dist\/lib\/bindings\//;
    const isNeeded = (file: string) => needed.some((pattern) => pattern.test(file)) && !notNeeded.test(file);
    expect(packed.files.filter((file) => !isNeeded(file))).toEqual([]);
  });

  test('holds the compiled bindings and the proxy files that it reads when it runs', () => {
    expect(packed.files).toEqual(
      expect.arrayContaining([
        'dist/lib/index.js',
        'dist/lib/index.d.ts',
        'dist/.gen/providers/confluent/cluster-link/index.js',
        'nginx-templates/front.conf',
      ]),
    );
  });

  test.each([
    ['node16', { module: 'node16', moduleResolution: 'node16' }],
    ['node, as older projects have it', { module: 'commonjs', moduleResolution: 'node10' }],
  ])('type-checks strictly and synthesizes with module resolution %s', (name, options) => {
    const folder = name.slice(0, 6).replace(/\W/g, '-');
    project.write('main.ts', strangeStack);
    project.write('tsconfig.json', {
      compilerOptions: { ...options, strict: true, target: 'ES2022', skipLibCheck: true, outDir: `out-${folder}` },
      files: ['main.ts'],
    });
    const { output, status } = project.run('tsc', '--project', 'tsconfig.json');
    expect(output).toBe('');
    expect(status).toBe(0);

    const run = project.run('node', `out-${folder}/main.js`, `cdktf-${folder}`);
    expect(run.output).toBe('');
    const stack = JSON.parse(
      readFileSync(join(project.folder, `cdktf-${folder}/stacks/orders/cdk.tf.json`), 'utf8'),
    ) as {
      resource: Record<string, object>;
    };
    expect(Object.keys(stack.resource)).toEqual(
      expect.arrayContaining([
        'azurerm_storage_account',
        'confluent_cluster_link',
        'confluent_kafka_mirror_topic',
        'confluent_schema_exporter',
        'azurerm_virtual_machine_run_command',
      ]),
    );
  });

  test('refuses at compile time what its types do not allow', () => {
    project.write('wrong.ts', strangeStack.replace(`linkName: 'orders'`, 'linkName: 5'));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', '--target', 'es2022'];
    const { output } = project.run('tsc', ...options, 'wrong.ts');
    expect(output).toMatch(/Type 'number' is not assignable to type 'string'/);
  });

  test('declares types that are complete, never any, and never those of generated bindings', () => {
    const types = new DeclaredTypes(join(project.folder, 'node_modules/cdktf-confluent-dr/dist/lib/index.d.ts'));
    expect(types.fileNames.length).toBeGreaterThan(5);
    expect(types.errors()).toEqual([]);
    expect(types.fileNames.filter((name) => name.includes('/.gen/'))).toEqual([]);
    expect(types.anys()).toEqual([]);
  });

  test('does nothing when it is imported, and loads no index of a whole provider', () => {
    const script = `
      const before = require('node:fs').readdirSync('.').join();
      require('cdktf-confluent-dr');
      const handles = process._getActiveHandles().filter((handle) => handle.fd === undefined).length;
      console.log(JSON.stringify({
        handles,
        written: require('node:fs').readdirSync('.').join() !== before,
        indexes: Object.keys(require.cache).filter((file) => /(provider-azurerm\\/lib|providers\\/confluent)\\/(lazy-)?index.js$/.test(file)),
      }));
    `;
    const { stdout, status } = project.run('node', '--eval', script);
    expect(JSON.parse(stdout)).toEqual({ handles: 0, written: false, indexes: [] });
    expect(status).toBe(0);
  });

  test('brings the command confluent-dr', () => {
    const { output, status } = project.run('npx', '--no-install', 'confluent-dr', '--help');
    expect(output).toMatch(/Usage: confluent-dr/);
    expect(status).toBe(0);
  });

  test('brings a lab that comes up and goes down', () => {
    const lab = (...words: string[]) =>
      project.run('npx', '--no-install', 'confluent-dr', 'lab', ...words, '--folder', join(project.folder, 'lab'));
    expect(lab('up').output).toMatch(/^The lab in \S+ is up/);
    expect(lab('status').output).toMatch(/Nothing goes wrong/);
    expect(lab('down').output).toMatch(/nothing of it is left/);
  });
});
