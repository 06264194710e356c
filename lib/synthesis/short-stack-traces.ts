/** Node's own default. */
const FRAMES = 10;

/**
 * Keeps the stacks that an app records at Node's default length, or at the present one if that is shorter.
 *
 * cdktf records one for every token, and lifts `Error.stackTraceLimit` for it. Under ts-node each frame is then looked
 * up in a source map, which is half the time of a synth; ten frames lead to the line as well. Errors that are thrown
 * keep their stacks: V8 reads the limit of a plain property alone, so what records the stacks is wrapped instead.
 */
export function keepStackTracesShort(): void {
  const frames = Math.min(Error.stackTraceLimit, FRAMES);
  const capture = Error.captureStackTrace.bind(Error);
  Error.captureStackTrace = (target, below) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = Math.min(limit, frames);
    try {
      capture(target, below);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}
