import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as cdktf from 'cdktf';
import * as library from '../../lib';
import { nearestName } from '../../lib/validation/nearest-name';

jest.mock('yaml', () => ({ parse: () => 'mocked' }));

const root = join(__dirname, '../..');

describe('the runtime of these tests', () => {
  test('loads packages once for all files of a worker, but the library for each', () => {
    const loaded = (name: string): unknown => jest.requireActual(name);
    expect(loaded('cdktf')).toBe(cdktf);
    jest.isolateModules(() => {
      expect(jest.requireActual('cdktf')).toBe(cdktf);
      expect(jest.requireActual('../../lib')).not.toBe(library);
      expect(jest.requireActual<object>('../../lib/validation/nearest-name')).not.toHaveProperty(
        'nearestName',
        nearestName,
      );
    });
  });

  test('mocks a package where a test asks for it', () => {
    const { parse } = createRequire(__filename)('yaml') as { parse: (text: string) => unknown };
    expect(parse('a: 1')).toBe('mocked');
  });

  test('has one kind of errors and lists, here and in packages', () => {
    expect(() => new cdktf.App({ outdir: '\0' }).synth()).toThrow(Error);
    expect(cdktf.Fn.split(',', 'a')).toBeInstanceOf(Array);
  });
});

/** Evaluated in a process of its own, for the environment ends what jest has under way. */
const LEAVES = `
  const Environment = require('./tools/jest/single-context-environment.cjs');
  const before = { env: process.env, cwd: process.cwd(), exit: process.exit, console };
  process.env.KEPT = 'kept';
  process.env.CHANGED = 'before';
  process.on('SIGUSR2', () => undefined);
  const environment = new Environment({ projectConfig: { fakeTimers: {} } });
  const cdktfTokens = (globalThis.__cdktfTokenMap = { strings: new Map([['TOKEN.1', {}]]), counter: 7 });
  delete process.env.KEPT;
  process.env.CHANGED = 'after';
  process.env.ADDED = 'added';
  process.env = { OTHER: 'other' };
  process.chdir('test');
  process.exitCode = 4;
  globalThis.console = new console.Console(process.stderr);
  process.exit = () => undefined;
  process.on('SIGUSR2', () => undefined);
  process.once('SIGINT', () => undefined);
  globalThis[Symbol.for('EVENT_HANDLERS')] = [];
  environment.teardown().then(() => {
    const { KEPT, CHANGED, ADDED, OTHER } = process.env;
    console.log(JSON.stringify({
      variables: { KEPT, CHANGED, ADDED, OTHER },
      same: process.env === before.env && process.cwd() === before.cwd && process.exit === before.exit && console === before.console,
      exitCode: process.exitCode ?? 0,
      listeners: [process.listenerCount('SIGUSR2'), process.listenerCount('SIGINT')],
      tokens: [cdktfTokens.strings.size, cdktfTokens.counter],
      handlers: Symbol.for('EVENT_HANDLERS') in globalThis,
    }));
  });
`;

test('what a test file did to the process is undone before the next', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--eval', LEAVES], { cwd: root, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    variables: { KEPT: 'kept', CHANGED: 'before' },
    same: true,
    exitCode: 0,
    listeners: [1, 0],
    tokens: [0, 7],
    handlers: false,
  });
});
