import { find, type Pattern } from '../../schema/path';
import { Unknown, type Value, type ValueObject } from '../../schema/value';
import { type Diagnostic } from '../protocol/messages';

/** What a value must be; unknown and null values are never judged. */
export interface Rule {
  readonly allowed: string;
  readonly accepts: (value: Value) => boolean;
}

export function oneOf(...words: readonly string[]): Rule {
  return { allowed: `one of ${words.join(', ')}`, accepts: (value) => words.includes(value as string) };
}

export function matching(pattern: RegExp): Rule {
  return { allowed: `text that matches ${String(pattern)}`, accepts: (value) => pattern.test(value as string) };
}

export const notEmpty: Rule = { allowed: 'a text that is not empty', accepts: (value) => value !== '' };

/** The same rule for several attributes of blocks of one form. */
export function each(patterns: readonly Pattern[], rule: Rule): Record<Pattern, Rule> {
  return Object.fromEntries(patterns.map((pattern) => [pattern, rule]));
}

export function between(least: number, most = Infinity): Rule {
  return {
    allowed: most === Infinity ? `at least ${least}` : `between ${least} and ${most}`,
    accepts: (value) => (value as number) >= least && (value as number) <= most,
  };
}

export function keysOf(...keys: readonly string[]): Rule {
  return {
    allowed: `a map with the keys ${keys.join(', ')}`,
    accepts: (value) => Object.keys(value as ValueObject).every((key) => keys.includes(key)),
  };
}

export function broken(rules: Readonly<Record<Pattern, Rule>>, config: ValueObject): Diagnostic[] {
  return Object.entries(rules).flatMap(([pattern, rule]) =>
    find(config, pattern)
      .filter(({ value }) => value !== null && !Unknown.is(value) && !rule.accepts(value))
      .map(({ path, value }) => ({
        summary: `Invalid value for ${pattern}`,
        detail: `Received ${JSON.stringify(value)}; allowed is ${rule.allowed}.`,
        // Elements of sets cannot be addressed by index: the attribute or block that holds them is near enough.
        path: path.slice(0, 1),
      })),
  );
}

/** What a schema does not say of how a resource is validated and planned: one small table a type. */
export interface ResourcePlanning {
  /** Attributes, and blocks as a whole, that cannot change in place. */
  readonly forceNew?: readonly Pattern[];
  /** More that cannot change in place, depending on how it changes. */
  readonly replacedBy?: (prior: ValueObject, planned: ValueObject) => readonly Pattern[];
  readonly defaults?: Readonly<Record<Pattern, Value>>;
  /** Blocks that the service fills in where the configuration has none. */
  readonly computedBlocks?: readonly string[];
  /** The spelling that the cloud keeps. */
  readonly normalize?: Readonly<Record<Pattern, (value: string) => string>>;
  /** Differences that are none: where this is true, the prior value stays. */
  readonly suppress?: Readonly<Record<Pattern, (before: Value, after: Value) => boolean>>;
  readonly rules?: Readonly<Record<Pattern, Rule>>;
  /** Rules about several attributes at once. */
  readonly check?: (config: ValueObject) => readonly Diagnostic[];
}
