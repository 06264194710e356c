/** The known name that was probably meant; undefined where none is near. Case and separators make no difference. */
export function nearestName(received: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const wanted = plain(received);
  const [best] = known
    .map((name) => ({ name, distance: editDistance(wanted, plain(name)) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(wanted.length / 4)) ? best.name : undefined;
}

/** `Did you mean 'cleanup.policy'? ` or nothing. */
export function didYouMean(received: unknown, known: readonly string[]): string {
  const name = typeof received === 'string' ? nearestName(received, known) : undefined;
  return name === undefined ? '' : `Did you mean '${name}'? `;
}

/** How many letters must be put in, taken out or exchanged to make one text of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
