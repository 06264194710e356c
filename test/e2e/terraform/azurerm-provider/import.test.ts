import {
  command,
  commandAddress,
  groupAddress,
  networkAddress,
  nicAddress,
  nicNsgAddress,
  nsgAddress,
  proxy,
  publicIpAddress,
  subnetAddress,
  subnetNsgAddress,
  vm,
  vmAddress,
} from './support/landscape';
import { GROUP_ID, Stage } from './support/stage';

jest.setTimeout(900_000);

const network = `${GROUP_ID}/providers/Microsoft.Network`;
const machineId = `${GROUP_ID}/providers/Microsoft.Compute/virtualMachines/vm`;
const IDS = {
  [groupAddress]: GROUP_ID,
  [networkAddress]: `${network}/virtualNetworks/network`,
  [subnetAddress]: `${network}/virtualNetworks/network/subnets/internal`,
  [publicIpAddress]: `${network}/publicIPAddresses/address`,
  [nicAddress]: `${network}/networkInterfaces/nic`,
  [nsgAddress]: `${network}/networkSecurityGroups/nsg`,
  [subnetNsgAddress]: `${network}/virtualNetworks/network/subnets/internal`,
  [nicNsgAddress]: `${network}/networkInterfaces/nic|${network}/networkSecurityGroups/nsg`,
  [vmAddress]: machineId,
  [commandAddress]: `${machineId}/runCommands/converge`,
};
const imports = Object.entries(IDS).map(([to, id]) => ({ to, id }));

describe('an import', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  /** Applies what there is to be, then forgets it. */
  const exists = async (resources: typeof proxy) => {
    await stage.configure(resources).workspace.apply();
    stage.workspace.write('state.json', '');
  };

  beforeAll(async () => {
    stage = await Stage.open();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test('of ten types changes nothing, time-outs and password included', async () => {
    const timeouts = { create: '20m' };
    const all = { ...proxy, [commandAddress]: command({ depends_on: [subnetNsgAddress, nicNsgAddress], timeouts }) };
    await exists(all);
    const plan = await stage.configure(all, { import: imports }).workspace.plan();
    expect(plan.imports().sort()).toEqual(Object.keys(IDS).sort());
    expect(plan.changes()).toEqual({});
    await stage.workspace.applyPlan();
    expect(await stage.workspace.detailedExitCode()).toBe(0);
  });

  test('does not know custom_data, which replaces the VM unless it is ignored', async () => {
    const withData = (more = {}) => ({ ...proxy, [vmAddress]: vm({ custom_data: 'aGVsbG8=', ...more }) });
    await exists(withData());
    stage.configure(withData(), { import: imports });
    expect(await stage.changes()).toEqual({ [vmAddress]: 'replace', [commandAddress]: 'replace' });
    stage.configure(withData({ lifecycle: { ignore_changes: ['custom_data'] } }), { import: imports });
    expect(await stage.changes()).toEqual({});
  });

  test('does not know protected parameters, which are sent again in place', async () => {
    const all = { ...proxy, [commandAddress]: command({ protected_parameter: [{ name: 'key', value: 'secret' }] }) };
    await exists(all);
    stage.configure(all, { import: imports });
    expect(await stage.changes()).toEqual({ [commandAddress]: 'update' });
  });

  test('of what is not there is refused', async () => {
    stage.configure({ [groupAddress]: proxy[groupAddress] }, { import: [{ to: groupAddress, id: GROUP_ID }] });
    expect((await stage.workspace.terraform('plan', '-input=false')).errors).toContain('There is no object with id');
  });
});
