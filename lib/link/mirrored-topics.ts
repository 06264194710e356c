import { type TerraformProvider, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { KafkaMirrorTopic } from '../../.gen/providers/confluent/kafka-mirror-topic';
import { KafkaTopic } from '../../.gen/providers/confluent/kafka-topic';
import { type IClusterMember } from '../cluster/cluster-member';
import { type IConfluentClusterPair } from '../cluster/cluster-pair';
import { constructId } from '../synthesis/construct-id';
import { DeletionGuard } from '../state/deletion-guard';
import { ForgottenResource } from '../state/state-blocks';
import { literalTexts } from '../synthesis/literal-text';
import { Problems, validate } from '../validation/problems';
import { judgeAtPlan } from '../validation/variable-validation';
import { isRecordInCode, isTextOrExpression, type PropertiesOf } from '../validation/shape';
import { checkCollisions, checkTopicName } from './topic-names';
import { checkTopicSettings } from './topic-settings';

/** A topic to create and mirror. */
export interface MirrorTopicProps {
  /** Number of partitions at creation, at least 1. Grow it later on the cluster, not here. @default 6 */
  readonly partitions?: number;
  /**
   * Settings of the topic at creation, such as `retention.ms`, among those that Confluent Cloud lets one choose.
   *
   * @default - the cluster's
   */
  readonly config?: { readonly [key: string]: string };
  /**
   * The member that the topic begins on; the other one's is read-only. Name the one that serves now when you add a topic
   * while failed over.
   *
   * @default - the pair's primary
   */
  readonly source?: IClusterMember;
}

export const MIRROR_TOPIC: PropertiesOf<MirrorTopicProps> = { partitions: true, config: true, source: true };

/** A topic that is mirrored between the members. */
export interface MirroredTopic {
  /** The name, the same on both members. */
  readonly topicName: string;
  /** The topic where it is created here. @default - it exists already */
  readonly topic?: TerraformResource;
  /** Its mirror on the other member. @default - the call was refused, which synth tells */
  readonly mirror?: TerraformResource;
}

interface MirroredTopicsProps {
  readonly pair: IConfluentClusterPair;
  readonly linkName: string;
  readonly links: TerraformResource[];
  readonly deletionProtection: boolean;
  readonly provider?: TerraformProvider;
}

/** What Terraform makes under a topic's name on a member: the topic itself, or its mirror. */
interface PlacedTopic {
  readonly topicName: string;
  readonly member: IClusterMember;
}

/** What a call asked for. */
interface TopicRequest {
  readonly topicName: string;
  readonly source: IClusterMember;
  readonly partitions?: number;
  readonly config?: unknown;
}

/** The topics of a link, with their mirrors. */
export class MirroredTopics {
  private readonly topics: Construct;
  private readonly mirrors: Construct;
  private readonly guard: DeletionGuard;
  private readonly mirrored: MirroredTopic[] = [];
  private readonly seen = new Map<string, number>();
  private readonly placed: PlacedTopic[] = [];
  private readonly namesOfMirrors: string[] = [];
  private readonly requests: TopicRequest[] = [];

  constructor(
    scope: Construct,
    private readonly props: MirroredTopicsProps,
  ) {
    this.topics = new Construct(scope, 'Topics');
    this.mirrors = new Construct(scope, 'Mirrors');
    this.guard = DeletionGuard.of(scope);
    validate(scope, (problems) => this.check(problems));
  }

  public create(
    topicName: string,
    { partitions, config, source = this.props.pair.primary }: MirrorTopicProps,
  ): MirroredTopic {
    if (!this.isNew(topicName, source, partitions, config)) {
      return { topicName };
    }
    // A stranger is told at synth.
    const member = this.props.pair.members.includes(source) ? source : this.props.pair.primary;
    const topic = new KafkaTopic(this.topics, constructId(this.topics, topicName), {
      topicName,
      partitionsCount: partitions,
      config: literalConfig(config),
      kafkaCluster: { id: member.clusterId },
      restEndpoint: member.restEndpoint,
      credentials: member.kafkaCredentials,
      provider: this.props.provider ?? member.provider,
      lifecycle: { ...this.protection, ignoreChanges: ['partitions_count', 'config'] },
    });
    this.guardOrRelease(topic);
    this.placed.push({ topicName, member });
    return this.addMirror(topicName, topic.topicName, source, topic);
  }

  public mirror(topicName: string, source: IClusterMember = this.props.pair.primary): MirroredTopic {
    if (this.isNew(topicName, source)) {
      // Whose topic it is has been said otherwise: by mirrorTopic, in an earlier version of the code.
      this.forget(this.topics, topicName, KafkaTopic.tfResourceType);
      return this.addMirror(topicName, topicName, source);
    }
    return { topicName };
  }

  public forgetTopic(topicName: string): void {
    if (this.isNew(topicName, this.props.pair.primary)) {
      this.forget(this.topics, topicName, KafkaTopic.tfResourceType);
      this.forget(this.mirrors, topicName, KafkaMirrorTopic.tfResourceType);
    }
  }

  public forgetMirror(topicName: string): void {
    if (this.isNew(topicName, this.props.pair.primary)) {
      this.forget(this.mirrors, topicName, KafkaMirrorTopic.tfResourceType);
    }
  }

  /** The topics whose mirrors were made. */
  public get mirroredTopics(): MirroredTopic[] {
    return [...this.mirrored];
  }

  /** The names of topics that have a mirror. */
  public get mirroredNames(): string[] {
    return [...this.namesOfMirrors];
  }

  /** The names that were asked for. */
  public get names(): string[] {
    return [...this.seen.keys()];
  }

  /** What is made on the members. */
  public get made(): readonly PlacedTopic[] {
    return this.placed;
  }

  private get protection(): { preventDestroy: boolean } | undefined {
    return this.props.deletionProtection ? { preventDestroy: true } : undefined;
  }

  private addMirror(id: string, sourceTopicName: string, source: IClusterMember, topic?: KafkaTopic): MirroredTopic {
    this.namesOfMirrors.push(id);
    const { pair, linkName, links, provider } = this.props;
    const mirrorSide = source === pair.secondary ? pair.primary : pair.secondary;
    const mirror = new KafkaMirrorTopic(this.mirrors, constructId(this.mirrors, id), {
      sourceKafkaTopic: { topicName: sourceTopicName },
      clusterLink: { linkName },
      kafkaCluster: {
        id: mirrorSide.clusterId,
        restEndpoint: mirrorSide.restEndpoint,
        credentials: mirrorSide.kafkaCredentials,
      },
      lifecycle: { ...this.protection, ignoreChanges: ['status'] },
      dependsOn: links,
      provider: provider ?? mirrorSide.provider,
    });
    this.placed.push({ topicName: id, member: mirrorSide });
    this.guardOrRelease(mirror);
    const made = { topicName: sourceTopicName, topic, mirror };
    this.mirrored.push(made);
    return made;
  }

  private guardOrRelease(resource: KafkaTopic | KafkaMirrorTopic): void {
    if (this.props.deletionProtection) {
      this.guard.protect(resource);
    } else {
      this.guard.release(resource);
    }
  }

  private forget(scope: Construct, topicName: string, resourceType: string): void {
    this.guard.release(new ForgottenResource(scope, constructId(scope, topicName), resourceType));
  }

  /** Notes the request for the check at synth; a second one for the same topic is only noted. */
  private isNew(topicName: string, source: IClusterMember, partitions?: number, config?: unknown): boolean {
    const times = (this.seen.get(topicName) ?? 0) + 1;
    this.seen.set(topicName, times);
    const request = { topicName, source, partitions, config };
    this.requests.push(request);
    if (times === 1) {
      judgeAtPlan(
        this.props.links[0],
        Problems.found((problems) => checkRequest(problems, request)),
      );
    }
    return times === 1 && typeof topicName === 'string' && topicName !== '';
  }

  private check(problems: Problems): void {
    for (const request of this.requests) {
      const { topicName, source } = request;
      const property = `topic '${topicName}'`;
      checkRequest(problems, request);
      problems.refuseUnless(this.props.pair.members.includes(source), {
        property: `${property}.source`,
        received: source?.node?.path ?? source,
        allowed: 'a member of the pair that is linked',
        advice: 'Pass pair.primary or pair.secondary.',
      });
    }
    checkCollisions(problems, [...this.seen.keys()]);
    for (const [topicName, times] of this.seen) {
      problems.require(times === 1, {
        property: `topic '${topicName}'`,
        received: `${times} times`,
        allowed: 'each topic once',
        advice: 'Take the others out; forgetting replaces the call that made the topic.',
      });
    }
  }
}

function checkRequest(problems: Problems, { topicName, partitions, config }: TopicRequest): void {
  const property = `topic '${topicName}'`;
  checkTopicName(problems, `${property}.topicName`, topicName);
  problems.integer(`${property}.partitions`, partitions, 1, 100_000, 'partitions');
  checkTopicSettings(problems, `${property}.config`, config);
}

/** The settings as they were written; what is no map of texts is told at synth. */
function literalConfig(config: unknown): Record<string, string> | undefined {
  return isRecordInCode(config)
    ? literalTexts(
        Object.fromEntries(Object.entries(config).filter(([, value]) => isTextOrExpression(value))) as Record<
          string,
          string
        >,
      )
    : undefined;
}
