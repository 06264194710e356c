import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal } from '../../../lib/runbook/drill';
import { outputsOf, removeFiles } from '../../runbook/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../../runbook/support/deployed-lab';
import { faulty } from '../../runbook/support/operating-lab';
import { Deployment, topic } from '../lifecycle/support/deployment';
import { dr, started } from './tool';

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
    ['SIGKILL', null],
  ])('by %s leaves a journal that says so, and what was done', async (signal, exitCode) => {
    const lab = await DeployedLab.start({ topics: 1 });
    await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
    const folder = mkdtempSync(join(tmpdir(), 'drill-'));
    try {
      const words = ['drill', '--no-toggle', '--yes', '--outputs', outputsOf(lab), '--journal', 'journal.json'];
      const child = started(words, folder);
      let said = '';
      child.stderr!.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (/0 of 1 topic/.test(said)) {
          child.kill(signal);
        }
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      expect(code).toBe(exitCode);
      const { status, run, steady_states: steady } = journalIn(folder);
      expect([status, steady.before!.steady_state_met]).toEqual(['interrupted', true]);
      expect(run[0]).toMatchObject({ activity: { name: 'check' }, status: 'succeeded' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
