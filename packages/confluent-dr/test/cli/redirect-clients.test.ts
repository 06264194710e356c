import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  foreseenRedirection,
  isRedirected,
  redirectClients,
  type RedirectionRun,
} from '../../src/cli/redirect-clients';
import { type Deployment } from '../../src/deployment/deployment';
import { redirectionText } from '../../src/words/client-redirection';
import { pairOf } from '../plan/support/observations';
import { PLACE } from '../support/place';

const member = (clusterId: string) => ({
  ...PLACE.members.primary,
  clusterId,
  bootstrapEndpoint: `SASL_SSL://${clusterId}.westeurope.azure.confluent.cloud:9092`,
});
const deployment = {
  members: { primary: member('lkc-11111'), secondary: member('lkc-22222') },
  access: { active: 'primary' },
} as Deployment;

const applied = {
  primary: { cluster_id: 'lkc-11111' },
  active_member: 'primary',
  active_variable: 'cc_active',
  outage_wished: true,
  outage_variable: 'cc_failover_primary',
};

let folder: string;
const environment = process.env.TERRAFORM_BINARY_NAME;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redirect-clients-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  process.env.TERRAFORM_BINARY_NAME = environment;
  if (environment === undefined) {
    delete process.env.TERRAFORM_BINARY_NAME;
  }
});

/** A folder of Terraform's whose `output` tells the document, and whose `apply` takes down its words. */
function deployedFolder(runbook: unknown, apply = 'exit 0'): void {
  writeFileSync(join(folder, 'main.tf'), '');
  writeFileSync(join(folder, 'outputs.json'), JSON.stringify({ runbook: { value: runbook } }));
  const terraform = join(folder, 'terraform');
  writeFileSync(
    terraform,
    `#!/bin/sh\n[ "$1" = output ] && exec cat outputs.json\necho "$@" > applied.txt\n${apply}\n`,
  );
  chmodSync(terraform, 0o700);
  process.env.TERRAFORM_BINARY_NAME = terraform;
}

const run = (options: Partial<RedirectionRun['options']> = {}): RedirectionRun => ({
  to: 'secondary',
  deployment,
  observation: pairOf({ sides: { primary: 'away', secondary: 'STOPPED' } }),
  options: { from: folder, proof: false, ...options },
  signal: new AbortController().signal,
  onLine: () => {},
});

const appliedWords = (): string => readFileSync(join(folder, 'applied.txt'), 'utf8').trim();

const textOf = (redirection: NonNullable<Awaited<ReturnType<typeof redirectClients>>>): string =>
  redirectionText(redirection, PLACE, { width: 80, paint: (_style, text) => text }, ['failover']).replace(/\s+/g, ' ');

test('the proxy is turned by one command, which keeps the block as it is', async () => {
  deployedFolder(applied);
  const redirection = await redirectClients(run());
  expect(redirection).toMatchObject({ from: 'primary', to: 'secondary', result: 'redirected', exitCode: 0 });
  expect(isRedirected(redirection)).toBe(true);
  expect(appliedWords()).toBe(
    'apply -input=false -auto-approve -refresh=false -var=cc_failover_primary=true -var=cc_active=secondary',
  );
  expect(textOf(redirection!)).toBe(
    'Proxy The proxy lets clients in to the secondary alone. Keep that in terraform.tfvars, or the next deployment takes it back.',
  );
});

test('a proxy in a stack of its own is known by the host of its primary', async () => {
  const led = (host: string) => ({
    ...applied,
    primary: { bootstrap_endpoint: `${host}.westeurope.azure.confluent.cloud:9092` },
  });
  deployedFolder(led('lkc-99999'));
  const options = { from: join(folder, 'elsewhere'), proxyFrom: folder };
  expect(await redirectClients(run(options))).toMatchObject({ result: 'by-hand' });
  deployedFolder(led('LKC-11111'));
  expect(await redirectClients(run(options))).toMatchObject({ from: 'primary', to: 'secondary', result: 'redirected' });
  expect(appliedWords()).toContain('-var=cc_active=secondary');
});

test('a command that fails is told with its exit code, and is not taken for done', async () => {
  deployedFolder(applied, 'exit 7');
  const redirection = await redirectClients(run());
  expect(redirection).toMatchObject({ result: 'failed', exitCode: 7 });
  expect(isRedirected(redirection)).toBe(false);
  expect(textOf(redirection!)).toBe(
    'Proxy The command that lets clients in to the secondary failed with exit code 7. The mirrors have turned; run the ' +
      'same command again. $ npx confluent-dr failover',
  );
});

test('a command that cannot be started is told, and hides nothing of the failover', async () => {
  deployedFolder(applied);
  process.env.TERRAFORM_BINARY_NAME = join(folder, 'once');
  // The outputs are read, and then the program is gone.
  writeFileSync(join(folder, 'once'), '#!/bin/sh\nrm "$0"\nexec cat outputs.json\n');
  chmodSync(join(folder, 'once'), 0o700);
  const redirection = await redirectClients(run());
  expect(redirection).toEqual({
    from: 'primary',
    to: 'secondary',
    result: 'failed',
    problem: `there is no command ${join(folder, 'once')}`,
  });
  expect(textOf(redirection!)).toContain('could not be run: there is no command');
});

test('where clients are let in already, the command is run again, as nobody saw its effect', async () => {
  deployedFolder({ ...applied, active_member: 'secondary' });
  expect(await redirectClients(run())).toMatchObject({ from: 'secondary', to: 'secondary', result: 'redirected' });
  expect(appliedWords()).toContain('-var=cc_active=secondary');
});

test.each([
  ['with --leave-proxy', applied, { leaveProxy: true }, 'left', true],
  ['with --with print', applied, { with: 'print' }, 'by-hand', false],
  ['of another pair', { ...applied, primary: { cluster_id: 'lkc-99999' } }, {}, 'by-hand', false],
  ['of a proxy that no variable turns', { ...applied, active_variable: null }, {}, 'by-hand', false],
  ['of a deployment that does not tell', {}, {}, 'by-hand', false],
] as const)('a proxy is not turned %s, and that is told', async (_what, runbook, options, result, led) => {
  deployedFolder(runbook);
  const redirection = await redirectClients(run(options));
  expect([redirection?.result, isRedirected(redirection), existsSync(join(folder, 'applied.txt'))]).toEqual([
    result,
    led,
    false,
  ]);
  expect(textOf(redirection!)).toContain(
    'it still lets clients in to the primary'.replace('it', led ? 'it' : 'The proxy'),
  );
});

test('a folder without outputs leaves it to people', async () => {
  expect(await redirectClients(run())).toEqual({ from: 'primary', to: 'secondary', result: 'by-hand' });
});

test('a proxy that lets clients in to both members is left alone', async () => {
  deployedFolder(applied);
  const both = { ...run(), deployment: { ...deployment, access: undefined } };
  expect([await redirectClients(both), await foreseenRedirection(both)]).toEqual([undefined, undefined]);
  expect(existsSync(join(folder, 'applied.txt'))).toBe(false);
});

test('a run that is tried out tells the command and runs none', async () => {
  deployedFolder(applied);
  const { to, deployment: known, options } = run();
  const redirection = await foreseenRedirection({ to, deployment: known, options });
  expect(redirection).toMatchObject({ result: 'would-redirect', from: 'primary', to: 'secondary' });
  expect(redirection?.command).toMatch(/-var=cc_failover_primary=true -var=cc_active=secondary$/);
  expect(existsSync(join(folder, 'applied.txt'))).toBe(false);
});
