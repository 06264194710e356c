import {
  Fn,
  propertyAccess,
  TerraformLocal,
  type TerraformProvider,
  type TerraformResourceLifecycle,
  Token,
} from 'cdktf';
import { Construct } from 'constructs';
import { DataConfluentKafkaCluster } from '../../.gen/providers/confluent/data-confluent-kafka-cluster';
import { KafkaCluster } from '../../.gen/providers/confluent/kafka-cluster';
import { DeletionGuard } from '../state/deletion-guard';
import { literalText } from '../synthesis/literal-text';
import { isKind } from '../validation/kind';
import { regionName, regionPrecondition } from '../validation/azure-region';
import { type ClusterSource, type CreatedCluster } from './cluster-source';

interface MemberClusterProps {
  readonly source: ClusterSource;
  readonly environmentId: string;
  readonly defaultDisplayName: string;
  readonly deletionProtection: boolean;
  readonly provider?: TerraformProvider;
}

/** Reads the member's cluster, and creates it first where its source says so. */
export class MemberCluster extends Construct {
  /** The cluster as it is, adopted or created: everything else refers to this. */
  public readonly data: DataConfluentKafkaCluster;
  /** The cluster where it is created here. */
  public readonly created?: KafkaCluster;
  /** Where it comes from. */
  public readonly source: ClusterSource;

  constructor(scope: Construct, id: string, props: MemberClusterProps) {
    super(scope, id);
    const { source } = props;
    this.source = source;
    this.created = source._created && this.create(props, source._created);
    this.data = new DataConfluentKafkaCluster(this, 'Resource', {
      id: this.created ? this.indirectly(source, this.created) : source.existingId!,
      environment: { id: props.environmentId },
      provider: props.provider,
    });
  }

  private create(props: MemberClusterProps, cluster: CreatedCluster): KafkaCluster {
    const { source, environmentId, defaultDisplayName, deletionProtection, provider } = props;
    const { region, availability, displayName, networkId, units } = cluster;
    const kind =
      units.property === 'cku' ? { dedicated: { cku: units.count! } } : { enterprise: [{ maxEcku: units.count }] };
    const created = new KafkaCluster(this, 'Created', {
      displayName: literalText(displayName ?? defaultDisplayName),
      // What is no such kind is told at synth.
      availability: isKind(availability, 'ClusterAvailability') ? availability.word : '',
      cloud: 'AZURE',
      region: regionName(region),
      ...kind,
      environment: { id: environmentId },
      provider,
      network: networkId === undefined ? undefined : { id: networkId },
      deletionProtection: deletionProtection || undefined,
      lifecycle: lifecycleOf(deletionProtection, regionPrecondition(this, 'region', region)),
    });
    const guard = DeletionGuard.of(this);
    if (deletionProtection) {
      guard.protect(created);
    } else {
      guard.release(created);
    }
    if (source.useExisting) {
      created.count = Token.asNumber(Fn.conditional(source.useExisting.value, 0, 1));
    }
    return created;
  }

  /**
   * The id by way of a local value. A data source that names a resource directly is read only after every change of
   * it, which makes all that hangs on it unknown meanwhile: a change of the CKU would replace keys, links and mirrors.
   * Source: Terraform's page on data sources, "Dependencies".
   */
  private indirectly({ existingId, useExisting }: ClusterSource, created: KafkaCluster): string {
    const createdId: unknown = useExisting ? Fn.one(propertyAccess(created.fqn, ['*', 'id'])) : created.id;
    const id: unknown = useExisting ? Fn.conditional(useExisting.value, existingId, createdId) : createdId;
    return new TerraformLocal(this, 'Id', id).asString;
  }
}

function lifecycleOf(
  deletionProtection: boolean,
  precondition: TerraformResourceLifecycle['precondition'],
): TerraformResourceLifecycle | undefined {
  return deletionProtection || precondition
    ? { ...(deletionProtection && { preventDestroy: true }), ...(precondition && { precondition }) }
    : undefined;
}
