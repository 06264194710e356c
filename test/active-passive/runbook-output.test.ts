import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import {
  ActivePassiveStack,
  BidirectionalClusterLink,
  ClusterSource,
  ConfluentClusterPair,
  RunbookOutput,
  type RunbookOutputProps,
} from '../../lib';
import { CONFIG_DOCUMENT } from '../../packages/confluent-dr/src/deployment/runbook-document';
import { addPair, addProxy } from '../support/fixtures';
import { complaintsOf, stackOf, synthesize, testApp } from '../support/synth';

type Linked = Pick<RunbookOutputProps, 'pair' | 'link'>;
type Settings = Omit<RunbookOutputProps, 'pair' | 'link'>;
interface Value extends Record<string, unknown> {
  readonly primary: Record<string, unknown>;
  readonly secondary: Record<string, unknown>;
}

function ownStack(settings: Settings = {}, environments = ['env-aaaaa', 'env-bbbbb']) {
  return stackOf((scope: Construct) => {
    const pair = addPair(scope, {
      primary: { environmentId: environments[0], cluster: ClusterSource.existing('lkc-aaaaa') },
      secondary: { environmentId: environments[1], cluster: ClusterSource.existing('lkc-bbbbb') },
    });
    const link = new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr' });
    new RunbookOutput(scope, 'Runbook', { pair, link, ...settings });
  });
}

const valueOf = (settings?: Settings, environments?: string[]): Value =>
  synthesize(ownStack(settings, environments)).output.runbook.value as Value;

describe("the default app's output runbook", () => {
  const { output } = synthesize(new ActivePassiveStack(testApp(), 'active-passive'));
  const value = output.runbook.value as Value;

  test('stands beside the original ones and the report, and hides what it holds', () => {
    expect(Object.keys(output).sort()).toEqual([
      'primary_cluster',
      'proxy_public_ip',
      'proxy_report',
      'runbook',
      'secondary_cluster',
    ]);
    expect(output.runbook.sensitive).toBe(true);
  });

  test('has every field that confluent-dr reads of a member, and none that it does not know', () => {
    const { primary, secondary } = CONFIG_DOCUMENT.shape;
    // Patterns of brokers are there where the pair was given some.
    const fieldsOf = ({ shape }: { shape: object }) =>
      Object.keys(shape).filter((name) => name !== 'broker_host_patterns');
    expect(Object.keys(value.primary).sort()).toEqual(fieldsOf(primary.unwrap()).sort());
    expect(Object.keys(value.secondary).sort()).toEqual(fieldsOf(secondary.unwrap()).sort());
    // The cloud's key is the deployer's own, and has no business in the state's outputs.
    // What is well, and where a canary may write, is for the owner of a stack to say, not for the dry run.
    const own = ['leave_out', 'max_lag', 'max_lag_records', 'canary_topic'];
    const known = Object.keys(CONFIG_DOCUMENT.shape).filter(
      (name) => !name.startsWith('cloud_') && !own.includes(name),
    );
    expect(Object.keys(value).sort()).toEqual(known.sort());
  });

  test('tells of each member what belongs to it', () => {
    expect(value).toMatchObject({
      link_name: 'active-passive-test',
      topics: ['${confluent_kafka_topic.primary.topic_name}'],
      proxy_public_ip: '${azurerm_public_ip.pubicip.ip_address}',
    });
    for (const role of ['primary', 'secondary'] as const) {
      const other = role === 'primary' ? 'secondary' : 'primary';
      const { exporter_names: names, environment_id: environment, ...own } = value[role];
      expect(environment).toBe(`\${var.cc_env_${role}}`);
      expect(names).toBe(`\${(var.cc_env_primary == var.cc_env_secondary) ? [] : ["${role}-exporter"]}`);
      expect(JSON.stringify(own)).not.toContain(other);
      expect(own).toMatchObject({
        rest_endpoint: `\${data.confluent_kafka_cluster.${role}.rest_endpoint}`,
        kafka_api_secret: `\${confluent_api_key.cluster-api-key-${role}.secret}`,
        schema_registry_api_secret: `\${confluent_api_key.sr-api-key-${role}.secret}`,
        principal: 'User:${data.confluent_service_account.default.id}',
      });
    }
  });
});

