import {
  Annotations,
  dependable,
  type TerraformDataSource,
  type TerraformProvider,
  type TerraformResource,
} from 'cdktf';
import { Construct } from 'constructs';
import { type ApiKey } from '../../.gen/providers/confluent/api-key';
import { DataConfluentServiceAccount } from '../../.gen/providers/confluent/data-confluent-service-account';
import { RULES_AT_SYNTH } from '../validation/rules-at-synth';
import { DeletionGuard } from '../state/deletion-guard';
import { keepState } from '../state/moved-from';
import { regionName } from '../validation/azure-region';
import { isKind, markKind } from '../validation/kind';
import { isUnresolved, type Problems, requireShape, validate, validateOnce } from '../validation/problems';
import { providerShape } from '../validation/provider-shape';
import {
  flagShape,
  isRecordInCode,
  listShape,
  noObjectShape,
  ofOptional,
  type PropertiesOf,
  recordShape,
  requireProps,
  textsShape,
  type Shape,
} from '../validation/shape';
import {
  ACCESS_POINT_ID,
  CLOUD_REGION,
  CLUSTER_NAME,
  ENVIRONMENT_ID,
  SERVICE_ACCOUNT_ID,
} from '../validation/text-rule';
import { warnOfRule } from '../validation/rules-at-synth';
import { judgeAtPlan } from '../validation/variable-validation';
import { type AclEntry } from './acl-entry';
import { ApiKeys, checkApiKeys } from './api-keys';
import { checkGivenNames } from './check-cluster-names';
import { type ClusterMemberResources } from './cluster-member-resources';
import { type ClusterMemberProps, type IClusterMember, MEMBER } from './cluster-member';
import { type IConfluentClusterPair } from './cluster-pair';
import { Grants } from './grants';
import { globalKey } from './member-access';
import { PairMember } from './pair-member';
import { nameInCode } from './proxied-cluster';
import { sameAtPlan } from './same-at-plan';
import { ServiceAccountRoles } from './service-account-roles';
import { checkTopicPattern, TopicPattern } from './topic-pattern';

/** What a pair of clusters is to be. */
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
   * Where the roles of the service accounts come from. Each role is made once in a stack, also where both members have
   * one environment, or two pairs one account and one cluster.
   *
   * @default ServiceAccountRoles.managed()
   */
  readonly roles?: ServiceAccountRoles;
  /**
   * Where the API keys of the service accounts come from: one for each cluster and registry, or one for Kafka on both clusters.
   * Another choice replaces keys.
   *
   * @default ApiKeys.managed()
   */
  readonly keys?: ApiKeys;
  /**
   * The topics whose reading the service accounts are allowed on both members, so that links can be reversed.
   *
   * @default - all topics
   */
  readonly linkTopics?: TopicPattern[];
  /**
   * Whether Terraform refuses to delete what holds data: clusters created here, and topics and mirrors of the pair's
   * links, also when they are renamed, moved or taken out of the code; see `movedFrom` and
   * `BidirectionalClusterLink.forgetTopic`.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * The Confluent provider that makes the resources, where the stack has several.
   *
   * @default - the one without an alias
   */
  readonly provider?: TerraformProvider;
  /**
   * The path that this construct had in its stack before it was moved or renamed, such as `Link` or `Shop/Link`:
   * Terraform then keeps what it made there. Leave it in until every deployment has been applied once.
   *
   * @default - it is where it was
   */
  readonly movedFrom?: string;
}

const PAIR: PropertiesOf<ConfluentClusterPairProps> = {
  primary: true,
  secondary: true,
  serviceAccountId: true,
  roles: true,
  keys: true,
  linkTopics: true,
  deletionProtection: true,
  provider: true,
  movedFrom: true,
};

interface ReadAccount {
  readonly id?: string;
  readonly provider?: TerraformProvider;
  readonly account: DataConfluentServiceAccount;
}

/**
 * Two Kafka clusters on Confluent Cloud that stand in for each other: each with its environment, Schema Registry, keys,
 * roles, and the ACLs that a link between them needs.
 */
