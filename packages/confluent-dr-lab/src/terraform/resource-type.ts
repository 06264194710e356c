import { type Pattern } from '../schema/path';
import { type ValueObject } from '../schema/value';
import { type ResourcePlanning, type Rule } from './planning/rules';
import { ProviderError } from './protocol/messages';

export type Stored = ValueObject & { readonly id: string };

/**
 * How one resource type lives. Each step gives what the cloud says afterwards; of that, only what the schema knows is
 * kept, and what is missing is null.
 *
 * @typeParam S what a configured provider works with
 */
export interface ResourceType<S> {
  readonly planning: ResourcePlanning;
  /** @throws `Unfinished` where the object exists but does not work: Terraform calls it tainted */
  create(planned: ValueObject, session: S): Promise<Stored>;
  /** Null if it is gone. */
  read(state: ValueObject, session: S): Promise<ValueObject | null>;
  update(prior: ValueObject, planned: ValueObject, session: S): Promise<ValueObject>;
  delete(state: ValueObject, session: S): Promise<void>;
  /** Null if there is no such object. */
  import?(id: string, session: S): Promise<ValueObject | null>;
}

export interface DataSourceType<S> {
  readonly rules?: Readonly<Record<Pattern, Rule>>;
  read(config: ValueObject, session: S): Promise<ValueObject>;
}

export interface ProviderDefinition<S> {
  /** As in `required_providers`, with the registry before it. */
  readonly source: string;
  /** The file in `data/` with the published schema. */
  readonly schemaFile: string;
  readonly resources: Readonly<Record<string, ResourceType<S>>>;
  readonly dataSources: Readonly<Record<string, DataSourceType<S>>>;
  /** @throws ProviderError if the configuration cannot be used */
  configure(config: ValueObject): S;
}

/** An operation that failed and left something behind, which belongs in the state. */
export class Unfinished extends ProviderError {
  constructor(
    public readonly state: ValueObject,
    summary: string,
    detail = '',
  ) {
    super(summary, detail);
  }
}
