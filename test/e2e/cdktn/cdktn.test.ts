import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Lab } from '../../../packages/confluent-dr-lab/src/lab';
import { documentProblems } from '../../../packages/confluent-dr/test/support/output-schema';
import { portedCode } from '../../../tools/cdktn/port';
import { StrangeProject } from '../package/packed-project';
import { strangeStack } from '../package/strange-stack';
import { dr } from '../runbook/tool';
import { tfvars } from '../terraform/support/app';
import { startLabOfTfvars } from '../terraform/support/lab';
import { requireTerraform, Workspace } from '../terraform/support/terraform';
import { differences, type Stacks, synthesized } from './synthesis';

jest.setTimeout(900_000);

const root = join(__dirname, '../../..');
const made = join(root, '.cdktn');
const DEFAULT_APP = 'active-passive';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly overrides: object;
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** A process that must end well. @returns what it printed to standard output */
function run(command: string, words: readonly string[], cwd: string): string {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^JEST_|^INIT_CWD$/i.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, encoding: 'utf8', env, maxBuffer: 64 << 20 });
  if (status !== 0) {
    throw new Error(`${command} ${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  }
  return stdout;
}

const testsBelow = (folder: string): string[] =>
  readdirSync(join(folder, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.startsWith('e2e/'))
    .sort();

beforeAll(() => {
  requireTerraform();
  run('npm', ['run', 'cdktn'], root);
});

describe('the constructs for CDK Terrain', () => {
  test('are a package of their own with the version and the dependencies of the one for CDKTF', () => {
    const [ours, theirs] = [manifestIn(made), manifestIn(root)];
    expect(ours.name).toBe('cdktn-confluent-dr');
    expect([ours.version, ours.dependencies]).toEqual([theirs.version, theirs.dependencies]);
    expect(Object.keys(ours.peerDependencies).sort()).toEqual(['@cdktn/provider-azurerm', 'cdktn', 'constructs']);
  });

  test('are tested by every test of the constructs, and all of these pass', () => {
    const elsewhere = testsBelow(root).filter((name) => !testsBelow(made).includes(name) && !name.startsWith('tools/'));
    expect(elsewhere).toEqual([
      'docs/current.test.ts',
      'documents.test.ts',
      'support/documents/documents-check.test.ts',
    ]);

    const folder = mkdtempSync(join(tmpdir(), 'cdktn-tests-'));
    try {
      const report = join(folder, 'report.json');
      const jest = join(root, 'node_modules/jest/bin/jest.js');
      run(process.execPath, [jest, '--ci', '--silent', '--json', `--outputFile=${report}`], made);
      const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
        numPassedTests: number;
        numTotalTests: number;
        testResults: { name: string; assertionResults: object[] }[];
      };
      expect(numPassedTests).toBe(numTotalTests);
      expect(testResults.map(({ name }) => name.slice(join(made, 'test/').length)).sort()).toEqual(testsBelow(made));
      expect(testResults.filter(({ assertionResults }) => assertionResults.length === 0)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('an app that moves from CDKTF to CDK Terrain', () => {
  let lab: Lab;
  let workspace: Workspace;
  let before: Stacks;
  let after: Stacks;

  beforeAll(async () => {
    [before, after] = [root, made].map((folder) => synthesized(folder));
    lab = await startLabOfTfvars();
    workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
    await workspace.write('cdk.tf.json', before[DEFAULT_APP]).init();
    await workspace.apply();
    await workspace.write('cdk.tf.json', after[DEFAULT_APP]).init();
  });

  afterAll(async () => {
    workspace?.remove();
    await lab?.stop();
  });

  const METADATA = '//.metadata.version: "0.21.0", "0.24.0"';
  const differencesOf = (one: Stacks, other: Stacks) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [
      name,
      ...differences(JSON.parse(one[name] ?? 'null'), JSON.parse(other[name] ?? 'null')),
    ]);

  test('has the same configuration where it pins the versions of its providers, as the default app does', () => {
    expect(differencesOf(before, after)).toEqual([[DEFAULT_APP, METADATA]]);
  });

  const AZURERM = 'terraform.required_providers.azurerm.version: "4.55.0", "4.73.0"';
  test.each([
    ['internal-proxy', [['proxy', METADATA, AZURERM]]],
    ['private-dns', [['proxy', METADATA, AZURERM]]],
    ['two-proxy-vms', [['proxy', METADATA, AZURERM]]],
    [
      'two-stacks',
      [
        ['clusters', METADATA],
        ['proxy', METADATA, AZURERM],
      ],
    ],
  ])('has another version of azurerm alone where it does not, as the example %s', (example, expected) => {
    const [one, other] = [root, made].map((folder) => synthesized(join(folder, 'examples', example)));
    expect(differencesOf(one, other)).toEqual(expected);
  });

  test('finds every resource in its state again: its first plan has nothing to do', async () => {
    expect(workspace.state().resources.length).toBeGreaterThan(30);
    expect(await workspace.detailedExitCode()).toBe(0);
  });

  test('is toggled as before: the one change is the run command of the proxy', async () => {
    const plan = await workspace.plan('-var=cc_failover_primary=true');
    expect(plan.changes()).toEqual({ 'azurerm_virtual_machine_run_command.proxy': 'replace' });
  });

  test('is read by the same runbook tool', async () => {
    await workspace.apply();
    const env = { ...lab.env, TF_DATA_DIR: join(workspace.folder, '.terraform') };
    const words = ['status', '--from', workspace.folder, '--json'];
    const { exitCode, stdout, text } = await dr(words, workspace.folder, env);
    expect({ exitCode, text }).toMatchObject({ exitCode: 0 });
    const status = JSON.parse(stdout) as object;
    expect(documentProblems('status', status)).toEqual([]);
    expect(status).toMatchObject({ well: true, serving: 'primary', topics: [{ topic: 'active-passive-a' }] });
  });
});

describe('the package, in a strange project', () => {
  let project: StrangeProject;
  let lab: Lab;
  let workspace: Workspace;

  beforeAll(async () => {
    project = new StrangeProject();
    const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', project.folder], made)) as {
      filename: string;
    }[];
    const { devDependencies, overrides } = manifestIn(made);
    const typescript = ['typescript', '@types/node'].map((name) => [name, manifestIn(root).devDependencies[name]]);
    project.write('package.json', {
      ...{ name: 'strange', version: '1.0.0', private: true, overrides },
      dependencies: { ...devDependencies, 'cdktn-confluent-dr': `file:${packed.filename}` },
      devDependencies: Object.fromEntries(typescript) as object,
    });
    project.install();
    lab = await startLabOfTfvars({
      sample: {
        cloud: { key: 'CLOUDKEY', secret: 'cloud-secret' },
        serviceAccountId: 'sa-abc123',
        primary: { environmentId: 'env-a1', clusterId: 'lkc-aaaaa' },
        secondary: { environmentId: 'env-b2', clusterId: 'lkc-bbbbb' },
      },
    });
    workspace = new Workspace(lab);
  });

  afterAll(async () => {
    workspace?.remove();
    project?.remove();
    await lab?.stop();
  });

  test('brings nothing of CDKTF, and one package beside its peers', () => {
    const ownOfCdktn = /^cdktn\/node_modules\//;
    expect(
      project
        .installed()
        .filter((name) => !ownOfCdktn.test(name))
        .sort(),
    ).toEqual([
      '@cdktn/provider-azurerm',
      '@types/node',
      'cdktn',
      'cdktn-confluent-dr',
      'constructs',
      'mustache',
      'typescript',
      'undici-types',
    ]);
    const imports = /(?:from|require\(|import\()\s*['"](?:cdktf|@cdktf\/[^'"]*)['"]/;
    const installed = join(project.folder, 'node_modules/cdktn-confluent-dr');
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(js|d\.ts|md)$/.test(name),
    );
    expect(files).toEqual(expect.arrayContaining(['dist/lib/index.js', 'README.md', 'docs/library.md']));
    const links = files
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) =>
        [...readFileSync(join(installed, name), 'utf8').matchAll(/\]\(([^)#:\s]+)(#[^)\s]*)?\)/g)].map(([, target]) =>
          join(dirname(name), target),
        ),
      );
    expect(links).toContain('docs/cdk-terrain.md');
    expect(links.filter((target) => !existsSync(join(installed, target)))).toEqual([]);
    const moved = ['docs/cdk-terrain.md', 'CHANGELOG.md'];
    const left = files.filter((name) => imports.test(readFileSync(join(installed, name), 'utf8')));
    expect(left.filter((name) => !moved.includes(name))).toEqual([]);
  });

  test('type-checks strictly, synthesizes, and is planned by Terraform', async () => {
    project.write('main.ts', portedCode(strangeStack));
    const options = ['--strict', '--skipLibCheck', '--module', 'node16', '--target', 'es2022', '--outDir', 'out'];
    expect(project.run('tsc', ...options, 'main.ts')).toEqual({ status: 0, output: '', stdout: '' });
    expect(project.run('node', 'out/main.js', 'cdktf.out')).toEqual({ status: 0, output: '', stdout: '' });

    const stack = JSON.parse(readFileSync(join(project.folder, 'cdktf.out/stacks/orders/cdk.tf.json'), 'utf8')) as {
      resource: Record<string, object>;
      provider: Record<'confluent' | 'azurerm', [object]>;
    };
    expect(Object.keys(stack.resource)).toContain('azurerm_storage_account');
    // The lab's Azure has none.
    delete stack.resource.azurerm_storage_account;
    // The environment of the lab's providers is that of this process.
    const { confluent, azurerm } = stack.provider;
    Object.assign(confluent[0], { cloud_api_key: 'CLOUDKEY', cloud_api_secret: 'cloud-secret' });
    Object.assign(azurerm[0], { subscription_id: tfvars.subscription_id });
    await workspace.write('cdk.tf.json', stack).init();
    const plan = await workspace.plan('-var=admin_password=Correct-Horse-7');
    const created = Object.entries(plan.changes());
    expect(created.filter(([, action]) => action !== 'create')).toEqual([]);
    const types = created.map(([address]) => address.split('.')[0]);
    expect(types).toEqual(
      expect.arrayContaining([
        'azurerm_virtual_machine_run_command',
        'confluent_cluster_link',
        'confluent_kafka_mirror_topic',
        'confluent_schema_exporter',
      ]),
    );
  });

  test('has a README whose program type-checks and synthesizes', () => {
    const readme = readFileSync(join(project.folder, 'node_modules/cdktn-confluent-dr/README.md'), 'utf8');
    const [, program] = /^```ts\n(.*?)^```$/ms.exec(readme)!;
    project.write('readme.ts', program);
    const options = ['--strict', '--skipLibCheck', '--module', 'node16', '--target', 'es2022', '--outDir', 'out'];
    expect(project.run('tsc', ...options, 'readme.ts')).toEqual({ status: 0, output: '', stdout: '' });
    expect(project.run('node', 'out/readme.js')).toEqual({ status: 0, output: '', stdout: '' });
    expect(readdirSync(join(project.folder, 'cdktf.out/stacks'))).toContain('orders');
  });
});
