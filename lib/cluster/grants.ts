import { Construct } from 'constructs';
import { constructId } from '../synthesis/construct-id';
import { type Check, validateOnce } from '../validation/problems';
import { CONSUMER_GROUP, PRINCIPAL } from '../validation/text-rule';
import { judgeAtPlan } from '../validation/variable-validation';
import { type KafkaAcl } from '../../.gen/providers/confluent/kafka-acl';
import { type PairMember } from './pair-member';
import { type AclEntry } from './acl-entry';
import { checkTopicPattern, type TopicPattern } from './topic-pattern';

type Grant = Omit<AclEntry, 'principal'>;

/** Permissions of clients, the same on every member. */
export class Grants extends Construct {
  /** The ACLs of all grants. */
  public readonly acls: KafkaAcl[] = [];

  private readonly made = new Map<string, AclEntry>();

  constructor(
    scope: Construct,
    id: string,
    private readonly members: readonly PairMember[],
  ) {
    super(scope, id);
  }

  public produce(principal: string, topics: TopicPattern): void {
    if (!this.check(principal, topics)) {
      return;
    }
    this.grantTopic(principal, topics, 'WRITE');
    this.grantTopic(principal, topics, 'DESCRIBE');
    this.grant(principal, {
      resourceType: 'CLUSTER',
      resourceName: 'kafka-cluster',
      patternType: 'LITERAL',
      operation: 'IDEMPOTENT_WRITE',
    });
  }

  public consume(principal: string, topics: TopicPattern, consumerGroup: string): void {
    if (
      !this.check(principal, topics, (problems) => problems.required('consumerGroup', consumerGroup, CONSUMER_GROUP))
    ) {
      return;
    }
    this.grantTopic(principal, topics, 'READ');
    this.grantTopic(principal, topics, 'DESCRIBE');
    const prefixed = consumerGroup.length > 1 && consumerGroup.endsWith('*');
    this.grant(principal, {
      resourceType: 'GROUP',
      resourceName: prefixed ? consumerGroup.slice(0, -1) : consumerGroup,
      patternType: prefixed ? 'PREFIXED' : 'LITERAL',
      operation: 'READ',
    });
  }

  /** What was granted. */
  public get entries(): AclEntry[] {
    return [...this.made.values()];
  }

  /** Whether a grant can be made; what is wrong with it is told at synth. */
  private check(principal: string, topics: TopicPattern, more: Check = () => undefined): boolean {
    const checked = validateOnce(this, (problems) => {
      problems.required('principal', principal, PRINCIPAL);
      checkTopicPattern(problems, 'topics', topics);
      more(problems);
    });
    judgeAtPlan(this.members[0].environment, checked);
    return checked.list().length === 0;
  }

  private grantTopic(principal: string, { resourceName, patternType }: TopicPattern, operation: string): void {
    this.grant(principal, { resourceType: 'TOPIC', resourceName, patternType, operation });
  }

  /** Granting twice is granting once. */
  private grant(principal: string, grant: Grant): void {
    const { resourceType, resourceName, patternType, operation } = grant;
    const id = constructId(this, [principal, resourceType, resourceName, patternType, operation].join('-'));
    if (this.made.has(id)) {
      return;
    }
    this.made.set(id, { principal, ...grant });
    for (const member of this.members) {
      this.acls.push(member.allow(this, `${member.role}-${id}`, { principal, ...grant }));
    }
  }
}
