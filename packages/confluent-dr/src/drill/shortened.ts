/** More entries of a list than this hide what matters, and make a journal that nobody opens. */
const MOST_ENTRIES = 20;

/** The same document with the beginnings of its long lists, each of which says how many more there were. */
export function shortened(document: unknown): unknown {
  if (Array.isArray(document)) {
    const shown = document.slice(0, MOST_ENTRIES).map(shortened);
    const more = document.length - shown.length;
    return more > 0 ? [...shown, `… and ${more} more`] : shown;
  }
  if (typeof document !== 'object' || document === null) {
    return document;
  }
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, shortened(value)]));
}
