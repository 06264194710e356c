import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Command } from 'commander';
import { commands } from '../../../lib/cli/main';
import { printDocument } from '../../../lib/cli/json-output';
import { DOCUMENT_NAMES, type DocumentOf } from '../../../lib/runbook/output-schema';
import { capturedRun } from '../../cli/support/captured-run';
import { documentProblems } from '../support/output-schema';
import { TYPESCRIPT_HOOK } from '../../support/processes-of-sources';

const elsewhere = ['lab', 'proxy'];

function withJson(command: Command, path: readonly string[] = []): (readonly string[])[] {
  const own = command.options.some(({ long }) => long === '--json') ? [path] : [];
  const below = command.commands
    .filter((child) => path.length > 0 || !elsewhere.includes(child.name()))
    .flatMap((child) => withJson(child, [...path, child.name()]));
  return [...own, ...below];
}

const described = withJson(commands());

test('each command of the run book that prints JSON has a schema for it, and there is no other schema', () => {
  const names = described.map((path) => path.join('-'));
  expect([...names, 'error'].sort()).toEqual([...DOCUMENT_NAMES].sort());
});

describe('with --json, an ending in error is one document on standard output', () => {
  test.each(described.map((path) => [path.join(' '), path] as const))('%s', async (_, path) => {
    for (const wrong of [['--nothing-such'], ['--from', '/nonexistent'], ['--outputs', '/nonexistent/outputs.json']]) {
      const { code, stdout, stderr } = await capturedRun(...path, '--json', ...wrong);
      const document = JSON.parse(stdout) as DocumentOf<'error'>;
      expect(documentProblems('error', document)).toEqual([]);
      expect(document.error.exitCode).toBe(code);
      expect(code).toBeGreaterThan(0);
      expect(stderr.replace(/\s+/g, ' ')).toContain(document.error.message.replace(/\s+/g, ' '));
    }
  });

  test('and none for a help, nor for what lab exec runs', async () => {
    expect((await capturedRun('status', '--json', '--help')).stdout).toMatch(/^Usage/);
    const words = ['lab', 'exec', '--lab', '/nonexistent', 'confluent-dr', 'status', '--json'];
    expect((await capturedRun(...words)).stdout).toBe('');
  });
});

test('a document that is not as its schema says is printed, and the fault is told', () => {
  const log = jest.spyOn(console, 'log').mockReturnValue();
  const error = jest.spyOn(console, 'error').mockReturnValue();
  printDocument('hosts', { entries: 'none' } as unknown as DocumentOf<'hosts'>);
  expect(log.mock.calls).toEqual([['{\n  "entries": "none"\n}']]);
  expect(error.mock.calls).toEqual([[expect.stringMatching(/fault of this tool: entries: /)]]);
  jest.restoreAllMocks();
});

test('a reader that leaves is no error', async () => {
  const main = ['--require', TYPESCRIPT_HOOK, join(__dirname, '../../../lib/cli/main.ts')];
  const child = spawn(process.execPath, [...main, 'config', 'show', '--set', 'linkName=orders', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: __dirname,
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^confluent-dr: the deployment is not known well enough/)]);
});