export class ConfluentClusterPair extends Construct implements IConfluentClusterPair {
  /** The member that serves in normal times. */
  public readonly primary: IClusterMember;
  /** The member that takes over. */
  public readonly secondary: IClusterMember;
  /** Whether what holds data is protected from deletion. */
  public readonly deletionProtection: boolean;
  /** What Terraform reads and makes for the primary. */
  public readonly primaryResources: ClusterMemberResources;
  /** What Terraform reads and makes for the secondary. */
  public readonly secondaryResources: ClusterMemberResources;
  /** What makes Terraform refuse to delete what is protected: one of the stack. */
  public readonly deletionGuard: TerraformResource;

  private readonly grants: Grants;
  private readonly pairMembers: PairMember[];
  private readonly readAccounts: ReadAccount[] = [];

  constructor(scope: Construct, id: string, props: ConfluentClusterPairProps) {
    super(scope, id);
    requireProps(this, props, '{ serviceAccountId, primary, secondary }', PAIR);
    requireShape(this, shapeOfProps(this, props));
    const checked = validateOnce(this, (problems) => checkPair(problems, this, props));
    warnOfOneRegion(this, props);
    this.deletionProtection = props.deletionProtection ?? true;
    warnOfRule(this, RULES_AT_SYNTH.terraformDestroy, () => (this.deletionProtection ? [] : unprotected(props)));
    // As long as there is a pair, what was protected in its stack stays so.
    this.deletionGuard = DeletionGuard.of(this).resource;
    keepState(this, props.movedFrom);

    const isGlobal = isKind(props.keys, 'ApiKeys') && props.keys!._kind === 'globalKey';
    const key = isGlobal
      ? globalKey(this, 'GlobalKey', this.serviceAccount(props.serviceAccountId, props.provider), props.provider)
      : undefined;
    const primary = this.member(key, 'Primary', 'primary', props.primary, props.secondary, props);
    const secondary = this.member(key, 'Secondary', 'secondary', props.secondary, props.primary, props);
    this.primary = primary;
    this.secondary = secondary;
    this.primaryResources = primary.resources;
    this.secondaryResources = secondary.resources;
    this.pairMembers = [primary, secondary];
    judgeAtPlan(primary.environment, checked);
    validate(this, (problems) =>
      this.pairMembers.forEach(({ role, hostNames }) => checkGivenNames(problems, role, hostNames)),
    );
    if (key) {
      key.dependsOn = this.pairMembers.flatMap((member) => member._clusterRoles).map((role) => dependable(role));
    }
    this.grants = new Grants(this, 'Grants', this.pairMembers);
  }

  /** Both members, the primary first. */
  public get members(): IClusterMember[] {
    return [this.primary, this.secondary];
  }

  /** The service accounts as they are read: one, or one for each member. */
  public get serviceAccounts(): TerraformDataSource[] {
    return this.readAccounts.map(({ account }) => account);
  }

  /** The ACLs of all grants, on both members. */
  public get grantAcls(): TerraformResource[] {
    return [...this.grants.acls];
  }

  /** The ACLs that are made here on both members; ACL sync must leave them alone. */
  public get managedAcls(): AclEntry[] {
    return [...this.pairMembers.flatMap((member) => member._ownAcls), ...this.grants.entries];
  }

  /** The same of one member alone. @internal */
  public _managedAclsOn(clusterInApp: string): AclEntry[] {
    const members = this.pairMembers.filter((member) => member._clusterInApp === clusterInApp);
    return members.flatMap((member) => [...member._ownAcls, ...this.grants.entries]);
  }

  /**
   * Allows a principal to produce, on both members, so that it can move.
   *
   * @param principal `User:sa-…`, `User:u-…`, `User:pool-…`, or `User:*` for everybody
   */
  public grantProduce(principal: string, topics: TopicPattern): void {
    this.grants.produce(principal, topics);
  }

  /**
   * Allows a principal to consume in a group, on both members, so that it can move.
   *
   * @param principal `User:sa-…`, `User:u-…`, `User:pool-…`, or `User:*` for everybody
   * @param consumerGroup the group's name, or its beginning with a `*` at the end
   */
  public grantConsume(principal: string, topics: TopicPattern, consumerGroup: string): void {
    this.grants.consume(principal, topics, consumerGroup);
  }

