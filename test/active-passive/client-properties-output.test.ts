import { type Construct } from 'constructs';
import { ClientPropertiesOutput, type IProxiedCluster, ProxiedCluster } from '../../lib';
import { CLIENTS, clientSettings } from '../../lib/proxy/rendering';
import { addPair, PRIMARY, SECONDARY } from '../support/fixtures';
import { complaintsOf, stackOf, synthesize } from '../support/synth';

const HOSTS = ['pkc-11111.westeurope.azure.confluent.cloud:9092', 'pkc-22222.northeurope.azure.confluent.cloud:9092'];

type Texts = Readonly<Record<string, string>>;

const outputOf = (build: (scope: Construct) => void) =>
  synthesize(stackOf(build)).output.client_properties as { readonly value: Texts; readonly sensitive?: boolean };

const refusalOf = (clusters: IProxiedCluster[]): string | undefined => {
  try {
    return complaintsOf(stackOf((scope) => new ClientPropertiesOutput(scope, 'Clients', { clusters })));
  } catch (error) {
    return (error as Error).message;
  }
};

/** As Terraform shows it. */
const evaluated = (text: string): string => text.replaceAll('$${', '${').replaceAll('%%{', '%{');

describe('ClientPropertiesOutput', () => {
  test('has for each client what confluent-dr clients prints, and hides nothing', () => {
    const { value, sensitive } = outputOf(
      (scope) => new ClientPropertiesOutput(scope, 'Clients', { clusters: [PRIMARY, SECONDARY] }),
    );
    expect(sensitive).not.toBe(true);
    expect(Object.keys(value).sort()).toEqual([...CLIENTS].sort());
    for (const client of CLIENTS) {
      expect(evaluated(value[client])).toBe(clientSettings(client, HOSTS).text);
    }
  });

  test('keeps Terraform from reading the variables of clients as its own', () => {
    const { value } = outputOf(
      (scope) => new ClientPropertiesOutput(scope, 'Clients', { clusters: [PRIMARY, SECONDARY] }),
    );
    expect(value.java).toContain('username="$${env:CLIENT_API_KEY}"');
    expect(value.librdkafka).toContain('sasl.password=$${CLIENT_API_SECRET}');
  });

  test('takes hosts that only Terraform knows, of the members of a pair', () => {
    const { value } = outputOf(
      (scope) => new ClientPropertiesOutput(scope, 'Clients', { clusters: addPair(scope).members }),
    );
    const [, servers] = /^bootstrap\.servers=(.*)$/m.exec(value.java)!;
    expect(servers).toMatch(/^\$\{.*bootstrap_endpoint.*\}:9092,\$\{.*bootstrap_endpoint.*\}:9092$/);
    expect(value.kafkajs).toContain('process.env.CLIENT_API_SECRET');
  });

  test.each<[string, unknown, string]>([
    ['one cluster', [PRIMARY], 'received ["primary"], allowed: two clusters that differ'],
    ['the same twice', [PRIMARY, PRIMARY], 'received ["primary","primary"], allowed: two clusters that differ'],
    ['something else', [PRIMARY, 'secondary'], 'received ["primary","something else"], allowed: two clusters'],
    ['a cluster in place of a list', PRIMARY, 'allowed: two clusters that differ. Pass pair.members'],
  ])('refuses %s', (_, clusters, told) => {
    const said = refusalOf(clusters as IProxiedCluster[]);
    expect(said).toContain(told);
  });

  test('refuses a second one in a stack, which would take the place of the first', () => {
    const clusters = [PRIMARY, SECONDARY];
    const twice = stackOf((scope) => {
      ['One', 'Other'].forEach((id) => new ClientPropertiesOutput(scope, id, { clusters }));
    });
    expect(complaintsOf(twice)).toContain(
      '[test/One] output client_properties: received ["test/One","test/Other"], allowed: one in a stack',
    );
  });

  test.each(["a'b.westeurope.azure.confluent.cloud", 'not a host', 'pkc-1'])('refuses %j for a host', (host) => {
    const cluster = ProxiedCluster.fromEndpoints('secondary', { bootstrapEndpoint: `${host}:9092` });
    expect(refusalOf([PRIMARY, cluster])).toContain(
      `clusters['secondary'].hostNames.bootstrap: received '${host}', allowed: a host name of at least three labels`,
    );
  });

  test('refuses two clusters at one host, where clients would find nothing else', () => {
    const twin = ProxiedCluster.fromEndpoints('secondary', { bootstrapEndpoint: HOSTS[0] });
    const said = refusalOf([PRIMARY, twin]);
    expect(said).toContain('allowed: two clusters that differ');
  });
});
