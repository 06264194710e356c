import { type Construct } from 'constructs';
import { type Problems } from './problems';

const WORDS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
]);

/** A context value that is on or off: `new App({ context })`, `CDKTF_CONTEXT_JSON`, or `context` in cdktf.json. */
export class ContextFlag {
  /** What was received; undefined where the context has no such key. */
  public readonly received: unknown;

  constructor(
    scope: Construct,
    private readonly key: string,
  ) {
    this.received = scope.node.tryGetContext(key);
  }

  /** On, off, or undefined where nothing (or nothing that can be understood) was received. */
  public get value(): boolean | undefined {
    return WORDS.get(this.received);
  }

  /** Says what is wrong with the value. */
  public check(problems: Problems): void {
    problems.require(this.received === undefined || this.value !== undefined, {
      property: `context ${this.key}`,
      received: this.received,
      allowed: 'true or false, as a boolean or as a text',
      advice: `Set it as in CDKTF_CONTEXT_JSON='{"${this.key}":true}', or leave it out.`,
    });
  }
}
