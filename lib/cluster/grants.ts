import { Construct } from 'constructs';
import { validate } from '../validation/problems';
import { PRINCIPAL } from '../validation/text-rule';
import { type PairMember } from './pair-member';
import { type AclEntry } from './kafka-acls';
import { type TopicPattern } from './topic-pattern';

type Grant = Omit<AclEntry, 'principal'>;

/** Permissions of clients, the same on every member. */
export class Grants extends Construct {
  /** Everyone who was granted something here. */
  public readonly principals = new Set<string>();

  private readonly made = new Set<string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly members: readonly PairMember[],
  ) {
    super(scope, id);
  }

  public produce(principal: string, topics: TopicPattern): void {
    this.check(principal, topics);
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
    this.check(principal, topics);
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

  private check(principal: string, topics: TopicPattern): void {
    validate(this, (problems) => {
      problems.text('principal', principal, PRINCIPAL);
      topics._check(problems, 'topics');
    });
  }

  private grantTopic(principal: string, { resourceName, patternType }: TopicPattern, operation: string): void {
    this.grant(principal, { resourceType: 'TOPIC', resourceName, patternType, operation });
  }

  /** Granting twice is granting once. */
  private grant(principal: string, grant: Grant): void {
    const { resourceType, resourceName, patternType, operation } = grant;
    const id = [principal, resourceType, resourceName, patternType, operation].join('-').replace(/\//g, '-');
    if (this.made.has(id)) {
      return;
    }
    this.made.add(id);
    this.principals.add(principal);
    for (const member of this.members) {
      member.allow(this, `${member.clusterName}-${id}`, { principal, ...grant });
    }
  }
}
