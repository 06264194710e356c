import { type Lab, type LabOptions, startLab } from '../../../src/lab';
import { TerraformCore } from './terraform-core';

export type Side = 'primary' | 'secondary';
export const LINK = 'orders-dr';

const AT_ONCE = { clusterProvisioningMs: 0, mirrorTransitionMs: 1, exporterStartMs: 0 };

/** A lab in this process, and a core for each of its providers. */
export class Stage {
  public static async open(options: LabOptions = {}): Promise<Stage> {
    const environment: Record<string, string> = {};
    const lab = await startLab({ pace: 0, environment: () => environment, timing: AT_ONCE, ...options });
    const { key, secret } = lab.cloud.sample!.cloud;
    const connect = (name: string, config: object) =>
      TerraformCore.connect(lab.env.TF_REATTACH_PROVIDERS, `registry.terraform.io/${name}`, config);
    const confluent = await connect('confluentinc/confluent', { cloud_api_key: key, cloud_api_secret: secret });
    const azurerm = await connect('hashicorp/azurerm', { subscription_id: 'sub', features: [{}] });
    const bootstraps = await lab.cloud.perform((state) =>
      [...state.kafkaClusters.values()].map(({ id, bootstrapHost }): [string, string] => [id, bootstrapHost]),
    );
    const stage = new Stage(lab, environment, confluent, azurerm, Object.fromEntries(bootstraps));
    const [cloud, azure] = [await lab.cloud.perform((state) => structuredClone(state)), lab.azure.save()];
    stage.empty = async () => {
      await lab.cloud.perform((state) => {
        Object.assign(state, structuredClone(cloud), { now: state.now });
      });
      lab.azure.restore(azure);
      lab.operations.clear();
      Object.keys(environment).forEach((name) => delete environment[name]);
    };
    return stage;
  }

  /** Takes away all that was made. */
  public empty!: () => Promise<void>;

  private constructor(
    public readonly lab: Lab,
    /** What the provider finds in its environment. */
    public readonly environment: Record<string, string>,
    public readonly confluent: TerraformCore,
    public readonly azurerm: TerraformCore,
    private readonly bootstraps: Readonly<Record<string, string>>,
  ) {}

  public async close(): Promise<void> {
    this.confluent.close();
    this.azurerm.close();
    await this.lab.stop();
  }

  public get sample(): NonNullable<Lab['cloud']['sample']> {
    return this.lab.cloud.sample!;
  }

  public clusterId(side: Side): string {
    return this.sample[side].clusterId;
  }

  public restEndpoint(side: Side): string {
    return this.lab.cloud.endpointOf(this.clusterId(side));
  }

  public bootstrap(side: Side): string {
    return `SASL_SSL://${this.bootstraps[this.clusterId(side)]}:9092`;
  }

  /** A cluster as topics and ACLs name it. */
  public on(side: Side): object {
    return {
      kafka_cluster: [{ id: this.clusterId(side) }],
      rest_endpoint: this.restEndpoint(side),
      credentials: [this.sample[side].kafka],
    };
  }

  /** A cluster as links and mirrors name it. */
  public end(side: Side): object {
    return {
      id: this.clusterId(side),
      rest_endpoint: this.restEndpoint(side),
      credentials: [this.sample[side].kafka],
    };
  }

  public link(side: Side, more: object = {}): object {
    const other = side === 'primary' ? 'secondary' : 'primary';
    return {
      link_name: LINK,
      link_mode: 'BIDIRECTIONAL',
      local_kafka_cluster: [this.end(side)],
      remote_kafka_cluster: [
        {
          id: this.clusterId(other),
          bootstrap_endpoint: this.bootstrap(other),
          credentials: [this.sample[other].kafka],
        },
      ],
      ...more,
    };
  }

  public mirror(more: object = {}): object {
    return {
      kafka_cluster: [this.end('secondary')],
      cluster_link: [{ link_name: LINK }],
      source_kafka_topic: [{ topic_name: 'orders' }],
      ...more,
    };
  }

  public exporter(more: object = {}): object {
    const { primary, secondary } = this.sample;
    return {
      schema_registry_cluster: [{ id: primary.registryId }],
      rest_endpoint: this.lab.cloud.endpointOf(primary.registryId),
      credentials: [primary.schemaRegistry],
      name: 'schemas',
      destination_schema_registry_cluster: [
        {
          id: secondary.registryId,
          rest_endpoint: this.lab.cloud.endpointOf(secondary.registryId),
          credentials: [secondary.schemaRegistry],
        },
      ],
      ...more,
    };
  }
}
