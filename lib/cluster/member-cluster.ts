import { Fn, type IResolvable, Op, propertyAccess, Token } from 'cdktf';
import { Construct } from 'constructs';
import { DataConfluentKafkaCluster } from '../../.gen/providers/confluent/data-confluent-kafka-cluster';
import { KafkaCluster } from '../../.gen/providers/confluent/kafka-cluster';
import { ClusterAvailability, type ClusterSource } from './cluster-source';

interface MemberClusterProps {
  readonly source: ClusterSource;
  readonly environmentId: string;
  readonly defaultDisplayName: string;
  readonly deletionProtection: boolean;
  /** Id that the cluster must not have, because the other member has it. */
  readonly otherClusterId?: string;
}

/** Reads the member's cluster, and creates it first where its source says so. */
export class MemberCluster extends Construct {
  /** The cluster as it is, adopted or created: everything else refers to this. */
  public readonly data: DataConfluentKafkaCluster;

  constructor(scope: Construct, id: string, props: MemberClusterProps) {
    super(scope, id);
    const { source } = props;
    const created = source.dedicatedProps && this.create(props);
    this.data = new DataConfluentKafkaCluster(this, 'Resource', {
      id: this.clusterId(source, created),
      environment: { id: props.environmentId },
      lifecycle: source.useExisting && {
        precondition: [this.idIsGiven(source), this.idsDiffer(source, props.otherClusterId)],
      },
    });
  }

  private create({ source, environmentId, defaultDisplayName, deletionProtection }: MemberClusterProps): KafkaCluster {
    const { region, cku, availability, displayName, networkId } = source.dedicatedProps!;
    const created = new KafkaCluster(this, 'Created', {
      displayName: displayName ?? defaultDisplayName,
      availability: (availability ?? ClusterAvailability.SINGLE_ZONE).word,
      cloud: 'AZURE',
      region,
      dedicated: { cku: cku ?? 2 },
      environment: { id: environmentId },
      network: networkId === undefined ? undefined : { id: networkId },
      deletionProtection: deletionProtection || undefined,
      lifecycle: deletionProtection ? { preventDestroy: true } : undefined,
    });
    if (source.useExisting) {
      created.count = Token.asNumber(Fn.conditional(source.useExisting.value, 0, 1));
    }
    return created;
  }

  private clusterId({ existingId, useExisting }: ClusterSource, created?: KafkaCluster): string {
    if (!created) {
      return existingId!;
    }
    if (!useExisting) {
      return created.id;
    }
    const createdId: unknown = Fn.one(propertyAccess(created.fqn, ['*', 'id']));
    return Token.asString(Fn.conditional(useExisting.value, existingId, createdId));
  }

  private idIsGiven({ useExisting, existingId }: ClusterSource): Precondition {
    return {
      condition: Op.or(Op.not(useExisting!.value), Op.neq(existingId, EMPTY_TEXT)),
      errorMessage:
        'The cluster id of a member is empty. Allowed: a Kafka cluster id such as lkc-abc123 for each member. ' +
        'Copy it from `confluent kafka cluster list`, or let the clusters be created.',
    };
  }

  private idsDiffer({ useExisting, existingId }: ClusterSource, otherId = EMPTY_TEXT): Precondition {
    return {
      condition: Op.or(Op.not(useExisting!.value), Op.neq(existingId, otherId)),
      errorMessage:
        'Both members are the same cluster. Allowed: two different cluster ids. ' +
        'Disaster recovery needs a second cluster, in another region as a rule.',
    };
  }
}

/** cdktf takes an empty text for none at all; quoted it comes out as it is. */
const EMPTY_TEXT = '""';

interface Precondition {
  readonly condition: IResolvable;
  readonly errorMessage: string;
}
