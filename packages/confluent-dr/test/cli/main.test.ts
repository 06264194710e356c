import { type Command } from 'commander';
import { BadInput, EXIT, Exit, NothingDone } from '../../src/cli/exit';
import { RequestFailure } from '../../src/client/request-failure';
import { capturedRun } from './support/captured-run';

let thrown: unknown;
jest.mock('../../src/cli/runbook-commands', () => ({
  addRunbook: (program: Command) =>
    program.command('end').action(() => {
      if (thrown !== undefined) {
        throw thrown as Error;
      }
    }),
}));

const request = { method: 'GET', url: 'https://pkc-1.a.b.c/kafka', effect: 'read', sent: true, detail: '' } as const;

describe('confluent-dr ends with', () => {
  test.each<[number, string, unknown, string]>([
    [0, 'a command that is done', undefined, ''],
    [1, 'what nobody foresaw', new Error('the disk is gone'), 'confluent-dr: the disk is gone\n'],
    [
      3,
      'nothing done',
      new NothingDone('nothing was done: nobody to ask'),
      'confluent-dr: nothing was done: nobody to ask\n',
    ],
    [2, 'bad input', new BadInput('received "x"; allowed is "y"'), 'confluent-dr: received "x"; allowed is "y"\n'],
    [3, 'a refusal, of which all has been said', new Exit(EXIT.refused), ''],
    [4, 'what did not come in time', new Exit(EXIT.notThere), ''],
    [42, 'a code of the command’s own', new Exit(42), ''],
    [
      130,
      'a request that Ctrl-C ended',
      new RequestFailure({ ...request, kind: 'aborted' }),
      'confluent-dr: interrupted\n',
    ],
    [130, 'another wait that Ctrl-C ended', new DOMException('', 'AbortError'), 'confluent-dr: interrupted\n'],
  ])('%d for %s', async (code, _, error, stderr) => {
    thrown = error;
    expect(await capturedRun('end')).toEqual({ code, stdout: '', stderr });
  });

  test('1 for a request that failed, telling how', async () => {
    thrown = new RequestFailure({ ...request, kind: 'forbidden', status: 403, detail: 'no such key' });
    const { code, stderr } = await capturedRun('end');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^confluent-dr: .*no such key/);
  });

  test.each([['nothing-such'], ['end', '--nothing-such'], ['end', 'too much']])('2 for %s %s', async (...words) => {
    thrown = undefined;
    const { code, stderr } = await capturedRun(...words);
    expect(code).toBe(2);
    expect(stderr).toContain('(add --help for the options and examples)');
  });

  test.each(['--help', '--version'])('0 for %s', async (word) => {
    expect(await capturedRun(word)).toMatchObject({ code: 0, stderr: '' });
  });
});
