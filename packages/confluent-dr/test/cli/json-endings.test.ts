import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command } from 'commander';
import { DOCUMENT_NAMES, type DocumentName } from '../../src/report/output-schema/documents';
import { outputsOf, removeFiles } from '../report/status/support/command';
import { allCommands } from '../support/all-commands';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { faulty, lose, statesOf } from '../support/operating-lab';
import { documentProblems } from '../support/output-schema';
import { capturedRun } from './support/captured-run';
import '../support/short-pauses';

/** With `--json` every ending prints one document, valid by its published schema, and nothing else on standard output. */

const leaves = (command: Command, path: readonly string[] = []): { path: readonly string[]; command: Command }[] =>
  command.commands.length === 0
    ? [{ path, command }]
    : command.commands.flatMap((child) => leaves(child, [...path, child.name()]));

const takesJson = (command: Command): boolean => command.options.some(({ long }) => long === '--json');
const all = leaves(allCommands());
const NAMES = all.filter(({ command }) => takesJson(command)).map(({ path }) => path.join(' '));

test('every command has --json, but the one whose output is that of another program', () => {
  expect(all.filter(({ command }) => !takesJson(command)).map(({ path }) => path.join(' '))).toEqual(['lab exec']);
  expect([...NAMES.map((name) => name.replaceAll(' ', '-')), 'error'].sort()).toEqual([...DOCUMENT_NAMES].sort());
});

let folder: string;
let home: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endings-'));
  home = process.cwd();
  process.chdir(folder);
  process.env.CONFLUENT_DR_LAB = join(folder, 'lab');
});

