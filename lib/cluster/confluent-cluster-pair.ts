import { Construct } from 'constructs';
import { DataConfluentServiceAccount } from '../../.gen/providers/confluent/data-confluent-service-account';
import { type Problems, isUnresolved, validate } from '../validation/problems';
import { ENVIRONMENT_ID, SERVICE_ACCOUNT_ID } from '../validation/text-rule';
import { type ClusterMemberProps, type IClusterMember } from './cluster-member';
import { Grants } from './grants';
import { PairMember } from './pair-member';
import { TopicPattern } from './topic-pattern';

export interface ConfluentClusterPairProps {
  /** The member that serves in normal times. */
  readonly primary: ClusterMemberProps;
  /** The member that takes over. It belongs in another region. */
  readonly secondary: ClusterMemberProps;
  /**
   * Service account (`sa-…`) that owns keys, roles and ACLs of both members. Changing it replaces all of them at once.
   *
   * @default - each member names its own
   */
  readonly serviceAccountId?: string;
  /**
   * The topics whose reading the service accounts are allowed on both members, so that links can be reversed.
   *
   * @default - all topics
   */
  readonly linkTopics?: TopicPattern[];
  /**
   * Whether Terraform refuses to delete what holds data: clusters created here, and topics and mirrors of the pair's
   * links. It protects while the construct is in the code; see `BidirectionalClusterLink.forgetTopic`.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * Two Kafka clusters on Confluent Cloud that stand in for each other: each with its environment, Schema Registry, keys,
 * roles, and the ACLs that a link between them needs.
 */
export class ConfluentClusterPair extends Construct {
  /** The member that serves in normal times. */
  public readonly primary: IClusterMember;
  /** The member that takes over. */
  public readonly secondary: IClusterMember;
  /** Whether what holds data is protected from deletion. */
  public readonly deletionProtection: boolean;

  private readonly grants: Grants;
  private readonly serviceAccountIds: Set<string>;

  constructor(scope: Construct, id: string, props: ConfluentClusterPairProps) {
    super(scope, id);
    validate(this, (problems) => checkPair(problems, props));
    this.deletionProtection = props.deletionProtection ?? true;
    const ownIds = [props.serviceAccountId, props.primary.serviceAccountId, props.secondary.serviceAccountId];
    this.serviceAccountIds = new Set(ownIds.filter((accountId) => accountId !== undefined));

    const linkTopics = props.linkTopics ?? [TopicPattern.all()];
    const serviceAccountOf = this.serviceAccounts(props);
    const { deletionProtection } = this;
    const primary = new PairMember(this, 'Primary', props.primary, {
      memberName: 'primary',
      serviceAccount: serviceAccountOf(props.primary),
      deletionProtection,
      linkTopics,
      otherClusterId: props.secondary.cluster.existingId,
    });
    const secondary = new PairMember(this, 'Secondary', props.secondary, {
      memberName: 'secondary',
      serviceAccount: serviceAccountOf(props.secondary),
      deletionProtection,
      linkTopics,
      otherClusterId: props.primary.cluster.existingId,
    });
    this.primary = primary;
    this.secondary = secondary;
    this.grants = new Grants(this, 'Grants', [primary, secondary]);
  }

  /** Both members, the primary first. */
  public get members(): IClusterMember[] {
    return [this.primary, this.secondary];
  }

  /** The principals whose ACLs are made here on both members; ACL sync must leave them alone. */
  public get managedPrincipals(): string[] {
    return [...[...this.serviceAccountIds].map((accountId) => `User:${accountId}`), ...this.grants.principals];
  }

  /**
   * Allows a principal to produce, on both members, so that it can move.
   *
   * @param principal `User:sa-…`
   */
  public grantProduce(principal: string, topics: TopicPattern): void {
    this.grants.produce(principal, topics);
  }

  /**
   * Allows a principal to consume in a group, on both members, so that it can move.
   *
   * @param principal `User:sa-…`
   * @param consumerGroup the group's name, or its beginning with a `*` at the end
   */
  public grantConsume(principal: string, topics: TopicPattern, consumerGroup: string): void {
    this.grants.consume(principal, topics, consumerGroup);
  }

  /** One reading of each service account; the members share it where they share the account. */
  private serviceAccounts(
    props: ConfluentClusterPairProps,
  ): (member: ClusterMemberProps) => DataConfluentServiceAccount {
    const read = new Map<string | undefined, DataConfluentServiceAccount>();
    return (member) => {
      const id = member.serviceAccountId ?? props.serviceAccountId;
      const known = read.get(id);
      if (known) {
        return known;
      }
      const account = new DataConfluentServiceAccount(
        this,
        read.size === 0 ? 'ServiceAccount' : 'OtherServiceAccount',
        {
          id,
        },
      );
      read.set(id, account);
      return account;
    };
  }
}

function checkPair(problems: Problems, props: ConfluentClusterPairProps): void {
  problems.text('serviceAccountId', props.serviceAccountId, SERVICE_ACCOUNT_ID);
  for (const [name, member] of Object.entries({ primary: props.primary, secondary: props.secondary })) {
    problems.text(`${name}.environmentId`, member.environmentId, ENVIRONMENT_ID);
    problems.text(`${name}.serviceAccountId`, member.serviceAccountId, SERVICE_ACCOUNT_ID);
    problems.require((member.serviceAccountId ?? props.serviceAccountId) !== undefined, {
      property: `${name}.serviceAccountId`,
      received: undefined,
      allowed: SERVICE_ACCOUNT_ID.allowed,
      advice: 'Give one for the pair, or one for each member.',
    });
    member.cluster._check(problems, `${name}.cluster`);
  }
  const ids = [props.primary.cluster.existingId, props.secondary.cluster.existingId];
  problems.require(ids[0] === undefined || isUnresolved(ids) || ids[0] !== ids[1], {
    property: 'secondary.cluster.clusterId',
    received: ids[1],
    allowed: 'another cluster than the primary',
    advice: 'Disaster recovery needs a second cluster, in another region as a rule.',
  });
  props.linkTopics?.forEach((topic, index) => topic._check(problems, `linkTopics[${index}]`));
}
