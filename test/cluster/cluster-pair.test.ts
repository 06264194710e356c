import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterHostNames,
  ConfluentCloudProvider,
  type IClusterMember,
  type IConfluentClusterPair,
  RunbookOutput,
} from '../../lib';
import { addProxy } from '../support/fixtures';
import { stackOf, synthesize, testApp } from '../support/synth';

/** A member that somebody else made, known by its values. */
class KnownMember extends Construct implements IClusterMember {
  public readonly environmentId: string;
  public readonly clusterId: string;
  public readonly region = 'westeurope';
  public readonly bootstrapEndpoint: string;
  public readonly restEndpoint: string;
  public readonly schemaRegistryId: string;
  public readonly schemaRegistryEndpoint: string;
  public readonly kafkaCredentials = { key: 'key', secret: 'secret' };
  public readonly schemaRegistryCredentials = { key: 'key', secret: 'secret' };
  public readonly principal = 'User:sa-1';
  public readonly linkPermissions = [];
  public readonly hostNames: ClusterHostNames;

  constructor(
    scope: Construct,
    public readonly clusterName: string,
  ) {
    super(scope, clusterName);
    const host = `pkc-${clusterName}.westeurope.azure.confluent.cloud`;
    this.environmentId = `env-${clusterName}`;
    this.clusterId = `lkc-${clusterName}`;
    this.bootstrapEndpoint = `SASL_SSL://${host}:9092`;
    this.restEndpoint = `https://${host}:443`;
    this.schemaRegistryId = `lsrc-${clusterName}`;
    this.schemaRegistryEndpoint = `https://psrc-${clusterName}.westeurope.azure.confluent.cloud`;
    this.hostNames = ClusterHostNames.fromEndpoints({ bootstrapEndpoint: this.bootstrapEndpoint });
  }
}

class KnownPair extends Construct implements IConfluentClusterPair {
  public readonly primary = new KnownMember(this, 'one');
  public readonly secondary = new KnownMember(this, 'two');
  public readonly members = [this.primary, this.secondary];
  public readonly deletionProtection = true;
  public readonly managedAcls = [];
}

describe('a pair of one’s own', () => {
  test('is linked, proxied and told of as the one that this library makes', () => {
    const { resource, output } = synthesize(
      stackOf((scope) => {
        new ConfluentCloudProvider(scope, 'Confluent');
        const pair = new KnownPair(scope, 'Known');
        const link = new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr' });
        link.mirrorTopic('orders');
        new BidirectionalSchemaLink(scope, 'Schemas', { pair });
        const proxy = addProxy(scope, { clusters: pair.members });
        new RunbookOutput(scope, 'Runbook', { pair, link, proxy });
      }),
    );
    const clustersOf = (type: string) =>
      Object.values(resource[type]).map(({ kafka_cluster }) => (kafka_cluster as { id: string }).id);
    expect(clustersOf('confluent_kafka_topic')).toEqual(['lkc-one']);
    expect(clustersOf('confluent_kafka_mirror_topic')).toEqual(['lkc-two']);
    expect(Object.keys(resource.confluent_schema_exporter)).toHaveLength(2);
    expect(output.runbook.value).toMatchObject({ primary: { cluster_id: 'lkc-one' }, link_name: 'orders-dr' });
  });

  test('is refused where it is none: a construct without members', () => {
    const scope = new TerraformStack(testApp(), 'test');
    const pair = new Construct(scope, 'Pair') as unknown as IConfluentClusterPair;
    expect(() => new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'l' })).toThrow(
      "[test/Link] pair: received 'Construct', allowed: a ConfluentClusterPair. Make one first and pass it.",
    );
  });
});
