import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  ClientAccess,
  type IProxiedCluster,
  type NginxFailoverProxyProps,
  Outage,
  ProxiedCluster,
  ProxyRunbookOutput,
} from '../../lib';
import { addProxy, PRIMARY, SECONDARY } from '../support/fixtures';
import { complaintsOf, stackOf, synthesize } from '../support/synth';

interface Output {
  readonly value: Readonly<Record<string, unknown>>;
  readonly sensitive?: boolean;
}

const outputOf = (props: (scope: Construct) => Partial<NginxFailoverProxyProps> = () => ({})): Output =>
  synthesize(
    stackOf((scope) => {
      new ProxyRunbookOutput(scope, 'Runbook', { proxy: addProxy(scope, props(scope)) });
    }),
  ).output.runbook as unknown as Output;

const thrownBy = (build: () => unknown): string => {
  try {
    build();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('ProxyRunbookOutput', () => {
  test('tells the hosts of both members and the address, and hides nothing', () => {
    const { value, sensitive } = outputOf();
    expect(sensitive).not.toBe(true);
    expect(value).toEqual({
      primary: { bootstrap_endpoint: `${PRIMARY.hostNames.bootstrap}:9092` },
      secondary: { bootstrap_endpoint: `${SECONDARY.hostNames.bootstrap}:9092` },
      proxy_public_ip: expect.stringMatching(/^\$\{azurerm_public_ip\./) as string,
    });
  });

  test('tells who is active, whether the primary is taken away, and by which variables', () => {
    const { value } = outputOf((scope) => {
      const active = new TerraformVariable(scope, 'cc_active', { type: 'string', default: 'primary' });
      const failover = new TerraformVariable(scope, 'cc_failover_primary', { type: 'bool', default: false });
      return {
        clientAccess: ClientAccess.activeOnly(PRIMARY, SECONDARY).activeByVariable(active),
        outage: Outage.of(PRIMARY).whenVariable(failover),
      };
    });
    expect(value).toMatchObject({
      active_member: '${var.cc_active}',
      active_variable: 'cc_active',
      outage_wished: '${var.cc_failover_primary}',
      outage_variable: 'cc_failover_primary',
    });
  });

  test('refuses clusters of other names, which a failover could not tell apart', () => {
    const named = (name: string, { hostNames }: IProxiedCluster) =>
      ProxiedCluster.fromEndpoints(name, { bootstrapEndpoint: `${hostNames.bootstrap}:9092` });
    const clusters = [named('east', PRIMARY), named('west', SECONDARY)];
    expect(
      thrownBy(() =>
        stackOf((scope) => {
          new ProxyRunbookOutput(scope, 'Runbook', { proxy: addProxy(scope, { clusters }) });
        }),
      ),
    ).toContain('proxy.clusters: received ["east","west"], allowed: clusters that are called primary and secondary');
  });

  test('refuses a proxy of another stack, whose variables it does not know', () => {
    const app = new App();
    const proxy = addProxy(new TerraformStack(app, 'proxies'));
    expect(thrownBy(() => new ProxyRunbookOutput(new TerraformStack(app, 'other'), 'Runbook', { proxy }))).toContain(
      "proxy: received 'proxies/Proxy', allowed: a proxy of the same stack",
    );
  });

  test('is the only one of its stack', () => {
    const stack = stackOf((scope) => {
      const proxy = addProxy(scope);
      new ProxyRunbookOutput(scope, 'Runbook', { proxy });
      new ProxyRunbookOutput(scope, 'Again', { proxy });
    });
    expect(complaintsOf(stack)).toContain(
      'output runbook: received ["test/Runbook","test/Again"], allowed: one in a stack',
    );
  });
});