afterEach(async () => {
  process.chdir(home);
  delete process.env.CONFLUENT_DR_LAB;
  delete process.env.TERRAFORM_BINARY_NAME;
  removeFiles();
  await closeDeployedLabs();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The exit code, and which document it was. @throws if it is not one, or not a valid one */
function endedAs(name: string, { code, stdout }: Ended): [code: number, document: 'own' | 'error'] {
  const document = JSON.parse(stdout) as object;
  const kind = 'error' in document ? 'error' : 'own';
  const schema = kind === 'error' ? 'error' : (name.replaceAll(' ', '-') as DocumentName);
  expect(documentProblems(schema, document)).toEqual([]);
  if (kind === 'error') {
    expect(document).toMatchObject({ error: { exitCode: code } });
  }
  return [code, kind];
}

const run = async (name: string, words: readonly string[]): Promise<[number, 'own' | 'error']> =>
  endedAs(name, await capturedRun(...name.split(' '), ...words, '--json'));

test.each(NAMES)('%s: an option that there is not', async (name) => {
  expect(await run(name, ['--nothing-such'])).toEqual([2, 'error']);
});

/** What a command has to be given, by files that cannot be read, or values that are not allowed. */
const WRONG: Record<string, readonly (readonly string[])[]> = {
  acl: [
    ['--outputs', 'none.json'],
    ['--timeout', 'soon'],
  ],
  block: [
    ['--from', 'none', '--yes'],
    ['--variable', 'a b'],
  ],
  canary: [
    ['--outputs', 'none.json'],
    ['--rate', '0'],
  ],
  check: [
    ['--outputs', 'none.json'],
    ['--outputs', 'deployed.json', '--proxy-report', 'none.txt'],
  ],
  'config show': [
    ['--outputs', 'none.json'],
    ['--config', 'broken.json'],
  ],
  clients: [
    ['--outputs', 'none.json'],
    ['--client', 'sarama'],
  ],
  drill: [
    ['--outputs', 'none.json', '--no-toggle', '--yes'],
    ['--with', 'print', '--yes'],
  ],
  failback: [
    ['--outputs', 'none.json'],
    ['--planned', '--unplanned'],
  ],
  failover: [
    ['--outputs', 'none.json'],
    ['--set', 'nothing=such'],
  ],
  hosts: [['--outputs', 'none.json'], ['--dry-run']],
  'lab down': [['too much']],
  'lab env': [['too much']],
  'lab events': [['--last', 'few']],
  'lab fault add': [[], ['hanging', 'primary', '--times', '0']],
  'lab fault clear': [['one', 'too much']],
  'lab fault list': [['too much']],
  'lab produce': [[], ['primary', 'orders', '--count', '-1']],
  'lab status': [['too much']],
  'lab up': [
    ['--var-file', 'none.tfvars'],
    ['--brokers', '3'],
    ['--port', '0'],
  ],
  lag: [
    ['--outputs', 'none.json'],
    ['--timeout', '2d'],
  ],
  'proxy render': [[], ['--config', 'none.json', '--out', 'out'], ['--config', 'broken.json', '--out', 'out']],
  ready: [
    ['--outputs', 'none.json'],
    ['--outputs', 'deployed.json', '--junit', 'none/ready.xml'],
  ],
  report: [[], ['none.json'], ['broken.json']],
  runbook: [
    ['--outputs', 'none.json'],
    ['--outputs', 'deployed.json', '--out', 'none/runbook.md'],
  ],
  status: [['--outputs', 'none.json'], ['--watch']],
  unblock: [
    ['--from', 'none', '--yes'],
    ['--with', 'ansible'],
  ],
};

test.each(NAMES)('%s: a file that cannot be read, or a value that is not allowed', async (name) => {
  expect(Object.keys(WRONG).sort()).toEqual([...NAMES].sort());
  writeFileSync('broken.json', '{');
  if (WRONG[name].flat().includes('deployed.json')) {
    copyFileSync(outputsOf(await DeployedLab.start({ topics: 1 })), 'deployed.json');
  }
  for (const words of WRONG[name]) {
    expect([words, ...(await run(name, words))]).toEqual([words, 2, 'error']);
  }
});

/** In a folder of nobody, where no lab runs. */
const UNKNOWN: Record<string, readonly [words: readonly string[], code: number, document: 'own' | 'error']> = {
  acl: [[], 2, 'error'],
  block: [['--yes'], 2, 'error'],
  canary: [[], 2, 'error'],
  check: [[], 2, 'error'],
  clients: [[], 2, 'error'],
  'config show': [[], 2, 'own'],
  drill: [['--no-toggle', '--yes'], 2, 'error'],
  failback: [['--yes'], 2, 'error'],
  failover: [['--dry-run'], 2, 'error'],
  hosts: [[], 2, 'error'],
  'lab down': [[], 0, 'own'],
  'lab env': [[], 1, 'error'],
  'lab events': [[], 1, 'error'],
  'lab fault add': [['hanging', 'primary'], 1, 'error'],
  'lab fault clear': [[], 1, 'error'],
  'lab fault list': [[], 1, 'error'],
  'lab produce': [['primary', 'orders'], 1, 'error'],
  'lab status': [[], 1, 'own'],
  lag: [[], 2, 'error'],
  ready: [[], 2, 'error'],
  runbook: [[], 2, 'error'],
  status: [[], 2, 'error'],
  unblock: [['--yes'], 2, 'error'],
};

test.each(Object.entries(UNKNOWN))('%s: of nobody knows what', async (name, [words, ...expected]) => {
  expect(await run(name, words)).toEqual(expected);
});

test('these are all but those that need no deployment', () => {
  expect(NAMES.filter((name) => !(name in UNKNOWN)).sort()).toEqual(['lab up', 'proxy render', 'report']);
});

/** Where nobody agrees, or what is asked for cannot be. */
const REFUSED: Record<string, readonly [words: readonly string[], document: 'own' | 'error']> = {
  acl: [['--fix'], 'error'],
  block: [['--from', '.'], 'error'],
  canary: [['--topic', 'of-nobody'], 'error'],
  drill: [['--no-toggle'], 'error'],
  failback: [['--no-input'], 'own'],
  failover: [['--unplanned', '--no-input'], 'own'],
  hosts: [['--apply', '--file', 'hosts'], 'error'],
  unblock: [['--from', '.', '--no-input'], 'error'],
};

test.each(Object.entries(REFUSED))('%s: refused', async (name, [words, document]) => {
  const lab = await DeployedLab.start({ topics: 2, acls: false, rate: 50 });
  writeFileSync('main.tf', '');
  writeFileSync('hosts', '# BEGIN confluent-dr\n');
  if (name === 'failback') {
    await lose(lab, 'primary');
    await capturedRun('failover', '--unplanned', '--yes', '--outputs', outputsOf(lab));
  }
  const before = await statesOf(lab);
  expect(await run(name, ['--outputs', outputsOf(lab), ...words])).toEqual([3, document]);
  expect(await statesOf(lab)).toEqual(before);
});

/** Where both members and the control plane are gone. */
const UNREACHABLE: Record<string, readonly [words: readonly string[], code: number, document: 'own' | 'error']> = {
  acl: [[], 3, 'own'],
  canary: [['--topic', 't0000'], 3, 'error'],
  check: [[], 4, 'own'],
  drill: [['--no-toggle', '--yes'], 3, 'own'],
  failback: [['--yes'], 3, 'own'],
  failover: [['--yes'], 3, 'own'],
  lag: [[], 4, 'own'],
  ready: [[], 4, 'own'],
  status: [[], 4, 'own'],
};

test.each(Object.entries(UNREACHABLE))('%s: where nobody answers', async (name, [words, ...expected]) => {
  const lab = await DeployedLab.start({ topics: 1 });
  const outputs = outputsOf(lab);
  await closeDeployedLabs();
  expect(await run(name, ['--outputs', outputs, ...words])).toEqual(expected);
});

/** By Ctrl-C, while both members hang. */
const INTERRUPTED: Record<string, readonly [words: readonly string[], document: 'own' | 'error']> = {
  acl: [[], 'error'],
  canary: [['--topic', 't0000'], 'error'],
  check: [[], 'error'],
  drill: [['--no-toggle', '--yes'], 'own'],
  failback: [['--yes'], 'own'],
  failover: [['--yes'], 'own'],
  lag: [[], 'error'],
  ready: [[], 'error'],
  status: [[], 'error'],
};

test.each(Object.entries(INTERRUPTED))('%s: interrupted', async (name, [words, document]) => {
  const lab = await DeployedLab.start({ topics: 1 });
  for (const role of ['primary', 'secondary'] as const) {
    await faulty(lab, { kind: 'hanging', target: lab.member(role).clusterId });
  }
  const listeners = process.listenerCount('SIGINT');
  let over = false;
  const running = run(name, ['--outputs', outputsOf(lab), ...words]).finally(() => (over = true));
  while (process.listenerCount('SIGINT') === listeners && !over) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  process.emit('SIGINT');
  expect(await running).toEqual([130, document]);
});

describe.each(['block', 'unblock'])('%s', (name) => {
  const terraform = (script: string): void => {
    writeFileSync('main.tf', '');
    // What is applied already is asked for first.
    writeFileSync('terraform', `#!/bin/sh\n[ "$1" = output ] && exec echo '{}'\n${script}\n`);
    chmodSync('terraform', 0o700);
    process.env.TERRAFORM_BINARY_NAME = join(folder, 'terraform');
  };
  const words = ['--yes', '--no-proof', '--with', 'terraform'];

  test.each([
    ['done', 'echo Apply complete!', 0],
    ['failed', 'echo Error: no; exit 7', 1],
  ])('%s', async (_, script, code) => {
    terraform(script);
    expect(await run(name, words)).toEqual([code, 'own']);
  });

  test('interrupted', async () => {
    // It must say what to do with a signal: dash loses one that comes while it starts a program.
    terraform('trap "exit 130" INT\necho Apply complete!\nwhile :; do sleep 0.1; done');
    let over = false;
    const running = run(name, words).finally(() => (over = true));
    const { calls } = (console.error as jest.Mock).mock;
    while (!calls.some(([line]) => line === 'Apply complete!') && !over) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    process.emit('SIGINT');
    expect(await running).toEqual([130, 'own']);
  });
});
