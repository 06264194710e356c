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
    await Promise.resolve();
    expect(stackOfToken()).toContain('node:internal');
    const stack = withOneStackTrace(stackOfToken);
    expect(stack).toContain('one-stack-trace.test.ts');
    expect(stack).not.toContain('node:internal');
  });

  test('shares the outer stack where calls are nested', () => {
    const outer = withOneStackTrace(() => [stackOfToken(), fromDeep(5, () => withOneStackTrace(stackOfToken))]);
    expect(outer[1]).toBe(outer[0]);
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
