import { Token } from 'cdktf';
import { keepStackTracesShort } from '../../lib/synthesis/stack-traces';

// The set-up of the tests leaves these stacks out.
jest.unmock('cdktf/lib/tokens/private/stack-trace');

const framesOfToken = () => (Token.asAny('value') as unknown as { creationStack: string[] }).creationStack;

/** What is made at the bottom of many calls. */
const fromDeep = <T>(depth: number, make: () => T): T => (depth === 0 ? make() : fromDeep(depth - 1, make));

const framesOf = ({ stack }: Error): string[] => stack!.split('\n').slice(1);

describe('keepStackTracesShort', () => {
  const { captureStackTrace, stackTraceLimit } = Object.getOwnPropertyDescriptors(Error);
  afterEach(() => Object.defineProperties(Error, { captureStackTrace, stackTraceLimit }));

  test('holds what cdktf records of a token to ten frames, and the first of them leads to the line', () => {
    expect(fromDeep(50, framesOfToken).length).toBeGreaterThan(50);
    keepStackTracesShort();
    const frames = fromDeep(50, framesOfToken);
    expect(frames).toHaveLength(10);
    expect(frames.join('\n')).toContain('short-stack-traces.test.ts');
  });

  test('leaves the stacks of errors, and the limit, as they are', () => {
    Error.stackTraceLimit = 40;
    keepStackTracesShort();
    fromDeep(50, framesOfToken);
    expect(Error.stackTraceLimit).toBe(40);
    expect(framesOf(fromDeep(50, () => new Error('thrown')))).toHaveLength(40);
  });

  test('lets a stack be shorter still', () => {
    Error.stackTraceLimit = 3;
    keepStackTracesShort();
    expect(fromDeep(50, framesOfToken)).toHaveLength(3);
  });
});
