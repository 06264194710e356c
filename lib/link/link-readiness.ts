import { type IConfluentClusterPair } from '../cluster/cluster-pair';
import { isUnresolved } from '../validation/problems';

/** What is to be said of mirrored topics whose reading the pair's `linkTopics` do not allow; a reversal needs that. */
export function topicsWithoutAcls(topics: readonly string[], { managedAcls }: IConfluentClusterPair): string[] {
  const read = managedAcls.filter(
    // Grants of clients are never for this operation.
    ({ resourceType, operation }) => resourceType === 'TOPIC' && operation === 'DESCRIBE_CONFIGS',
  );
  // A pair of one's own may leave the ACLs of a link to others.
  const isTold = managedAcls.some(({ resourceType, operation }) => resourceType === 'CLUSTER' && operation === 'ALTER');
  if (!isTold || read.some(({ resourceName }) => isUnresolved(resourceName))) {
    return [];
  }
  return topics
    .filter((topic) => !isUnresolved(topic))
    .filter((topic) => !read.some(({ resourceName, patternType }) => takesIn(resourceName, patternType, topic)))
    .map(
      (topic) =>
        `Topic ${topic} is mirrored, and no pattern of the pair's linkTopics takes it in: it cannot be reversed.`,
    );
}

const takesIn = (resourceName: string, patternType: string, topic: string): boolean =>
  patternType === 'PREFIXED' ? topic.startsWith(resourceName) : resourceName === '*' || resourceName === topic;
