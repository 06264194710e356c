import { isKind, markKind } from '../validation/kind';
import { type Problems } from '../validation/problems';
import { noObjectShape, requireArgument } from '../validation/shape';
import { TOPIC_NAME, TOPIC_PREFIX } from '../validation/text-rule';

/** Topics that a grant is for, as an ACL names them. */
export class TopicPattern {
  /** Every topic of the cluster. */
  public static all(): TopicPattern {
    return new TopicPattern('*', 'LITERAL');
  }

  /** One topic. */
  public static literal(topicName: string): TopicPattern {
    requireArgument(noObjectShape('TopicPattern.literal', topicName));
    return new TopicPattern(topicName, 'LITERAL');
  }

  /** The topics whose names begin so. */
  public static prefixed(prefix: string): TopicPattern {
    requireArgument(noObjectShape('TopicPattern.prefixed', prefix));
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
    const prefixed = this.patternType === 'PREFIXED';
    if (this.resourceName !== '*' || prefixed) {
      // A prefix is a text as it is: `*` would be the topics whose names begin with an asterisk, which none can.
      problems.required(property, this.resourceName, prefixed ? TOPIC_PREFIX : { ...TOPIC_NAME, except: ['.', '..'] });
    }
  }
}

markKind(TopicPattern, 'TopicPattern');

/** Says what is wrong with a pattern, which untyped code can take for a text. */
export function checkTopicPattern(problems: Problems, property: string, pattern: TopicPattern): void {
  if (isKind(pattern, 'TopicPattern')) {
    pattern._check(problems, property);
    return;
  }
  problems.refuse({
    property,
    received: pattern,
    allowed: 'a TopicPattern',
    advice: "Write it as in TopicPattern.literal('orders').",
  });
}
