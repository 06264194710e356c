import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putRunCommand } from '../../../../packages/confluent-dr-lab/src/azure/run-commands';
import { type Lab, startLab } from '../../../../packages/confluent-dr-lab/src/lab';
import { endProxies, LabProxies } from '../../../../packages/confluent-dr-lab/src/nginx/lab-proxies';
import { eventually } from '../../../support/waiting';
import { mountsOf, processesOf } from './left-of';

jest.setTimeout(900_000);

const VM = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/some-vm';

interface View {
  readonly exit_code: number;
  readonly output: string;
  readonly error_message: string;
}

describe('A VM of a lab that is a machine of its own', () => {
  let folder: string;
  let proxyFolder: string;
  let proxies: LabProxies;
  let lab: Lab;
  let runs = 0;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lab-vm-'));
    proxyFolder = join(folder, 'proxy');
    proxies = (await LabProxies.prepare({ folder: proxyFolder, machines: true })) as LabProxies;
    lab = await startLab({ folder, proxies });
    lab.azure.put('azurerm_linux_virtual_machine', { id: VM, network_interface_ids: [] });
  });

  afterEach(async () => {
    await lab?.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (script: string, values: Record<string, string> = {}, timeoutInSeconds = 300): Promise<View> => {
    const id = `${VM}/runCommands/run-${(runs += 1)}`;
    const parameters = Object.entries(values).map(([name, value]) => ({ name, value }));
    const kept = await putRunCommand(
      lab.azure,
      {
        ...{ id, virtualMachineId: VM, source: { script: `#!/bin/bash\n${script}\n` }, timeoutInSeconds },
        ...{ parameters, protectedParameters: [], treatFailureAsDeploymentFailure: false },
      },
      { id, virtual_machine_id: VM },
    );
    return (kept.instance_view as unknown as View[])[0];
  };
  const firstProcess = async (): Promise<number | undefined> => (await proxies.show())[0]?.firstProcess;
  const machineName = (): string => {
    const [vm] = readdirSync(proxyFolder).filter((name) => /^[0-9a-f]{8}$/.test(name));
    return readFileSync(join(proxyFolder, vm, 'machine'), 'utf8');
  };

  test('runs a script as Azure’s agent does: as root under systemd, with named values as variables', async () => {
    const script =
      'echo "$(id -un) $(cat /proc/1/comm) $(hostname) $WISH ${NONE-unset} ${HOME-homeless}"; echo problem >&2; exit 3';
    const { exit_code: code, output, error_message: problem } = await run(script, { WISH: 'two words', NONE: '' });
    expect([code, output, problem]).toEqual([3, 'root systemd some-vm two words unset homeless\n', 'problem\n']);
  });

  test('ends a script whose time is over', async () => {
    expect(await run('echo begun; exec sleep 600', {}, 1)).toMatchObject({ exit_code: 137, output: 'begun\n' });
  });

  test('reaches nothing of this machine but what the lab leads it to', async () => {
    const { output } = await run(
      'for to in 127.0.0.1 10.0.2.1; do (: <"/dev/tcp/$to/80") 2>/dev/null && echo "$to"; done; ip -br address',
    );
    expect(output).toMatch(/^lo +\S+ +127.0.0.1\/8 ::1\/128 *\neth0@\S+ +UP +10.0.2.4\/24 *\n$/);
  });

  test('boots again when it reboots, with its disk', async () => {
    await run('echo kept >/root/mark; sync');
    const before = await firstProcess();
    await run('systemctl reboot; exec sleep 600');
    await eventually(firstProcess, (now) => now !== undefined && now !== before);
    expect(await run('cat /root/mark')).toMatchObject({ exit_code: 0, output: 'kept\n' });
  });

  test('is a fresh one when it is replaced', async () => {
    await run('echo kept >/root/mark; sync');
    const before = await firstProcess();
    lab.azure.delete('azurerm_linux_virtual_machine', VM);
    expect(await proxies.show()).toEqual([]);
    lab.azure.put('azurerm_linux_virtual_machine', { id: VM, network_interface_ids: [] });
    expect(await run('ls /root')).toMatchObject({ exit_code: 0, output: '' });
    expect(await firstProcess()).not.toBe(before);
  });

  test('is found and ended when the lab and what held the machine were killed', async () => {
    await run('true');
    const name = machineName();
    const before = await firstProcess();
    const holders = processesOf(`machine.sh hold`).filter((line) => line.includes(name));
    expect(holders).not.toEqual([]);
    holders.forEach((line) => process.kill(Number(line.split(' ')[0]), 'SIGKILL'));
    expect(await firstProcess()).toBe(before);
    await endProxies(proxyFolder);
    expect(processesOf(name)).toEqual([]);
    expect(mountsOf(name)).toEqual([]);
  });
});
