import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { HOST } from '../cluster/check-cluster-names';
import { CLIENTS, clientSettings } from '../proxy/rendering/client-settings';
import { literalText } from '../synthesis/literal-text';
import { isKind } from '../validation/kind';
import { requireShape, validate } from '../validation/problems';
import { isRecord, type PropertiesOf, requireProps } from '../validation/shape';
import { checkOnlyOutput } from './runbook-document';

const OUTPUT = 'client_properties';

/** Whose clients find the active one by themselves. */
export interface ClientPropertiesOutputProps {
  /** Two clusters that stand in for each other, the primary first: `pair.members`, or two made by `ProxiedCluster.fromEndpoints`. */
  readonly clusters: IProxiedCluster[];
}

const CLIENT_PROPERTIES_OUTPUT: PropertiesOf<ClientPropertiesOutputProps> = { clusters: true };

/**
 * The output `client_properties`: settings with the bootstrap hosts of both clusters, by which clients find the active one by
 * themselves behind a proxy that lets them in to that alone (`ClientAccess.activeOnly`). It is an object of texts, `java` and
 * `librdkafka` as files of properties, `kafkajs` and `platformatic` as JavaScript; `confluent-dr clients` prints the same.
 *
 * No secret is in it: `CLIENT_API_KEY` and `CLIENT_API_SECRET` stand for those of the application, which have to do on both
 * clusters. A stack has one.
 */
export class ClientPropertiesOutput extends Construct {
  /** The output itself. */
  public readonly output: TerraformOutput;

  /** @throws Error if there are not two clusters, or they have the same bootstrap host */
  constructor(scope: Construct, id: string, props: ClientPropertiesOutputProps) {
    super(scope, id);
    requireProps(this, props, '{ clusters: pair.members }', CLIENT_PROPERTIES_OUTPUT);
    const { clusters } = props;
    const isPair = Array.isArray(clusters) && clusters.length === 2 && clusters.every(isCluster);
    requireShape(this, [
      {
        ok: isPair && clusters[0].hostNames.bootstrap !== clusters[1].hostNames.bootstrap,
        property: 'clusters',
        received: Array.isArray(clusters)
          ? clusters.map((cluster) => (isCluster(cluster) ? cluster.clusterName : 'something else'))
          : clusters,
        allowed: 'two clusters that differ',
        advice: 'Pass pair.members, or two clusters made by ProxiedCluster.fromEndpoints.',
      },
    ]);
    validate(this, (problems) => {
      clusters.forEach(({ clusterName, hostNames }) =>
        problems.required(`clusters['${clusterName}'].hostNames.bootstrap`, hostNames.bootstrap, HOST),
      );
      checkOnlyOutput(problems, this, OUTPUT, {
        allowed: 'one in a stack',
        advice: 'Put each pair with its outputs into a stack of its own.',
      });
    });
    const bootstraps = clusters.map(({ hostNames }) => `${hostNames.bootstrap}:9092`);
    this.output = new TerraformOutput(this, OUTPUT, {
      value: Object.fromEntries(
        CLIENTS.map((client) => [client, literalText(clientSettings(client, bootstraps).text)]),
      ),
      description: 'Settings by which Kafka clients find the active cluster by themselves',
    });
    this.output.overrideLogicalId(OUTPUT);
  }
}

const isCluster = (received: unknown): received is IProxiedCluster =>
  isRecord(received) && isKind(received.hostNames, 'ClusterHostNames') && typeof received.clusterName === 'string';
