/** Whether one is shared at present. */
let isShared = false;

type Capture = (this: void, target: { stack?: string }, below?: unknown) => void;

/**
 * Lets every token that cdktf makes meanwhile record the stack of this call, which leads to the line of the stack's author.
 *
 * cdktf records a whole stack for each of some thirty tokens of a resource. Under ts-node each frame of each is looked up in a
 * source map, which is half the time of a synth with many resources. Errors that are thrown keep their own stacks.
 */
export function withOneStackTrace<T>(make: () => T): T {
  if (isShared) {
    return make();
  }
  const errors = Error as unknown as { captureStackTrace: Capture };
  const capture = errors.captureStackTrace;
  const recorded = { stack: '' };
  capture(recorded, withOneStackTrace);
  const { stack } = recorded;
  isShared = true;
  errors.captureStackTrace = (target, below) => {
    if (target instanceof Error) {
      capture(target, below);
    } else {
      target.stack = stack;
    }
  };
  try {
    return make();
  } finally {
    errors.captureStackTrace = capture;
    isShared = false;
  }
}

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
