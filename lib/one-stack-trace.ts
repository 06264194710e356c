/** Whether one is shared at present. */
let isShared = false;

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
  const capture = Error.captureStackTrace;
  const recorded = { stack: '' };
  capture.call(Error, recorded, withOneStackTrace);
  const { stack } = recorded;
  isShared = true;
  Error.captureStackTrace = (target: { stack?: string }, below?) => {
    if (target instanceof Error) {
      capture.call(Error, target, below);
    } else {
      target.stack = stack;
    }
  };
  try {
    return make();
  } finally {
    Error.captureStackTrace = capture;
    isShared = false;
  }
}
