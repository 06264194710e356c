import { isSensitive } from './model/linking/link-settings';
import { type CloudState } from './model/state';

const MAP = '$map';
const HIDDEN = '***';

/** The state as text that gives the same state again. */
export function serialize(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (part instanceof Map ? { [MAP]: [...part] } : part));
}

export function deserialize(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) => {
    const entries = typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[MAP] : undefined;
    return Array.isArray(entries) ? new Map(entries as [unknown, unknown][]) : part;
  });
}

/** The state for people to look at: maps as objects, nothing in it that opens anything. */
export function inspectable(state: CloudState): unknown {
  return JSON.parse(
    JSON.stringify(state, (key, part: unknown) => {
      if (isSecret(key)) {
        return HIDDEN;
      }
      return part instanceof Map ? (Object.fromEntries(part) as unknown) : part;
    }),
  ) as unknown;
}

/** The seed too: all secrets follow from it. */
function isSecret(key: string): boolean {
  return ['secret', 'seed'].includes(key) || isSensitive(key) || /password|basic\.auth\.user\.info|jaas/.test(key);
}
