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
  const stack = withoutInternals(recorded.stack);
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

/** Ends where Node itself begins, which is how it came to the author's line: cdktf takes the stack of each token to pieces. */
function withoutInternals(stack: string): string {
  const end = stack.search(/\n.*\(node:internal\//);
  return end === -1 ? stack : stack.slice(0, end);
}
