import { TerraformVariable } from 'cdktf';
import { ClientAccess, type NginxFailoverProxyProps, Outage, ProxiedCluster } from '../../lib';
import { addProxy, PRIMARY, SECONDARY } from '../support/fixtures';
import { complaintsOf, stackOf, synthesize, wholeText } from '../support/synth';

type Props = Partial<NginxFailoverProxyProps>;

const proxyWith = (props: Props, context: Record<string, unknown> = {}) =>
  stackOf((scope) => addProxy(scope, props), context);

const commandIn = (stack: ReturnType<typeof stackOf>) => {
  const [command] = Object.values(synthesize(stack).resource.azurerm_virtual_machine_run_command);
  const parameters = command.parameter as { name: string; value: string }[];
  return {
    name: command.name as string,
    script: wholeText((command.source as { script: string }).script),
    told: parameters.map(({ name, value }) => `${name}=${value}`),
    lifecycle: command.lifecycle as { precondition?: { condition: string; error_message: string }[] },
  };
};
const commandOf = (props: Props, context?: Record<string, unknown>) => commandIn(proxyWith(props, context));

const OUTAGES = ['OUTAGE_PRIMARY=none', 'OUTAGE_SECONDARY=none', 'OUTAGE_SHARED=none'];
const byVariable = (type = 'string') =>
  stackOf((scope) => {
    const active = new TerraformVariable(scope, 'cc_active', { type, default: 'primary' });
    addProxy(scope, { clientAccess: ClientAccess.activeOnly(PRIMARY, SECONDARY).activeByVariable(active) });
  });

