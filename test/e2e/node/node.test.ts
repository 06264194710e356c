import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { synthesized } from '../cdktn/synthesis';
import { requireTerraform } from '../terraform/support/terraform';

jest.setTimeout(900_000);

const root = join(__dirname, '../../..');
const TOOL = join(root, 'packages/confluent-dr/bin/confluent-dr.js');
const DEFAULT_APP = 'active-passive';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly output: string;
}

function run(command: readonly [string, ...string[]], cwd: string, env: NodeJS.ProcessEnv = {}): Ended {
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, JEST_WORKER_ID: undefined, INIT_CWD: undefined, NO_COLOR: '1', CI: '1', ...env },
  });
  return { status, stdout, output: stdout + stderr };
}

function must(command: readonly [string, ...string[]], cwd: string, env?: NodeJS.ProcessEnv): string {
  const { status, stdout, output } = run(command, cwd, env);
  if (status !== 0) {
    throw new Error(`${command.join(' ')} ended with ${status}:\n${output}`);
  }
  return stdout;
}

/** Another Node than that of this process: the package `node` of npm brings it. */
const nodeOf = (version: string): string =>
  must(['npx', '--yes', `node@${version}`, '-p', 'process.execPath'], root).trim();

/** Of each package the tests at its core, which take a share of the time of all. */
const CORE = [
  'test/(cluster|link)/',
  'packages/confluent-dr/test/plan/',
  'packages/confluent-dr-lab/test/cloud/linking/',
];

beforeAll(requireTerraform);

describe.each([
  { version: '22.23.3', cdktfCli: true },
  { version: '24.21.0', cdktfCli: false },
])('Node $version', ({ version, cdktfCli }) => {
  const folder = mkdtempSync(join(tmpdir(), 'node-'));
  let node: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    node = nodeOf(version);
    // What these start by the name of `node` is this one too.
    env = { PATH: `${dirname(node)}${delimiter}${process.env.PATH}`, CONFLUENT_DR_LAB: join(folder, 'lab') };
  });

  afterAll(() => {
    run([node, TOOL, 'lab', 'down'], folder, env);
    rmSync(folder, { recursive: true, force: true });
  });

  const tool = (...words: string[]): string => must([node, TOOL, ...words], folder, env);
  const inLab = (...words: string[]): string => tool('lab', 'exec', '--', ...words);

  test('is that one', () => {
    expect(must(['node', '--version'], folder, env)).toBe(`v${version}\n`);
  });

  test('synthesizes the default app as the Node of this process does', () => {
    expect(synthesized(root, node)).toEqual(synthesized(root));
  });

  if (cdktfCli) {
    test('runs cdktf synth', () => {
      const outdir = join(folder, 'cdktf.out');
      const cli = join(root, 'node_modules/cdktf-cli/bundle/bin/cdktf.js');
      must([node, cli, 'synth', '--output', outdir], root, { ...env, CHECKPOINT_DISABLE: '1' });
      const stack = JSON.parse(readFileSync(join(outdir, 'stacks', DEFAULT_APP, 'cdk.tf.json'), 'utf8')) as object;
      expect(stack).toHaveProperty(['resource', 'azurerm_virtual_machine_run_command', 'proxy']);
    });
  }

  test('rehearses in the lab: deploys, looks, blocks and ends', () => {
    expect(tool('--help')).toMatch(/^Usage: confluent-dr /);
    expect(tool('lab', 'up')).toMatch(/^The lab in \S+ is up/);
    writeFileSync(join(folder, 'cdk.tf.json'), synthesized(root, node)[DEFAULT_APP]);
    inLab('terraform', 'init', '-input=false');
    expect(inLab('terraform', 'apply', '-input=false', '-auto-approve', '-no-color')).toContain('Apply complete!');
    const status = JSON.parse(inLab('node', TOOL, 'status', '--from', folder, '--json')) as object;
    expect(status).toMatchObject({ well: true, serving: 'primary' });
    const blocked = JSON.parse(
      inLab('node', TOOL, 'block', '--yes', '--no-proof', '--from', folder, '--json'),
    ) as object;
    expect(blocked).toMatchObject({ blocked: true, ran: true, exitCode: 0 });
    expect(tool('lab', 'down')).toMatch(/nothing of it is left/);
  });

  test('passes the tests at the core of each package', () => {
    const report = join(folder, 'report.json');
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const words = ['--ci', '--silent', '--selectProjects', 'unit', '--json', `--outputFile=${report}`];
    must([node, jest, ...words, '--testPathPatterns', ...CORE], root, env);
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number;
      numTotalTests: number;
      testResults: { name: string }[];
    };
    expect(numPassedTests).toBe(numTotalTests);
    for (const part of CORE) {
      expect(testResults.filter(({ name }) => new RegExp(part).test(name))).not.toEqual([]);
    }
  });
});
