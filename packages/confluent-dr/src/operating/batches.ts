/** So many topics are named in one request at most. */
export const MOST_TOPICS = 250;
/** So many characters the names in one request have at most; a name can have 249. */
export const MOST_CHARACTERS = 32_768;

/** Few requests for many topics, none of them so big that a server declines it. */
export function batchesOf<T>(items: readonly T[], nameOf: (item: T) => string): T[][] {
  const batches: T[][] = [];
  let characters = Infinity;
  for (const item of items) {
    const { length } = nameOf(item);
    if (characters + length > MOST_CHARACTERS || batches[batches.length - 1].length === MOST_TOPICS) {
      batches.push([]);
      characters = 0;
    }
    batches[batches.length - 1].push(item);
    characters += length;
  }
  return batches;
}
