import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { TYPESCRIPT_HOOK } from '../../../../test/support/processes-of-sources';
import { printDocument } from '../../src/cli/json-output';
import { type DocumentOf } from '../../src/report/output-schema/documents';
import { capturedRun } from './support/captured-run';

describe('with --json', () => {
  test('there is no document for a help, nor for what lab exec runs', async () => {
    expect((await capturedRun('status', '--json', '--help')).stdout).toMatch(/^Usage/);
    const words = ['lab', 'exec', '--lab', '/nonexistent', 'confluent-dr', 'status', '--json'];
    expect((await capturedRun(...words)).stdout).toBe('');
  });

  test.each([
    ['failover', '--topics', 'exec', '--set', 'exec', '--json'],
    ['report', '--json', 'exec'],
  ])('a value is not taken for another command: %s %s %s', async (...words) => {
    const { code, stdout } = await capturedRun(...words);
    expect([code, JSON.parse(stdout)]).toEqual([2, { error: { exitCode: 2, message: expect.any(String) as string } }]);
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
  const main = ['--require', TYPESCRIPT_HOOK, join(__dirname, '../../src/cli/main.ts')];
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
