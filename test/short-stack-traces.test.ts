import { Token } from 'cdktf';
import { keepStackTracesShort } from '../lib/short-stack-traces';

const framesOfToken = () => (Token.asAny('value') as unknown as { creationStack: string[] }).creationStack.length;

/** A token made at the bottom of many calls. */
const framesFromDeep = (depth: number): number => (depth === 0 ? framesOfToken() : framesFromDeep(depth - 1));

describe('keepStackTracesShort', () => {
  const original = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')!;
  afterEach(() => Object.defineProperty(Error, 'stackTraceLimit', original));

  test('holds what cdktf records of a token to ten frames', () => {
    expect(framesFromDeep(50)).toBeGreaterThan(50);
    keepStackTracesShort();
    expect(framesFromDeep(50)).toBeLessThanOrEqual(10);
  });

  test('lets a stack be shorter still', () => {
    keepStackTracesShort();
    Error.stackTraceLimit = 3;
    expect(Error.stackTraceLimit).toBe(3);
  });
});