describe('ClientAccess', () => {
  test('lets clients in to both unless it is asked to let them in to one', () => {
    expect(commandOf({}).told).toEqual(OUTAGES);
    expect(commandOf({ clientAccess: ClientAccess.both() })).toEqual(commandOf({}));
  });

  test('fences the one that is not active', () => {
    expect(commandOf({ clientAccess: ClientAccess.activeOnly(PRIMARY, SECONDARY) }).told).toEqual([
      ...OUTAGES,
      'FENCED_PRIMARY=false',
      'FENCED_SECONDARY=true',
    ]);
    expect(commandOf({ clientAccess: ClientAccess.activeOnly(SECONDARY, PRIMARY) }).told).toEqual([
      ...OUTAGES,
      'FENCED_SECONDARY=false',
      'FENCED_PRIMARY=true',
    ]);
  });

  test('is told apart from an outage, which holds beside it', () => {
    const clientAccess = ClientAccess.activeOnly(SECONDARY, PRIMARY);
    const { told } = commandOf({ clientAccess, outage: Outage.of(PRIMARY) });
    expect(told).toEqual(expect.arrayContaining(['OUTAGE_PRIMARY=reject', 'FENCED_PRIMARY=true']));
  });

  test('changes the name of the run command and no word of its script', () => {
    const [one, other] = [
      commandOf({ clientAccess: ClientAccess.activeOnly(PRIMARY, SECONDARY) }),
      commandOf(
        { clientAccess: ClientAccess.activeOnly(PRIMARY, SECONDARY).activeByContext('cc_active') },
        {
          cc_active: 'secondary',
        },
      ),
    ];
    expect(other.script).toBe(one.script);
    expect(other.name).not.toBe(one.name);
    expect(one.script).toContain('\nprimary - - -\nsecondary - - -\nshared - - false\n');
  });

  test.each([
    [undefined, 'false', 'true'],
    ['primary', 'false', 'true'],
    ['secondary', 'true', 'false'],
    ['both', 'false', 'false'],
  ])('takes the active one from the context: %s', (value, primary, secondary) => {
    const clientAccess = ClientAccess.activeOnly(PRIMARY, SECONDARY).activeByContext('cc_active');
    const { told } = commandOf({ clientAccess }, value === undefined ? {} : { cc_active: value });
    expect(told.slice(-2)).toEqual([`FENCED_PRIMARY=${primary}`, `FENCED_SECONDARY=${secondary}`]);
  });

  test('takes it from a Terraform variable, whose other values the plan refuses', () => {
    const { told, name, lifecycle } = commandIn(byVariable());
    expect(told.slice(-2)).toEqual([
      'FENCED_PRIMARY=${contains(["primary", "both"], var.cc_active) ? "false" : "true"}',
      'FENCED_SECONDARY=${contains(["secondary", "both"], var.cc_active) ? "false" : "true"}',
    ]);
    expect(name).toMatch(/sha256\(jsonencode\(.*contains\(\["secondary", "both"\], var\.cc_active\)/);
    expect(lifecycle.precondition).toMatchObject([
      {
        condition: '${contains(["primary", "secondary", "both"], var.cc_active)}',
        error_message: expect.stringContaining('var.cc_active: received ') as string,
      },
    ]);
  });

  test('takes it from an expression', () => {
    const stack = stackOf((scope) => {
      const wished = new TerraformVariable(scope, 'wished', { type: 'string' });
      const clientAccess = ClientAccess.activeOnly(PRIMARY, SECONDARY).activeByExpression(wished.stringValue);
      addProxy(scope, { clientAccess });
    });
    expect(commandIn(stack).told).toContain(
      'FENCED_SECONDARY=${contains(["secondary", "both"], var.wished) ? "false" : "true"}',
    );
  });

  test('never fences what clusters share', () => {
    const registry = 'https://psrc-9.westeurope.azure.confluent.cloud';
    const cluster = (name: string) =>
      ProxiedCluster.fromEndpoints(name, {
        bootstrapEndpoint: `pkc-${name}.westeurope.azure.confluent.cloud:9092`,
        schemaRegistryEndpoint: registry,
      });
    const [a, b] = [cluster('a'), cluster('b')];
    const { told, script } = commandOf({ clusters: [a, b], clientAccess: ClientAccess.activeOnly(a, b) });
    expect(told.filter((text) => text.startsWith('FENCED_'))).toEqual(['FENCED_A=false', 'FENCED_B=true']);
    expect(script).toContain('\nshared - - false\n');
  });
});

describe('ClientAccess refuses', () => {
  const stranger = ProxiedCluster.fromEndpoints('other', {
    bootstrapEndpoint: 'pkc-3.westeurope.azure.confluent.cloud',
  });
  const both = ProxiedCluster.fromEndpoints('both', { bootstrapEndpoint: 'pkc-4.westeurope.azure.confluent.cloud' });

  test.each<[string, Props, string]>([
    [
      'a stranger',
      { clientAccess: ClientAccess.activeOnly(PRIMARY, stranger) },
      "clientAccess: received 'other', allowed: a cluster behind this proxy: primary, secondary",
    ],
    [
      'the same one twice',
      { clientAccess: ClientAccess.activeOnly(PRIMARY, PRIMARY) },
      "clientAccess: received 'primary', allowed: two clusters that differ",
    ],
    [
      'a cluster whose name says that none is fenced',
      { clusters: [PRIMARY, both], clientAccess: ClientAccess.activeOnly(PRIMARY, both) },
      "clientAccess: received 'both', allowed: clusters of another name",
    ],
  ])('%s', (_what, props, message) => {
    expect(complaintsOf(proxyWith(props))).toContain(message);
  });

  test.each(['tertiary', '', null, true])('the context value %p', (value) => {
    const clientAccess = ClientAccess.activeOnly(PRIMARY, SECONDARY).activeByContext('cc_active');
    const complaints = complaintsOf(proxyWith({ clientAccess }, { cc_active: value }));
    expect(complaints).toContain('context cc_active: received');
    expect(complaints).toContain('allowed: the name of the active cluster, or both: primary, secondary, both');
  });

  test('a flag where it is asked who is active', () => {
    expect(() => byVariable('bool')).toThrow(
      "ClientAccess.activeByVariable: received 'a variable of type bool', allowed: a TerraformVariable of type string",
    );
  });

  test('what is no cluster, no expression, no access, at once', () => {
    expect(() => ClientAccess.activeOnly(PRIMARY, 'secondary' as never)).toThrow(
      "ClientAccess.activeOnly: received 'secondary', allowed: two clusters of the proxy",
    );
    const access = ClientAccess.activeOnly(PRIMARY, SECONDARY);
    expect(() => access.activeByExpression('primary')).toThrow(
      "ClientAccess.activeByExpression: received 'primary', allowed: a Terraform expression",
    );
    expect(() => access.activeByContext('')).toThrow('ClientAccess.activeByContext: received');
    expect(() => ClientAccess.both().activeByContext('cc_active')).toThrow(
      "ClientAccess.activeByContext: received 'ClientAccess.both()', allowed: two clusters of which one is active",
    );
    expect(() => proxyWith({ clientAccess: 'both' as never })).toThrow(
      "[test/Proxy] clientAccess: received 'both', allowed: a ClientAccess",
    );
  });

  test('a variable of another stack', () => {
    const foreign = stackOf(() => undefined);
    const active = new TerraformVariable(foreign, 'cc_active', { type: 'string' });
    const clientAccess = ClientAccess.activeOnly(PRIMARY, SECONDARY).activeByVariable(active);
    expect(complaintsOf(proxyWith({ clientAccess }))).toContain('clientAccess.activeByVariable: received');
  });
});
