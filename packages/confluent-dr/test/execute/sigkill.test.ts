import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build, stop } from 'esbuild';
import { fileOf, removeFiles, said } from '../report/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { lose, operationsOn, produced, statesOf } from '../support/operating-lab';
import { deployedOutputs } from '../support/runbook-output';
import '../support/short-pauses';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

const folder = mkdtempSync(join(tmpdir(), 'sigkill-'));
const TOOL = join(folder, 'dist/main.js');

// As one file it starts in half the time, and it is started a dozen times.
beforeAll(async () => {
  copyFileSync(join(__dirname, '../../package.json'), join(folder, 'package.json'));
  const entries = ['../support/short-pauses', '../../src/cli/main'].map((path) => require.resolve(path));
  await build({
    stdin: { contents: entries.map((path) => `import ${JSON.stringify(path)};`).join('\n'), resolveDir: __dirname },
    outfile: TOOL,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['confluent-dr-lab', '@inquirer/prompts', '@observablehq/plot', '@platformatic/kafka', 'linkedom'],
    logLevel: 'warning',
  });
  await stop();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The tool as a process of its own. */
function started(lab: DeployedLab, words: readonly string[]): ChildProcess {
  const outputs = fileOf(JSON.stringify(deployedOutputs(lab)));
  return spawn(process.execPath, [TOOL, ...words, '--outputs', outputs, '--no-input'], { stdio: 'ignore' });
}

/** Sends the signal as soon as the lab has answered so many requests; how the process ended. */
async function signalled(
  lab: DeployedLab,
  words: readonly string[],
  { answers, signal }: { readonly answers: number; readonly signal: NodeJS.Signals },
): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
  const before = lab.cloud.events.list().length;
  const child = started(lab, words);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, by) => resolve({ code, signal: by }));
  });
  let over = false;
  void ended.then(() => (over = true));
  while (!over && lab.cloud.events.list().length < before + answers) {
    await sleep(1);
  }
  child.kill(signal);
  return ended;
}

/** Time runs five times as fast: a transition takes 200 ms. */
const running = (): Promise<DeployedLab> => DeployedLab.start({ topics: 3, partitions: 1, rate: 5 });

const again = (lab: DeployedLab, words: readonly string[]): Promise<{ code: number }> =>
  said(...words, '--outputs', fileOf(JSON.stringify(deployedOutputs(lab))), '--no-input');

describe('a process that is killed by SIGKILL', () => {
  const FAILOVER = ['failover', '--planned', '--yes'];
  const FAILBACK = ['failback', '--yes', '--discard'];

  test.each([1, 8, 10, 11, 12, 14, 18])(
    'after %i answers of a failover: run again, it ends the same',
    async (answers) => {
      const lab = await running();
      expect(await signalled(lab, FAILOVER, { answers, signal: 'SIGKILL' })).toEqual({ code: null, signal: 'SIGKILL' });
      expect((await again(lab, FAILOVER)).code).toBe(0);
      expect(await statesOf(lab)).toEqual(lab.topics.map(() => 'ACTIVE/STOPPED'));
      expect(operationsOn(lab, 'secondary')).toEqual(['reverse-and-start-mirror']);
    },
  );

  test.each([10, 12, 16, 28])('after %i answers of a failback after a disaster, too', async (answers) => {
    const lab = await running();
    const bring = await lose(lab, 'primary');
    await produced(lab, 'primary', 4);
    await again(lab, ['failover', '--unplanned', '--yes']);
    await bring();
    await lab.wait(1000);
    expect(await signalled(lab, FAILBACK, { answers, signal: 'SIGKILL' })).toEqual({ code: null, signal: 'SIGKILL' });
    expect((await again(lab, FAILBACK)).code).toBe(0);
    expect(await statesOf(lab)).toEqual(lab.topics.map(() => 'STOPPED/ACTIVE'));
    expect(operationsOn(lab, 'primary')).toEqual(['truncate-and-restore', 'reverse-and-start-mirror']);
  });

  test('Ctrl-C in the middle ends it in order, with exit code 130', async () => {
    const lab = await running();
    lab.cloud.clock.setRate(0);
    expect(await signalled(lab, FAILOVER, { answers: 13, signal: 'SIGINT' })).toEqual({ code: 130, signal: null });
    lab.cloud.clock.setRate(5);
    expect((await again(lab, FAILOVER)).code).toBe(0);
    expect(operationsOn(lab, 'secondary')).toEqual(['reverse-and-start-mirror']);
  });
});
