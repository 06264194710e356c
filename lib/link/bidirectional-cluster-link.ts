import { type ITerraformDependable, type TerraformProvider, type TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { ClusterLink } from '../../.gen/providers/confluent/cluster-link';
import { type IClusterMember } from '../cluster/cluster-member';
import { type IConfluentClusterPair, shapeOfPair } from '../cluster/cluster-pair';
import { RULES_AT_SYNTH } from '../validation/rules-at-synth';
import { withOneStackTrace } from '../synthesis/one-stack-trace';
import { keepState } from '../state/moved-from';
import { markKind } from '../validation/kind';
import { Problems, requireShape, validate, warnAtSynth } from '../validation/problems';
import { providerShape } from '../validation/provider-shape';
import {
  flagShape,
  kindShape,
  noObjectShape,
  numberShape,
  valueShapesIn,
  ofOptional,
  type PropertiesOf,
  recordShape,
  requireProps,
} from '../validation/shape';
import { LINK_NAME } from '../validation/text-rule';
import { warnOfRule } from '../validation/rules-at-synth';
import { judgeAtPlan } from '../validation/variable-validation';
import { AclSync } from './acl-sync';
import { LinkConnection } from './link-connection';
import { topicsWithoutAcls } from './link-readiness';
import { checkFilters, checkLinkSettings, writtenSettings } from './link-settings';
import { MIRROR_TOPIC, type MirroredTopic, MirroredTopics, type MirrorTopicProps } from './mirrored-topics';
import { GroupFilter, OffsetSync } from './offset-sync';
import { aclsOnDestination, checkOtherLinks, commonGroups } from './other-links';
import { checkInterval } from './sync-options';

/** What the links between two clusters are to be. */
export interface BidirectionalClusterLinkProps {
  /** The clusters to link. */
  readonly pair: IConfluentClusterPair;
  /** The name of both links: 1 to 128 letters, digits, dots, underscores and hyphens. Changing it replaces both. */
  readonly linkName: string;
  /**
   * Which member connects to the other. Changing it replaces both links, which the service refuses while a mirror lives on
   * them.
   *
   * @default LinkConnection.fromBoth()
   */
  readonly connection?: LinkConnection;
  /**
   * Which consumer groups' offsets both links carry.
   *
   * @default - those of all groups, every 30 seconds
   */
  readonly offsetSync?: OffsetSync;
  /**
   * Which ACLs the link on the secondary carries from the primary.
   *
   * @default AclSync.none()
   */
  readonly aclSync?: AclSync;
  /**
   * Milliseconds between two syncs of the topics' settings, at least 1000.
   *
   * @default - the server's, 5000
   */
  readonly topicConfigSyncMs?: number;
  /**
   * Further settings of both links: `auto.create.mirror.topics.enable` and `.filters`, `mirror.start.offset.spec`,
   * `topic.config.sync.include`. What another property writes is refused here. A setting that was once applied can be
   * changed but not taken away.
   *
   * @default - none
   */
  readonly settings?: { readonly [key: string]: string };
  /**
   * Whether Terraform refuses to delete topics and mirrors, also when their lines or this link are renamed, moved or
   * taken out of the code.
   *
   * @default - the pair's
   */
  readonly deletionProtection?: boolean;
  /**
   * The Confluent provider that makes the resources, where the stack has several.
   *
   * @default - those of the pair's members
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

const LINK: PropertiesOf<BidirectionalClusterLinkProps> = {
  pair: true,
  linkName: true,
  connection: true,
  offsetSync: true,
  aclSync: true,
  topicConfigSyncMs: true,
  settings: true,
  deletionProtection: true,
  provider: true,
  movedFrom: true,
};

/** A link in each direction between the clusters of a pair, as outputs need it. */
export interface IBidirectionalClusterLink extends IConstruct {
  /** The clusters that are linked. */
  readonly pair: IConfluentClusterPair;
  /** The name that both links bear. */
  readonly linkName: string;
}

/**
 * A link in each direction between the clusters of a pair, and the topics mirrored over it.
 *
 * The state of a mirror is not part of the code: whether it is active, stopped or reversed is what a failover changes,
 * and code that named a state would undo the failover or end the mirroring at the next apply. Pausing a link or a
 * mirror is for the same reason an operation of the REST API.
 */
export class BidirectionalClusterLink extends Construct implements IBidirectionalClusterLink {
  /** The clusters that are linked. */
  public readonly pair: IConfluentClusterPair;
  /** The name that both links bear. */
  public readonly linkName: string;
  /** The link on the secondary, by which it mirrors topics of the primary in normal times. */
  public readonly linkOnSecondary: TerraformResource;
  /** The link on the primary, for the way back. */
  public readonly linkOnPrimary: TerraformResource;

  /** @internal */
  public readonly _aclSync: AclSync;
  /** @internal */
  public readonly _offsetSync: OffsetSync;

  private readonly topics: MirroredTopics;
  private readonly deletionProtection: boolean;

  constructor(scope: Construct, id: string, props: BidirectionalClusterLinkProps) {
    super(scope, id);
    requireProps(this, props, "{ pair, linkName: 'orders-dr' }", LINK);
    const { pair, linkName } = props;
    requireShape(this, [
      shapeOfPair(pair),
      ...ofOptional(
        kindShape('connection', props.connection, 'LinkConnection', 'LinkConnection.fromPrimary()'),
        kindShape('offsetSync', props.offsetSync, 'OffsetSync', 'OffsetSync.ofGroups([GroupFilter.all()])'),
        kindShape('aclSync', props.aclSync, 'AclSync', 'AclSync.ofClientPermissions()'),
        flagShape('deletionProtection', props.deletionProtection),
        numberShape('topicConfigSyncMs', props.topicConfigSyncMs),
        providerShape(this, 'provider', props.provider, 'confluent'),
      ),
    ]);
    this.pair = pair;
    this.linkName = linkName;
    this.deletionProtection = props.deletionProtection ?? pair.deletionProtection;
    this._aclSync = props.aclSync ?? AclSync.none();
    this._offsetSync = props.offsetSync ?? OffsetSync.ofGroups([GroupFilter.all()]);
    const common = commonSettings(props, this._offsetSync);
    const further = writtenSettings(props.settings);
    const connection = props.connection ?? LinkConnection.fromBoth();
    const onSecondarySettings = { ...further, ...common, ...this._aclSync._settings };
    const onPrimarySettings = { ...further, ...common };
    const check = (problems: Problems) => this.check(problems, props);
    validate(this, (problems) => {
      check(problems);
      connection._check(problems, 'connection', pair);
      checkLinkSettings(problems, 'settings', props.settings);
      checkFilters(problems, 'settings', onSecondarySettings, onPrimarySettings);
      checkOtherLinks(problems, this);
    });
    warnAtSynth(this, () => commonGroups(this));

    const permissions = [...pair.secondary.linkPermissions, ...pair.primary.linkPermissions];
    const links = new Map<IClusterMember, ClusterLink>();
    for (const local of connection._inOrder(pair)) {
      // Created side by side the two can get different link ids, and one that connects must find the other there.
      const after = links.size === 0 ? permissions : [...links.values()];
      const [id, config] =
        local === pair.secondary
          ? (['OnSecondary', onSecondarySettings] as const)
          : (['OnPrimary', onPrimarySettings] as const);
      const link = this.link(id, props, local, config, after);
      if (connection._waits(pair, local)) {
        link.connectionMode = 'INBOUND';
        // The provider takes keys of the other cluster out of its state, and would want to put them in at each plan.
        link.remoteKafkaCluster.resetCredentials();
      }
      links.set(local, link);
    }
    const [onSecondary, onPrimary] = [links.get(pair.secondary)!, links.get(pair.primary)!];

    judgeAtPlan(onSecondary, Problems.found(check));
    this.linkOnSecondary = onSecondary;
    this.linkOnPrimary = onPrimary;
    keepState(this, props.movedFrom);
    this.topics = new MirroredTopics(this, {
      pair,
      linkName: onSecondary.linkName,
      links: [onSecondary, onPrimary],
      provider: props.provider,
      deletionProtection: this.deletionProtection,
    });
    this.warnOfWhatReadyWouldFind();
  }

  /**
   * Creates a topic and its mirror on the other member.
   *
   * Number of partitions and settings count at creation only: later ones belong to whoever serves, and Terraform would
   * answer fewer partitions in the code than on the cluster by deleting the topic. Taking this call out of the code
   * deletes the topic, which after a failover is the one in production: refused with deletion protection; see
   * `forgetTopic`.
   */
  public mirrorTopic(topicName: string, props: MirrorTopicProps = {}): MirroredTopic {
    const example = "link.mirrorTopic('orders', { partitions: 12 })";
    this.requireText(topicName);
    const topic = `topic '${topicName}'`;
    requireShape(this, [recordShape(topic, props, example, MIRROR_TOPIC), ...valueShapesIn(topic, props)]);
    return withOneStackTrace(() => this.topics.create(topicName, props));
  }

  /**
   * Mirrors a topic that exists already. Taking this call out of the code deletes the mirror, which is refused with
   * deletion protection; see `forgetMirror`.
   *
   * @param source the member that the topic is on; the primary unless given
   */
  public mirrorExistingTopic(topicName: string, source?: IClusterMember): MirroredTopic {
    this.requireText(topicName);
    return withOneStackTrace(() => this.topics.mirror(topicName, source));
  }

  /** Takes what `mirrorTopic` made out of Terraform's hands without deleting it. Put it in the place of that call. */
  public forgetTopic(topicName: string): void {
    this.requireText(topicName);
    this.topics.forgetTopic(topicName);
  }

  /** Takes a mirror out of Terraform's hands without deleting it. Put it in the place of `mirrorExistingTopic`. */
  public forgetMirror(topicName: string): void {
    this.requireText(topicName);
    this.topics.forgetMirror(topicName);
  }

  /** All topics that are mirrored over this link, in the order of the calls. */
  public get mirroredTopics(): MirroredTopic[] {
    return this.topics.mirroredTopics;
  }

  /** What is mirrored over this link. @internal */
  public get _topics(): MirroredTopics {
    return this.topics;
  }

  private requireText(topicName: string): void {
    requireShape(this, [noObjectShape('topicName', topicName)]);
  }

  private check(problems: Problems, props: BidirectionalClusterLinkProps): void {
    problems.required('linkName', props.linkName, LINK_NAME);
    this._offsetSync._check(problems, 'offsetSync');
    this._aclSync._check(problems, 'aclSync', aclsOnDestination(this));
    checkInterval(problems, 'topicConfigSyncMs', props.topicConfigSyncMs);
  }

  /** The names of topics that this link mirrors. @internal */
  public get _mirrored(): string[] {
    return this.topics.mirroredNames;
  }

  private warnOfWhatReadyWouldFind(): void {
    const { pair, topics } = this;
    warnOfRule(this, RULES_AT_SYNTH.acls, () => topicsWithoutAcls(topics.mirroredNames, pair));
    warnOfRule(this, RULES_AT_SYNTH.groupFilters, () => this._offsetSync._leftOut(pair.managedAcls));
    warnOfRule(this, RULES_AT_SYNTH.terraformDestroy, () =>
      this.deletionProtection || topics.mirroredNames.length === 0
        ? []
        : [
            'Topics and mirrors are not protected from deletion: a terraform destroy deletes them after a failover, too, ' +
              'with all that was produced since. A rehearsal can live with that, production cannot.',
          ],
    );
  }

  private link(
    id: string,
    { provider }: BidirectionalClusterLinkProps,
    local: IClusterMember,
    config: Record<string, string>,
    after: ITerraformDependable[],
  ): ClusterLink {
    const remote = local === this.pair.primary ? this.pair.secondary : this.pair.primary;
    return new ClusterLink(this, id, {
      linkName: this.linkName,
      linkMode: 'BIDIRECTIONAL',
      localKafkaCluster: {
        id: local.clusterId,
        restEndpoint: local.restEndpoint,
        credentials: local.kafkaCredentials,
      },
      remoteKafkaCluster: {
        id: remote.clusterId,
        bootstrapEndpoint: remote.linkBootstrapEndpoint ?? remote.bootstrapEndpoint,
        credentials: remote.kafkaCredentials,
      },
      config,
      dependsOn: after,
      provider: provider ?? local.provider,
    });
  }
}

function commonSettings(
  { topicConfigSyncMs }: BidirectionalClusterLinkProps,
  offsetSync: OffsetSync,
): Record<string, string> {
  return {
    ...offsetSync._settings,
    ...(topicConfigSyncMs !== undefined && { 'topic.config.sync.ms': String(topicConfigSyncMs) }),
  };
}

markKind(BidirectionalClusterLink, 'BidirectionalClusterLink');
