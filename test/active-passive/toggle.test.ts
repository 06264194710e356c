import { App } from 'cdktf';
import { ActivePassiveStack } from '../../lib';
import { complaintsOf, hclOf, synthesize, testApp } from '../support/synth';

const hclWith = (context: Record<string, unknown>) => hclOf(new ActivePassiveStack(testApp(context), 'active-passive'));
const stackWith = (context: Record<string, unknown>) =>
  synthesize(new ActivePassiveStack(testApp(context), 'active-passive'));

/** The values in which two documents differ, by their paths. */
function difference(before: unknown, after: unknown, path = ''): Record<string, unknown> {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) {
    return before === after ? {} : { [path]: { before, after } };
  }
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.assign({}, ...keys.map((key) => difference(a[key], b[key], `${path}/${key}`))) as Record<
    string,
    unknown
  >;
}

describe('the outage of the primary', () => {
  const variableOf = (hcl: string) => /variable "cc_failover_primary" \{[\s\S]*?\n\}/.exec(hcl)?.[0];

  test('is off unless asked for', () => {
    expect(variableOf(hclWith({}))).toMatchSnapshot();
  });

  test('is on where the context says so', () => {
    expect(variableOf(hclWith({ cc_failover_primary: true }))).toMatchSnapshot();
  });

  test('differs from no outage in one value', () => {
    const [off, on] = [false, true].map((value) => stackWith({ cc_failover_primary: value }));
    expect(difference({ ...off, check: undefined }, { ...on, check: undefined })).toMatchSnapshot();
  });

  test.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
  ])('understands the context value %p', (value, expected) => {
    expect(stackWith({ cc_failover_primary: value }).variable.cc_failover_primary.default).toBe(expected);
  });

  test.each(['yes', 1, '', null, 'True'])('refuses the context value %p', (value) => {
    const complaints = complaintsOf(new ActivePassiveStack(testApp({ cc_failover_primary: value }), 'active-passive'));
    expect(complaints).toContain('[active-passive] context cc_failover_primary: received');
    expect(complaints).toContain('allowed: true or false');
  });

  test('can be asked for by CDKTF_CONTEXT_JSON', () => {
    process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ cc_failover_primary: 'true' });
    try {
      const stack = new ActivePassiveStack(new App({ outdir: '/nowhere' }), 'active-passive');
      expect(synthesize(stack).variable.cc_failover_primary.default).toBe(true);
    } finally {
      delete process.env.CDKTF_CONTEXT_JSON;
    }
  });

  test('reaches the run command alone', () => {
    const { resource } = stackWith({});
    const touched = Object.entries(resource).filter(([, all]) => JSON.stringify(all).includes('cc_failover_primary'));
    expect(touched.map(([type]) => type)).toEqual(['azurerm_virtual_machine_run_command']);
  });

  test('is not upstream of a key, link or mirror: no data source depends on anything by name', () => {
    expect(JSON.stringify(stackWith({}).data)).not.toContain('depends_on');
  });

  test('warns in the plan where tfvars or -var contradict the context', () => {
    expect(stackWith({ cc_failover_primary: true }).check).toHaveProperty('outage_as_the_context_says');
    expect(stackWith({}).check).not.toHaveProperty('outage_as_the_context_says');
  });
});

describe("the dry run's VM", () => {
  const id = '/subscriptions/s/resourceGroups/rg-nginx-proxy/providers/Microsoft.Compute/virtualMachines/proxy-vm';

  test('is left to Terraform unless it is named', () => {
    expect(stackWith({})).not.toHaveProperty('removed');
  });

  test('is taken over where the context names it', () => {
    expect(stackWith({ original_vm_id: id })).toMatchObject({
      removed: [{ from: 'azurerm_virtual_machine.main', lifecycle: { destroy: false } }],
      import: [{ to: 'azurerm_linux_virtual_machine.main', id }],
    });
  });

  test('must be named by its Azure id', () => {
    const complaints = complaintsOf(new ActivePassiveStack(testApp({ original_vm_id: 'proxy-vm' }), 'active-passive'));
    expect(complaints).toContain("context original_vm_id: received 'proxy-vm', allowed: the Azure id");
  });
});
