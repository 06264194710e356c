import { Token } from 'cdktf';
import { withOneStackTrace } from '../../lib/synthesis/one-stack-trace';
import { recordStacks } from '../setup';

// The set-up of the tests leaves these stacks out.
beforeAll(recordStacks);

const stackOfToken = () => (Token.asAny('value') as unknown as { creationStack: string[] }).creationStack.join('\n');

/** What is made at the bottom of many calls. */
const fromDeep = <T>(depth: number, make: () => T): T => (depth === 0 ? make() : fromDeep(depth - 1, make));

function stackOf(thrower: () => never): string | undefined {
  try {
    return thrower();
  } catch (error) {
    return (error as Error).stack;
  }
}

describe('withOneStackTrace', () => {
  test('gives all tokens the stack of the call, which leads to its line', () => {
    const [one, other] = withOneStackTrace(() => [stackOfToken(), fromDeep(20, stackOfToken)]);
    expect(one).toBe(other);
    expect(one.split('\n')[0]).toContain('one-stack-trace.test.ts');
    expect(one).not.toContain('fromDeep');
  });

  test('gives no calls of Node itself, nor what is before them', async () => {
    const [one, shared] = await new Promise<string[]>((resolve) =>
      setImmediate(() => resolve([stackOfToken(), withOneStackTrace(stackOfToken)])),
    );
    expect(one).toContain('node:internal');
    expect(shared).toContain('one-stack-trace.test.ts');
    expect(shared).not.toContain('node:internal');
  });

  test('shares the outer stack where calls are nested', () => {
    const outer = withOneStackTrace(() => [stackOfToken(), fromDeep(5, () => withOneStackTrace(stackOfToken))]);
    expect(outer[1]).toBe(outer[0]);
  });

  test('leaves the stack to who prepares it in a way of its own', () => {
    const prepared = Error as unknown as { prepareStackTrace?: unknown };
    const { prepareStackTrace } = prepared;
    const callers = withOneStackTrace(() => {
      prepared.prepareStackTrace = (_: unknown, calls: NodeJS.CallSite[]) => calls;
      const target: { stack?: NodeJS.CallSite[] } = {};
      fromDeep(3, () => Error.captureStackTrace(target));
      const { stack } = target;
      prepared.prepareStackTrace = prepareStackTrace;
      return stack?.map((call) => call.getFunctionName());
    });
    expect(callers?.filter((name) => name === 'fromDeep')).toHaveLength(4);
  });

  test('leaves the stacks of errors as they are, and ends with what it was given', () => {
    const errors = Error as unknown as { readonly captureStackTrace: unknown };
    const { captureStackTrace } = errors;
    const thrown = () =>
      withOneStackTrace(() =>
        fromDeep(3, () => {
          const error = new Error('thrown');
          Error.captureStackTrace(error);
          throw error;
        }),
      );
    expect(thrown).toThrow('thrown');
    expect(errors.captureStackTrace).toBe(captureStackTrace);
    expect(stackOf(thrown)).toContain('fromDeep');
    expect(fromDeep(20, stackOfToken)).toContain('fromDeep');
  });
});
