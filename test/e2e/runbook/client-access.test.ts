import { join } from 'node:path';
import { type DocumentOf } from '../../../packages/confluent-dr/src/report/output-schema/documents';
import { documentProblems } from '../../../packages/confluent-dr/test/support/output-schema';
import { Deployment, topic } from '../lifecycle/support/deployment';
import { tfvars } from '../terraform/support/app';
import { dr } from './tool';

jest.setTimeout(900_000);

type Told = Readonly<Record<string, string>>;

/** `confluent-dr` with a default app that lets clients in to the active member alone; a lab whose VM only takes down what it is told. */
describe('failover and failback where clients are let in to the active member alone', () => {
  let drill: Deployment;
  const sent: { readonly told: Told; readonly mirrors: Readonly<Record<string, string>> }[] = [];

  beforeAll(async () => {
    drill = await Deployment.start({
      values: { ...tfvars, cc_active: 'primary' },
      lab: {
        runCommand: async ({ parameters }) => {
          const told = Object.fromEntries(parameters.map(({ name, value }) => [name, value ?? '']));
          // Asked of the cluster while the proxy is being told; one that is away tells nothing.
          const mirrors = await drill?.operator.mirrors('primary').catch(() => ({}));
          sent.push({ told, mirrors: mirrors ?? {} });
          return undefined;
        },
      },
    });
  });
  beforeEach(async () => {
    await drill.restore();
    sent.length = 0;
  });
  afterAll(() => drill.end());

  const run = async <C extends 'failover' | 'failback' | 'block' | 'status'>(
    command: C,
    ...words: readonly string[]
  ) => {
    const { workspace, lab } = drill;
    const env = { ...lab.env, TF_DATA_DIR: join(workspace.folder, '.terraform') };
    const all = [command, ...words, '--json', '--from', workspace.folder];
    const { exitCode, stdout, text } = await dr(all, workspace.folder, env);
    const document = JSON.parse(stdout) as DocumentOf<C>;
    expect(documentProblems(command, document)).toEqual([]);
    return { exitCode, document, text };
  };
  const change = <C extends 'failover' | 'failback' | 'block'>(command: C, ...words: readonly string[]) =>
    run(command, '--yes', '--no-proof', ...words);

  test('turn the proxy once the mirrors have turned, and keep what is blocked', async () => {
    const tried = await run('failover', '--planned', '--dry-run');
    expect(tried.document.proxy).toMatchObject({ from: 'primary', to: 'secondary', result: 'would-redirect' });
    expect([tried.exitCode, sent]).toEqual([0, []]);

    expect((await change('block')).exitCode).toBe(0);
    expect(sent.at(-1)?.told).toMatchObject({ OUTAGE_PRIMARY: 'reject', FENCED_PRIMARY: 'false' });

    const over = await change('failover', '--planned');
    expect(over.document).toMatchObject({
      result: 'done',
      proxy: { result: 'redirected', to: 'secondary', exitCode: 0 },
    });
    expect(over.document.proxy?.command).toMatch(/-var=cc_failover_primary=true -var=cc_active=secondary$/);
    expect(over.exitCode).toBe(0);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual({
      told: expect.objectContaining({
        OUTAGE_PRIMARY: 'reject',
        FENCED_PRIMARY: 'true',
        FENCED_SECONDARY: 'false',
      }) as Told,
      mirrors: { [topic]: 'ACTIVE' },
    });

    expect((await change('failback')).document.proxy).toMatchObject({
      from: 'secondary',
      to: 'primary',
      result: 'redirected',
    });
    expect(sent).toHaveLength(3);
    expect(sent[2].told).toMatchObject({ OUTAGE_PRIMARY: 'reject', FENCED_PRIMARY: 'false', FENCED_SECONDARY: 'true' });
  });

  test('keep who is active when the primary is blocked after the failover', async () => {
    await change('failover', '--planned');
    await change('block');
    expect(sent.at(-1)?.told).toMatchObject({
      OUTAGE_PRIMARY: 'reject',
      FENCED_PRIMARY: 'true',
      FENCED_SECONDARY: 'false',
    });
  });

  test('turn nothing where the mirrors do not turn', async () => {
    const release = await drill.operator.fault({
      kind: 'mirror-stuck',
      target: drill.lab.cloud.sample!.secondary.clusterId,
    });
    const { document, exitCode } = await change('failover', '--planned', '--timeout', '20s');
    await release();
    expect([document.result, exitCode]).toEqual(['time-limit', 4]);
    expect(document).not.toHaveProperty('proxy');
    expect(sent).toEqual([]);
  });

  test('end with 4 where the proxy does not turn, and do what is missing when run again', async () => {
    drill.lab.azure.failRunCommands('exit code 4');
    const failed = await change('failover', '--planned');
    expect([failed.exitCode, failed.document.result, failed.document.proxy?.result]).toEqual([4, 'done', 'failed']);
    drill.lab.azure.repairRunCommands();
    const again = await change('failover', '--planned');
    expect([again.exitCode, again.document.operations, again.document.proxy?.result]).toEqual([0, [], 'redirected']);
    expect(sent.at(-1)?.told).toMatchObject({ FENCED_PRIMARY: 'true', FENCED_SECONDARY: 'false' });
  });

  test('go on without the primary and without the proxy, tell what did not turn, and turn it when run again', async () => {
    const { clusterId } = drill.lab.cloud.sample!.primary;
    const back = await drill.operator.fault({ kind: 'refused', target: clusterId });
    drill.lab.azure.failRunCommands('exit code 4');
    const lost = await change('failover', '--unplanned');
    expect([lost.exitCode, lost.document.result, lost.document.proxy?.result]).toEqual([4, 'done', 'failed']);
    expect(lost.document.operations).toEqual([
      expect.objectContaining({ operation: 'failover', on: 'secondary', topic, outcome: 'accepted' }),
    ]);
    drill.lab.azure.repairRunCommands();
    const again = await change('failover', '--unplanned');
    expect([again.exitCode, again.document.operations, again.document.proxy?.result]).toEqual([0, [], 'redirected']);
    expect(sent.at(-1)?.told).toMatchObject({ FENCED_PRIMARY: 'true', FENCED_SECONDARY: 'false' });
    await back();
  });

  test('say that somebody has to turn it where the proxy is left alone, and status tells of it', async () => {
    const left = await change('failover', '--planned', '--leave-proxy');
    expect([left.exitCode, left.document.proxy]).toEqual([0, { from: 'primary', to: 'secondary', result: 'left' }]);
    const { document } = await run('status');
    expect(document).toMatchObject({ access: 'primary', serving: 'secondary' });
    expect(document.concerns).toContainEqual({ code: 'clients-elsewhere', on: 'secondary' });
    expect(document.next).toMatchObject({ because: 'clients-elsewhere', command: ['failover'] });
    expect(sent).toEqual([]);
  });
});
