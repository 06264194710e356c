import { type Cloud } from '../cloud/cloud';
import { type Diagnostic } from '../protocol/diagnostics';
import { type Pattern } from '../schema/path';
import { type Value, type ValueObject } from '../schema/value';
import { type Rule } from './rules';

/** What a schema does not say of a resource type: one small table for each. */
export interface ResourceBehaviour {
  /** Attributes, and blocks as a whole, that cannot change in place. */
  readonly forceNew?: readonly Pattern[];
  /** More that cannot change in place, depending on how it changes. */
  readonly replacedBy?: (prior: ValueObject, planned: ValueObject) => readonly Pattern[];
  readonly defaults?: Readonly<Record<Pattern, Value>>;
  /** The spelling that the cloud keeps. */
  readonly normalize?: Readonly<Record<Pattern, (value: string) => string>>;
  readonly rules?: Readonly<Record<Pattern, Rule>>;
  /** Rules about several attributes at once. */
  readonly check?: (config: ValueObject) => readonly Diagnostic[];
  /** The computed attributes of a new object; others become null. It must give an id. */
  readonly create: (planned: ValueObject, cloud: Cloud) => ValueObject & { readonly id: string };
  /** Runs after the object exists; what it throws leaves the resource tainted, as in the real provider. */
  readonly created?: (object: ValueObject, cloud: Cloud) => void;
}

export interface DataSourceBehaviour {
  readonly rules?: Readonly<Record<Pattern, Rule>>;
  readonly read: (config: ValueObject, cloud: Cloud) => ValueObject;
}

export interface ProviderBehaviour {
  readonly resources: Readonly<Record<string, ResourceBehaviour>>;
  readonly dataSources: Readonly<Record<string, DataSourceBehaviour>>;
  /** Refuses a provider configuration, once it is known. */
  readonly configure?: (config: ValueObject) => readonly Diagnostic[];
}
