import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeclaredTypes } from './declared-types';
import { developedWith, PackedPackages, StrangeProject } from './packed-project';
import { strangeStack } from './strange-stack';

jest.setTimeout(900_000);

const CONSTRUCTS = 'cdktf-confluent-dr';
const TOOL = 'confluent-dr';
const LAB = 'confluent-dr-lab';
const PEERS = ['cdktf', 'constructs', '@cdktf/provider-azurerm'];

let packed: PackedPackages;

beforeAll(() => {
  packed = new PackedPackages();
});

afterAll(() => packed.remove());

/** What a package holds beside what is allowed. */
const strangers = (name: string, allowed: readonly RegExp[]): string[] =>
  packed.files(name).filter((file) => !allowed.some((pattern) => pattern.test(file)));

const ABOUT = /^(package\.json|README\.md|LICENSE)$/;

describe('the constructs, packed', () => {
  test('are what is needed to run, and no sources or tests', () => {
    expect(
      strangers(CONSTRUCTS, [
        ABOUT,
        /^(CHANGELOG\.md|nginx-templates\/.*|docs\/([\w-]+\/)*[\w.-]+\.(md|jpg))$/,
        /^dist\/(lib|\.gen)\/.*\.(js|d\.ts)$/,
      ]),
    ).toEqual([]);
    expect(packed.files(CONSTRUCTS)).toEqual(
      expect.arrayContaining([
        'dist/lib/index.js',
        'dist/lib/index.d.ts',
        'dist/.gen/providers/confluent/cluster-link/index.js',
        'nginx-templates/front.conf',
      ]),
    );
  });

  test('bring one package beside their peers, and none that does not fit', () => {
    const project = new StrangeProject();
    try {
      const said = project.install(packed.tarball(CONSTRUCTS), '--legacy-peer-deps');
      expect(project.installed().sort()).toEqual([CONSTRUCTS, 'mustache']);
      expect(said).not.toMatch(/EBADENGINE/);
      const files = project.run(
        'node',
        '--eval',
        `console.log(require('${CONSTRUCTS}/proxy-rendering').exactHost('b0.invalid'))`,
      );
      expect(files.status).toBe(0);
    } finally {
      project.remove();
    }
  });
});

describe('the constructs, in a strange project', () => {
  let project: StrangeProject;

  beforeAll(() => {
    project = new StrangeProject();
    project.install(packed.tarball(CONSTRUCTS), ...[...PEERS, 'typescript', '@types/node'].map(developedWith));
  });

  afterAll(() => project.remove());

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
});

describe('the tool, in a strange project', () => {
  let project: StrangeProject;
  const tool = (...words: string[]) => project.run('npx', '--no-install', TOOL, ...words);

  let said: string;

  beforeAll(() => {
    project = new StrangeProject();
    said = project.install(packed.tarball(TOOL));
  });

  afterAll(() => project.remove());

  test('is what is needed to run', () => {
    expect(
      strangers(TOOL, [
        ABOUT,
        /^bin\/confluent-dr\.js$/,
        /^dist\/((main|kafka|linkedom|plot|prompts|undici)\.js|THIRD-PARTY-NOTICES\.txt|nginx-templates\/.*|output-schema\/[\w-]+\.json)$/,
      ]),
    ).toEqual([]);
  });

  test('brings nothing else, and fits', () => {
    expect(project.installed()).toEqual([TOOL]);
    expect(said).not.toMatch(/EBADENGINE/);
  });

  test('runs, and tells its version', () => {
    expect(tool('--help').output).toMatch(/^Usage: confluent-dr /);
    const { version } = JSON.parse(readFileSync(join(project.folder, `node_modules/${TOOL}/package.json`), 'utf8')) as {
      version: string;
    };
    expect(tool('--version').output).toBe(`${version}\n`);
  });

  test('publishes the schema of each document', () => {
    const script = `console.log(require('${TOOL}/output-schema/status.json').type)`;
    expect(project.run('node', '--eval', script).output).toBe('object\n');
  });

  test('renders the proxy with the templates that it holds', () => {
    const clusters = {
      primary: { bootstrap: 'pkc-aaaaa.westeurope.azure.confluent.cloud' },
      secondary: { bootstrap: 'pkc-bbbbb.northeurope.azure.confluent.cloud' },
    };
    project.write('pair.json', { clusters });
    const { output, status } = tool('proxy', 'render', '--config', 'pair.json', '--out', 'proxy');
    expect({ output, status }).toMatchObject({ status: 0 });
    expect(existsSync(join(project.folder, 'proxy/converge.sh'))).toBe(true);
  });

  test('tells how to get the lab', () => {
    const { output, status } = tool('lab', 'up');
    expect(output).toBe(
      `confluent-dr: the lab is a package of its own, which is not installed: npm install --save-dev ${LAB}\n`,
    );
    expect(status).toBe(2);
  });
});

describe('the lab, beside the tool in a strange project', () => {
  let project: StrangeProject;

  let said: string;

  beforeAll(() => {
    project = new StrangeProject();
    said = project.install(packed.tarball(TOOL), packed.tarball(LAB));
  });

  afterAll(() => project.remove());

  test('is what is needed to run', () => {
    expect(
      strangers(LAB, [
        ABOUT,
        /^dist\/(.*\.js|THIRD-PARTY-NOTICES\.txt)$/,
        /^data\/([\w-]+\.(json|proto)|machine\/[\w-]+\.(sh|mjs))$/,
      ]),
    ).toEqual([]);
  });

  test('brings neither constructs nor a provider, and fits', () => {
    expect(said).not.toMatch(/EBADENGINE/);
    expect(project.installed().filter((name) => [CONSTRUCTS, ...PEERS].includes(name))).toEqual([]);
  });

  test('comes up and goes down', () => {
    const lab = (...words: string[]) =>
      project.run('npx', '--no-install', TOOL, 'lab', ...words, '--folder', join(project.folder, 'lab'));
    expect(lab('up').output).toMatch(/^The lab in \S+ is up/);
    expect(lab('status').output).toMatch(/Nothing goes wrong/);
    expect(lab('down').output).toMatch(/nothing of it is left/);
  });
});