  private member(
    key: ApiKey | undefined,
    id: string,
    role: string,
    member: ClusterMemberProps,
    other: ClusterMemberProps,
    { serviceAccountId, linkTopics, roles, keys, provider }: ConfluentClusterPairProps,
  ): PairMember {
    const accountId = member.serviceAccountId ?? serviceAccountId;
    return new PairMember(this, id, member, {
      role,
      serviceAccount: this.serviceAccount(accountId, member.provider ?? provider),
      serviceAccountId: accountId,
      deletionProtection: this.deletionProtection,
      // What is no pattern is told at synth.
      linkTopics: linkTopics?.filter((topic) => isKind(topic, 'TopicPattern')) ?? [TopicPattern.all()],
      otherCluster: other.cluster,
      roles: roles ?? ServiceAccountRoles.managed(),
      // What is no such kind is told at synth.
      keys: isKind(keys, 'ApiKeys') ? keys! : ApiKeys.managed(),
      globalKey: key,
      provider: member.provider ?? provider,
    });
  }

  /** One reading of each service account; the members share it where they share account and provider. */
  private serviceAccount(id?: string, provider?: TerraformProvider): DataConfluentServiceAccount {
    const known = this.readAccounts.find((read) => read.id === id && read.provider === provider);
    if (known) {
      return known.account;
    }
    const constructId = this.readAccounts.length === 0 ? 'ServiceAccount' : 'OtherServiceAccount';
    const account = new DataConfluentServiceAccount(this, constructId, { id, provider });
    this.readAccounts.push({ id, provider, account });
    return account;
  }
}

function checkPair(problems: Problems, scope: Construct, props: ConfluentClusterPairProps): void {
  problems.text('serviceAccountId', props.serviceAccountId, SERVICE_ACCOUNT_ID);
  checkRoles(problems, 'roles', props.roles);
  checkApiKeys(problems, 'keys', props.keys, 'pair');
  checkGlobalKey(problems, props);
  for (const [name, member] of Object.entries({ primary: props.primary, secondary: props.secondary })) {
    problems.required(`${name}.environmentId`, member.environmentId, ENVIRONMENT_ID);
    problems.text(`${name}.serviceAccountId`, member.serviceAccountId, SERVICE_ACCOUNT_ID);
    problems.require((member.serviceAccountId ?? props.serviceAccountId) !== undefined, {
      property: `${name}.serviceAccountId`,
      received: undefined,
      allowed: SERVICE_ACCOUNT_ID.allowed,
      advice: 'Give one for the pair, or one for each member.',
    });
    problems.text(`${name}.accessPointId`, member.accessPointId, ACCESS_POINT_ID);
    problems.text(`${name}.privateRegistryRegion`, member.privateRegistryRegion, CLOUD_REGION);
    problems.refuseUnless(!isUnresolved(member.clusterName), nameInCode(`${name}.clusterName`, member.clusterName));
    problems.text(`${name}.clusterName`, member.clusterName, CLUSTER_NAME);
    checkRoles(problems, `${name}.roles`, member.roles);
    checkApiKeys(problems, `${name}.keys`, member.keys, 'member');
    member.cluster._check(problems, scope, `${name}.cluster`);
  }
  const ids = [props.primary.cluster.existingId, props.secondary.cluster.existingId];
  const areSame = ids.every((id) => typeof id === 'string') && sameAtPlan(scope, ids[0], ids[1]) === true;
  problems.refuseUnless(!areSame, {
    property: 'secondary.cluster.clusterId',
    received: ids[1],
    allowed: 'another cluster than the primary',
    advice: 'Disaster recovery needs a second cluster, in another region as a rule.',
  });
  const names = [props.primary.clusterName ?? 'primary', props.secondary.clusterName ?? 'secondary'];
  problems.require(isUnresolved(names) || names[0] !== names[1], {
    property: 'secondary.clusterName',
    received: names[1],
    allowed: 'another name than the primary has',
    advice: 'A proxy tells the members apart by these.',
  });
  props.linkTopics?.forEach((topic, index) => checkTopicPattern(problems, `linkTopics[${index}]`, topic));
}

