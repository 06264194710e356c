/** Polls until the condition holds; fails with the words given when it does not in time. */
export async function until(condition: () => boolean, limitMs: number, otherwise: () => string): Promise<void> {
  const end = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within ${limitMs} ms: ${otherwise()}`);
    await pause(20);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
