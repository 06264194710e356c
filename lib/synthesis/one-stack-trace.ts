/** Whether one is shared at present. */
let isShared = false;

type Capture = (this: void, target: { stack?: unknown }, below?: unknown) => void;

/** What V8 lets one say of the stacks of errors. */
interface Stacks {
  captureStackTrace: Capture;
  prepareStackTrace?: (this: void, error: unknown, calls: NodeJS.CallSite[]) => unknown;
  stackTraceLimit: number;
}

const stacks = Error as unknown as Stacks;

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
  const { captureStackTrace: capture, prepareStackTrace } = stacks;
  const stack = stackOfAuthor();
  isShared = true;
  stacks.captureStackTrace = (target, below) => {
    // Who prepares stacks in another way wants its own, such as packages that look for their caller.
    if (target instanceof Error || stacks.prepareStackTrace !== prepareStackTrace) {
      capture(target, below);
    } else {
      target.stack = stack;
    }
  };
  try {
    return make();
  } finally {
    stacks.captureStackTrace = capture;
    isShared = false;
  }
}

/** The calls that led here. Where they came from Node itself, the frames from there on are left out, and not looked up. */
function stackOfAuthor(): string {
  const { captureStackTrace, prepareStackTrace, stackTraceLimit } = stacks;
  const recorded: { stack?: unknown } = {};
  try {
    stacks.prepareStackTrace = (_, calls) => calls.findIndex(isOfNode);
    captureStackTrace(recorded, withOneStackTrace);
    const found = Number(recorded.stack);
    Object.assign(stacks, { prepareStackTrace, stackTraceLimit: found >= 0 ? found : stackTraceLimit });
    captureStackTrace(recorded, withOneStackTrace);
    return String(recorded.stack);
  } finally {
    Object.assign(stacks, { prepareStackTrace, stackTraceLimit });
  }
}

const isOfNode = (call: NodeJS.CallSite): boolean => call.getFileName()?.startsWith('node:internal/') ?? false;