/** One key is one account's, of one organization, and leaves no member with another. */
function checkGlobalKey(problems: Problems, props: ConfluentClusterPairProps): void {
  if (!isKind(props.keys, 'ApiKeys') || props.keys?._kind !== 'globalKey') {
    return;
  }
  for (const [name, member] of Object.entries({ primary: props.primary, secondary: props.secondary })) {
    const own = (['serviceAccountId', 'keys', 'provider'] as const).filter(
      (property) => member[property] !== undefined,
    );
    problems.refuseUnless(own.length === 0, {
      property: `${name}.${own[0]}`,
      received: 'one of its own',
      allowed: 'none beside ApiKeys.globalKey(), which is one key of one service account, for both members',
      advice: `Say it of the pair, or take keys for each member.`,
    });
  }
}

function checkRoles(problems: Problems, property: string, roles?: ServiceAccountRoles): void {
  problems.refuseUnless(roles === undefined || isKind(roles, 'ServiceAccountRoles'), {
    property,
    received: roles,
    allowed: 'ServiceAccountRoles',
    advice: 'Write it as in ServiceAccountRoles.existing(), or leave it out.',
  });
}

/** Allowed, as a rehearsal can live with it. */
function warnOfOneRegion(scope: Construct, { primary, secondary }: ConfluentClusterPairProps): void {
  const [region, other] = [primary, secondary].map(({ cluster }) => cluster._created?.region);
  if (typeof region === 'string' && typeof other === 'string' && regionName(region) === regionName(other)) {
    Annotations.of(scope).addWarning(
      `Both clusters are to be in ${isUnresolved(region) ? 'one region' : regionName(region)}: losing it takes both. ` +
        'A rehearsal can live with that, production cannot.',
    );
  }
}

/** Of clusters that are made here; one that is adopted is never deleted. */
function unprotected({ primary, secondary }: ConfluentClusterPairProps): string[] {
  return Object.entries({ primary, secondary })
    .filter(([, { cluster }]) => cluster._created !== undefined && cluster.existingId === undefined)
    .map(
      ([role]) =>
        `The cluster of the ${role} is not protected from deletion: a terraform destroy deletes it, whoever serves. ` +
        'A rehearsal can live with that, production cannot.',
    );
}

function shapeOfProps(scope: Construct, props: ConfluentClusterPairProps): Shape[] {
  return [
    noObjectShape('serviceAccountId', props.serviceAccountId),
    ...shapeOfMember(scope, 'primary', props.primary),
    ...shapeOfMember(scope, 'secondary', props.secondary),
    ...ofOptional(
      listShape('linkTopics', props.linkTopics, "[TopicPattern.prefixed('orders-')]"),
      flagShape('deletionProtection', props.deletionProtection),
      providerShape(scope, 'provider', props.provider, 'confluent'),
    ),
  ];
}

function shapeOfMember(scope: Construct, property: string, member?: ClusterMemberProps): Shape[] {
  const example = "{ environmentId: 'env-abc123', cluster: ClusterSource.existing('lkc-abc123') }";
  if (!isRecordInCode(member)) {
    return [recordShape(property, member, example, MEMBER)];
  }
  return [
    recordShape(property, member, example, MEMBER),
    ...(['environmentId', 'serviceAccountId', 'clusterName', 'accessPointId', 'privateRegistryRegion'] as const).map(
      (name) => noObjectShape(`${property}.${name}`, member[name]),
    ),
    {
      ok: isKind(member.cluster, 'ClusterSource'),
      property: `${property}.cluster`,
      received: member.cluster,
      allowed: 'a ClusterSource',
      advice: `Write it as in ${example}.`,
    },
    ...ofOptional(
      textsShape(`${property}.brokerHostPatterns`, member.brokerHostPatterns, String.raw`['e-[0-9a-z]+-n1\\.…']`),
      textsShape(`${property}.otherHosts`, member.otherHosts, "['lsrc-1.…']"),
      providerShape(scope, `${property}.provider`, member.provider, 'confluent'),
    ),
  ];
}

markKind(ConfluentClusterPair, 'ConfluentClusterPair');
