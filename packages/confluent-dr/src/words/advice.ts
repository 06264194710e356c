/** What is in the way, and what to do about it, in full sentences. */
export interface Advice {
  readonly cause: string;
  readonly cure: string;
}

/** The same for some topics. */
export interface TopicsAdvice extends Advice {
  readonly code: string;
  /** By their names on the primary; none if it is not about single topics. */
  readonly topics: readonly string[];
}

/** As many names as one can read. */
const MOST_NAMES = 5;

/** `topic orders`, `3 topics (a, b, c)`, `1000 topics (a, b, c, …)` */
export function topicsInWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const more = names.length > MOST_NAMES ? ', …' : '';
  return names.length === 1 ? `topic ${names[0]}` : `${names.length} topics (${shown}${more})`;
}

interface OfTopic {
  readonly code: string;
  readonly topic?: string;
}

/** What is the same but for the topic is told once. */
export function grouped<T extends OfTopic>(items: readonly T[], inWords: (item: T) => Advice): TopicsAdvice[] {
  const groups = new Map<string, { readonly item: T; readonly topics: string[] }>();
  for (const item of items) {
    const key = JSON.stringify({ ...item, topic: undefined });
    const group = groups.get(key) ?? { item, topics: [] };
    group.topics.push(...(item.topic === undefined ? [] : [item.topic]));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ item, topics }) => ({ code: item.code, topics, ...inWords(item) }));
}
