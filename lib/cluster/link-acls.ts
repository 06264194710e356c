import { Construct } from 'constructs';
import { constructId } from '../synthesis/construct-id';
import { type KafkaAcl } from '../../.gen/providers/confluent/kafka-acl';
import { type AclEntry } from './acl-entry';
import { allow, type AclTarget } from './kafka-acls';
import { type TopicPattern } from './topic-pattern';

interface LinkAclsProps {
  readonly target: AclTarget;
  readonly principal: string;
  /** The principal in words that are the same wherever it is meant. */
  readonly principalName: string;
  readonly topics: readonly TopicPattern[];
}

/**
 * What a link's principal needs on a member, so that a reversal does not fail half-way: reading the topics and their
 * settings, describing and altering the cluster.
 */
export class LinkAcls extends Construct {
  /** The ACLs, for what must come after them. */
  public readonly all: KafkaAcl[] = [];
  /** What they allow. */
  public readonly entries: AclEntry[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LinkAclsProps,
  ) {
    super(scope, id);
    for (const operation of ['DESCRIBE', 'ALTER']) {
      this.add('Cluster', 'CLUSTER', 'kafka-cluster', 'LITERAL', operation);
    }
    const topics = new Map(props.topics.map((topic) => [topic.toString(), topic]));
    for (const [text, topic] of topics) {
      for (const operation of ['DESCRIBE_CONFIGS', 'READ']) {
        this.add(`Topic-${text}`, 'TOPIC', topic.resourceName, topic.patternType, operation);
      }
    }
  }

  private add(id: string, resourceType: string, resourceName: string, patternType: string, operation: string): void {
    const { target, principal, principalName } = this.props;
    const entry = { principal, resourceType, resourceName, patternType, operation };
    this.entries.push(entry);
    this.all.push(allow(this, constructId(this, `${id}-${operation}`), target, entry, principalName));
  }
}
