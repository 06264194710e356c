/** Node's own default. */
const FRAMES = 10;

/**
 * Keeps the stacks that an app records at Node's default length.
 *
 * cdktf records one for every token, and lifts the limit for it. Under ts-node each frame is then looked up in a source
 * map, which is half the time of a synth; ten frames lead to the line as well.
 */
export function keepStackTracesShort(): void {
  let limit = Math.min(Error.stackTraceLimit, FRAMES);
  Object.defineProperty(Error, 'stackTraceLimit', {
    configurable: true,
    enumerable: true,
    get: () => limit,
    set: (wanted: number) => {
      limit = Math.min(wanted, FRAMES);
    },
  });
}
