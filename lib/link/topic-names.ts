import { isUnresolved, type Problems } from '../validation/problems';
import { TOPIC_NAME } from '../validation/text-rule';

/** Says what is wrong with the name of a topic that is to be mirrored. */
export function checkTopicName(problems: Problems, property: string, topicName: string): void {
  problems.required(property, topicName, TOPIC_NAME);
  problems.require(topicName !== '.' && topicName !== '..', {
    property,
    received: topicName,
    allowed: 'any name but . and ..',
    advice: 'Rename the topic.',
  });
  problems.require(!/^(__|_schemas$|_confluent)/.test(topicName), {
    property,
    received: topicName,
    allowed: 'topics of your own: names that begin with __ or _confluent, and _schemas, are internal topics',
    advice: 'Offsets are carried by offsetSync, schemas by a BidirectionalSchemaLink.',
  });
}

/** Kafka names its metrics with `_` for `.`, and so refuses a topic whose name differs from another's in these alone. */
export function checkCollisions(problems: Problems, topicNames: readonly string[]): void {
  const known = topicNames.filter((name) => typeof name === 'string' && !isUnresolved(name));
  const first = new Map<string, string>();
  for (const name of known) {
    const plain = name.replace(/[.]/g, '_');
    const other = first.get(plain) ?? name;
    first.set(plain, other);
    problems.require(other === name, {
      property: `topic '${name}'`,
      received: `'${other}' beside it`,
      allowed: 'names that differ in more than . and _, which Kafka holds to be the same',
      advice: 'Rename one of them.',
    });
  }
}
