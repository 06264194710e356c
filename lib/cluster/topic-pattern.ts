import { type Problems } from '../validation/problems';
import { TOPIC_NAME } from '../validation/text-rule';

/** Topics that a grant is for, as an ACL names them. */
export class TopicPattern {
  /** Every topic of the cluster. */
  public static all(): TopicPattern {
    return new TopicPattern('*', 'LITERAL');
  }

  /** One topic. */
  public static literal(topicName: string): TopicPattern {
    return new TopicPattern(topicName, 'LITERAL');
  }

  /** The topics whose names begin so. */
  public static prefixed(prefix: string): TopicPattern {
    return new TopicPattern(prefix, 'PREFIXED');
  }

  private constructor(
    /** The ACL's resource name. */
    public readonly resourceName: string,
    /** The ACL's pattern type: LITERAL or PREFIXED. */
    public readonly patternType: string,
  ) {}

  /** Two patterns with one text are the same. */
  public toString(): string {
    return this.patternType === 'PREFIXED' ? `${this.resourceName}*` : this.resourceName;
  }

  /** @internal */
  public _check(problems: Problems, property: string): void {
    if (this.resourceName !== '*') {
      problems.text(property, this.resourceName, TOPIC_NAME);
    }
  }
}
