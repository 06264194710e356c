import { type Diagnostic } from '../protocol/diagnostics';
import { type Pattern } from '../schema/path';
import { type Value, type ValueObject } from '../schema/value';
import { type Rule } from './rules';

/** What a schema does not say of how a resource is validated and planned: one small table a type. */
export interface ResourcePlanning {
  /** Attributes, and blocks as a whole, that cannot change in place. */
  readonly forceNew?: readonly Pattern[];
  /** More that cannot change in place, depending on how it changes. */
  readonly replacedBy?: (prior: ValueObject, planned: ValueObject) => readonly Pattern[];
  readonly defaults?: Readonly<Record<Pattern, Value>>;
  /** The spelling that the cloud keeps. */
  readonly normalize?: Readonly<Record<Pattern, (value: string) => string>>;
  /** Differences that are none: where this is true, the prior value stays. */
  readonly suppress?: Readonly<Record<Pattern, (before: Value, after: Value) => boolean>>;
  readonly rules?: Readonly<Record<Pattern, Rule>>;
  /** Rules about several attributes at once. */
  readonly check?: (config: ValueObject) => readonly Diagnostic[];
}