describe('RunbookOutput', () => {
  test('is called runbook wherever it stands', () => {
    expect(Object.keys(synthesize(ownStack()).output)).toEqual(['runbook']);
  });

  test('leaves out what it is not told', () => {
    const value = valueOf();
    expect(Object.keys(value).sort()).toEqual(['link_name', 'primary', 'secondary']);
    expect(value.link_name).toBe('orders-dr');
    expect(value.primary.exporter_names).toEqual([]);
  });

  test('tells the patterns of brokers that a member was given', () => {
    const brokerHostPatterns = [String.raw`e-00a[0-9a-z]+-az1-n2\.westeurope\.azure\.glb\.confluent\.cloud`];
    const stack = stackOf((scope: Construct) => {
      const pair = addPair(scope, {
        primary: { environmentId: 'env-aaaaa', cluster: ClusterSource.existing('lkc-aaaaa'), brokerHostPatterns },
      });
      const link = new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr' });
      new RunbookOutput(scope, 'Runbook', { pair, link });
    });
    const { primary, secondary } = synthesize(stack).output.runbook.value as Value;
    expect(primary.broker_host_patterns).toEqual(brokerHostPatterns);
    expect(secondary).not.toHaveProperty('broker_host_patterns');
  });

  test('names topics and exporters', () => {
    const value = valueOf({ topics: ['orders'], primaryExporterName: 'to-north', secondaryExporterName: 'to-west' });
    expect(value.topics).toEqual(['orders']);
    expect(value.primary.exporter_names).toEqual(['to-north']);
    expect(value.secondary.exporter_names).toEqual(['to-west']);
  });

  test('tells what is well, down to no record and every topic', () => {
    const value = valueOf({ leaveOut: ['*', 'a', 'test-*'], maxLagSeconds: 1, maxLagRecords: 0 });
    expect(value).toMatchObject({ leave_out: ['*', 'a', 'test-*'], max_lag: '1s', max_lag_records: 0 });
  });

  test('knows no exporters where both members share a registry', () => {
    const value = valueOf({ primaryExporterName: 'to-north' }, ['env-aaaaa', 'env-aaaaa']);
    expect(value.primary.exporter_names).toEqual([]);
  });

  test.each([
    [{ topics: ['good', 'not good'] }, /topics\[1\]: received 'not good', allowed: /],
    [{ leaveOut: ['test-*', 'a*b'] }, /leaveOut\[1\]: received 'a\*b', allowed: /],
    [{ leaveOut: [''] }, /leaveOut\[0\]: received '', allowed: /],
    [{ maxLagSeconds: 0 }, /maxLagSeconds: received 0, allowed: a whole number from 1 to 86400 \(seconds\)/],
    [{ maxLagSeconds: 1.5 }, /maxLagSeconds: received 1.5, allowed: /],
    [{ maxLagRecords: -1 }, /maxLagRecords: received -1, allowed: a whole number from 0 /],
    [{ primaryExporterName: '' }, /primaryExporterName: received '', allowed: /],
    [{ secondaryExporterName: 'a b' }, /secondaryExporterName: received 'a b', allowed: /],
  ])('refuses %p', (settings, complaint) => {
    expect(complaintsOf(ownStack(settings))).toMatch(complaint);
  });

  describe('belongs to one pair, and refuses', () => {
    const member = (environmentId: string, clusterId: string, clusterName: string) => ({
      ...{ environmentId, clusterName, cluster: ClusterSource.existing(clusterId) },
    });
    const twoPairs = (use: (scope: Construct, one: Linked, other: Linked) => void) =>
      complaintsOf(
        stackOf((scope) => {
          const one = addPair(scope);
          const other = new ConfluentClusterPair(scope, 'Other', {
            serviceAccountId: 'sa-other1',
            primary: member('env-c', 'lkc-ccccc', 'other-primary'),
            secondary: member('env-d', 'lkc-ddddd', 'other-secondary'),
          });
          const linked = (pair: ConfluentClusterPair, id: string) => ({
            pair,
            link: new BidirectionalClusterLink(scope, id, { pair, linkName: id }),
          });
          use(scope, linked(one, 'Link'), linked(other, 'OtherLink'));
        }),
      );

    test('a second one in a stack, wherever it stands', () => {
      const complaints = twoPairs((scope, one, other) => {
        new RunbookOutput(scope, 'Runbook', one);
        new RunbookOutput(new Construct(scope, 'Nested'), 'Runbook', other);
      });
      const expected = `output runbook: received ["test/Runbook","test/Nested/Runbook"], allowed: one in a stack`;
      expect(complaints).toContain(`[test/Runbook] ${expected}`);
      expect(complaints).toContain(`[test/Nested/Runbook] ${expected}`);
    });

    test('an output of the same name that somebody else made', () => {
      const complaints = twoPairs((scope, one) => {
        new RunbookOutput(scope, 'Runbook', one);
        new TerraformOutput(scope, 'runbook', { value: 'mine' });
      });
      expect(complaints).toContain('allowed: one in a stack');
    });

    test('the link of another pair', () => {
      const complaints = twoPairs((scope, { pair }, { link }) => new RunbookOutput(scope, 'Runbook', { pair, link }));
      expect(complaints).toContain(
        "[test/Runbook] link: received 'test/OtherLink', allowed: a link of the pair test/Pair. This one links test/Other.",
      );
    });

    test('the proxy of another pair', () => {
      const complaints = twoPairs((scope, one, { pair }) => {
        const proxy = addProxy(scope, { clusters: pair.members });
        new RunbookOutput(scope, 'Runbook', { ...one, proxy });
      });
      expect(complaints).toContain(
        "proxy: received 'test/Proxy', allowed: a proxy that leads to both members of test/Pair. " +
          'This one leads to test/Other/Primary, test/Other/Secondary.',
      );
    });

    test('but no proxy of several pairs, nor one of clusters that are known by their names', () => {
      const several = twoPairs((scope, one, { pair }) => {
        const clusters = [...one.pair.members, ...pair.members];
        new RunbookOutput(scope, 'Runbook', { ...one, proxy: addProxy(scope, { clusters }) });
      });
      expect(several).toBeUndefined();
      const byName = twoPairs((scope, one) => new RunbookOutput(scope, 'Runbook', { ...one, proxy: addProxy(scope) }));
      expect(byName).toBeUndefined();
    });
  });

  test('says what it needs where it is given nothing', () => {
    const build = () => stackOf((scope) => new RunbookOutput(scope, 'Runbook', {} as unknown as RunbookOutputProps));
    expect(build).toThrow(/pair: received nothing, allowed: .*\n.*link: received nothing, allowed: /);
  });
});
