import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { outputsOf, removeFiles } from '../../../packages/confluent-dr/test/report/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../../../packages/confluent-dr/test/support/deployed-lab';
import { faulty, operationsOn, statesOf } from '../../../packages/confluent-dr/test/support/operating-lab';
import { eventually } from '../../support/waiting';
import { Deployment, topic } from '../lifecycle/support/deployment';
import { atClosedTerminal, atTerminal, dr, started } from './tool';

jest.setTimeout(900_000);

const journalIn = (folder: string): Journal =>
  JSON.parse(readFileSync(join(folder, 'journal.json'), 'utf8')) as Journal;

describe('a drill of a deployment of terraform', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start();
  });

  beforeEach(() => drill.restore());

  afterAll(() => drill.end());

  test.each([
    ['planned', [], ['block', 'failover', 'unblock', 'failback']],
    ['unplanned', ['--unplanned', '--discard'], ['block', 'failover', 'failback', 'unblock']],
  ])('goes there and back, %s', async (_, words, actions) => {
    const { workspace, lab, operator } = drill;
    const { folder } = workspace;
    const env = { ...lab.env, TF_DATA_DIR: join(folder, '.terraform') };
    const { exitCode, text } = await dr(
      ['drill', '--yes', '--no-proof', '--from', folder, '--journal', join(folder, 'journal.json'), ...words],
      folder,
      env,
    );
    expect([exitCode, text]).toEqual([0, expect.stringMatching(/The drill is done/)]);
    const { status, run } = journalIn(folder);
    expect(status).toBe('completed');
    const done = run.filter(({ activity }) => activity.type === 'action').map(({ activity }) => activity.name);
    expect(done).toEqual(actions);
    expect(await operator.mirrors('secondary')).toEqual({ [topic]: 'ACTIVE' });
    expect(drill.writes().filter((write) => write.startsWith('create'))).toEqual([
      'create azurerm_virtual_machine_run_command',
      'create azurerm_virtual_machine_run_command',
    ]);
    expect(await workspace.detailedExitCode()).toBe(0);
  });
});

describe('a drill that is stopped on the way', () => {
  afterEach(async () => {
    removeFiles();
    await closeDeployedLabs();
  });

  test.each<[NodeJS.Signals, number | null]>([
    ['SIGINT', 130],
    ['SIGHUP', 130],
    ['SIGKILL', null],
  ])('by %s leaves a journal that says so, and the same command goes on with it', async (signal, exitCode) => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'drill-'));
    const lab = await DeployedLab.start({ topics: 1 });
    const cure = await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
    const folder = mkdtempSync(join(tmpdir(), 'drill-'));
    try {
      const words = ['drill', '--no-toggle', '--yes', '--outputs', outputsOf(lab), '--journal', 'journal.json'];
      const drill = started(words, folder);
      await eventually(
        () => drill.said,
        (said) => /0 of 1 topic/.test(said),
        { what: 'the failover', died: drill.died },
      );
      // Another one with a journal of its own is kept from the pair, and changes nothing.
      const beside = await dr(words, elsewhere);
      const { pid } = drill.child;
      expect([beside.exitCode, beside.text.trim(), readdirSync(elsewhere)]).toEqual([
        3,
        `confluent-dr: nothing was done: a drill of this pair goes on, as process ${pid}, by its journal ${join(folder, 'journal.json')}. ` +
          `Wait for its end, or end it: kill -INT ${pid}`,
        [],
      ]);
      drill.child.kill(signal);
      expect((await drill.ended()).code).toBe(exitCode);
      const { status, run, steady_states: steady } = journalIn(folder);
      expect([status, steady.before!.steady_state_met]).toEqual(['interrupted', true]);
      expect(run[0]).toMatchObject({ activity: { name: 'check' }, status: 'succeeded' });
      await cure();
      lab.cloud.clock.setRate(50);
      expect((await dr(words, folder)).exitCode).toBe(0);
      const again = journalIn(folder);
      expect([again.status, again.interruptions.map(({ from }) => from)]).toEqual(['completed', ['failover']]);
      expect(operationsOn(lab, 'secondary')).toEqual(['reverse-and-start-mirror']);
      expect(operationsOn(lab, 'primary')).toEqual(['reverse-and-start-mirror']);
    } finally {
      rmSync(folder, { recursive: true });
      rmSync(elsewhere, { recursive: true });
    }
  });

  test.each<[string, 'closed' | '\u0003' | '\u0004' | { readonly signal: NodeJS.Signals }]>([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['SIGINT', { signal: 'SIGINT' }],
    ['SIGTERM', { signal: 'SIGTERM' }],
    ['closing it', 'closed'],
  ])('at a question of a terminal by %s goes on with that question', async (_, interruption) => {
    const lab = await DeployedLab.start({ topics: 1, rate: 50 });
    const folder = mkdtempSync(join(tmpdir(), 'drill-'));
    try {
      const words = ['drill', '--no-toggle', '--outputs', outputsOf(lab), '--journal', 'journal.json'];
      const question = /change places\./;
      const first =
        interruption === 'closed'
          ? { code: await atClosedTerminal(words, folder, question), text: 'Interrupted after check.' }
          : await atTerminal(words, folder, [[question, interruption]]);
      expect([first.code, first.text]).toEqual([130, expect.stringMatching(/Interrupted after check\./)]);
      expect(journalIn(folder).status).toBe('interrupted');
      expect(await statesOf(lab)).toEqual(['topic/ACTIVE']);
      const again = await atTerminal(words, folder, [
        [/change places\./, 'y\r'],
        [/Switch over now/, 'y\r'],
        [/primary becomes active again\./, 'y\r'],
        [/Switch over now/, 'y\r'],
      ]);
      expect([again.code, again.text]).toEqual([0, expect.stringMatching(/The drill is done/)]);
      expect(await statesOf(lab)).toEqual(['STOPPED/ACTIVE']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
