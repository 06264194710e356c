import { Construct } from 'constructs';
import { constructId } from '../construct-id';
import { validate } from '../validation/problems';
import { PRINCIPAL } from '../validation/text-rule';
import { type PairMember } from './pair-member';
import { type AclEntry } from './acl-entry';
import { type TopicPattern } from './topic-pattern';

type Grant = Omit<AclEntry, 'principal'>;

/** Permissions of clients, the same on every member. */
export class Grants extends Construct {
  private readonly made = new Map<string, AclEntry>();

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
    this.check(principal, topics, consumerGroup);
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

  private check(principal: string, topics: TopicPattern, consumerGroup = 'none'): void {
    validate(this, (problems) => {
      problems.required('principal', principal, PRINCIPAL);
      topics._check(problems, 'topics');
      problems.require(typeof consumerGroup === 'string' && consumerGroup !== '', {
        property: 'consumerGroup',
        received: consumerGroup,
        allowed: 'the name of a group, or its beginning with a * at the end',
        advice: 'Give * for all groups.',
      });
    });
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
      member.allow(this, `${member.role}-${id}`, { principal, ...grant });
    }
  }
}
