import { conform } from '../schema/conform';
import { type ProviderSchema, type TypeSchema } from '../schema/schema';
import { isKnown, knownPart, type ValueObject } from '../schema/value';
import { type Operations } from './operations';
import { plan, type Plan } from './planning/plan';
import { broken } from './planning/rules';
import { type Diagnostic, diagnosticOf, ProviderError } from './protocol/messages';
import { type DataSourceType, type ProviderDefinition, type ResourceType, Unfinished } from './resource-type';

export interface Applied {
  readonly state: ValueObject | null;
  readonly error?: Diagnostic;
}

/** One provider: a published schema, and what the types do that the schema names. */
export class Provider<S> {
  constructor(
    public readonly schema: ProviderSchema,
    private readonly definition: ProviderDefinition<S>,
    private readonly operations: Operations,
  ) {}

  public configure(config: ValueObject): S {
    return this.definition.configure(config);
  }

  public validateResource(type: string, config: ValueObject): readonly Diagnostic[] {
    const { rules = {}, check } = this.resource(type).planning;
    return [...broken(rules, config), ...(check?.(config) ?? [])];
  }

  public validateDataSource(type: string, config: ValueObject): readonly Diagnostic[] {
    return broken(this.dataSource(type).rules ?? {}, config);
  }

  public upgrade(type: string, version: number, state: ValueObject): ValueObject {
    const { version: current, block } = this.resourceSchema(type);
    if (version > current) {
      throw new ProviderError(
        `State of ${type} is too new`,
        `Received version ${version}; this provider's schema has version ${current}.`,
      );
    }
    return conform(block, state);
  }

  public async read(type: string, state: ValueObject, session: S): Promise<ValueObject | null> {
    this.note('read', type, state);
    const found = await this.resource(type).read(state, session);
    return found && conform(this.resourceSchema(type).block, found);
  }

  public plan(type: string, prior: ValueObject | null, proposed: ValueObject | null): Plan {
    return plan(this.resourceSchema(type).block, this.resource(type).planning, prior, proposed);
  }

  public async apply(
    type: string,
    prior: ValueObject | null,
    planned: ValueObject | null,
    session: S,
  ): Promise<Applied> {
    const resource = this.resource(type);
    if (planned === null) {
      this.note('delete', type, prior!);
      await resource.delete(prior!, session);
      return { state: null };
    }
    const { block } = this.resourceSchema(type);
    const whole = (answer: ValueObject): ValueObject => conform(block, knownPart(answer));
    try {
      if (prior) {
        this.note('update', type, prior);
        return { state: whole(await resource.update(prior, planned, session)) };
      }
      const created = await resource.create(planned, session);
      this.note('create', type, created);
      return { state: whole(created) };
    } catch (error) {
      if (error instanceof Unfinished) {
        if (!prior) {
          this.note('create', type, error.state);
        }
        return { state: whole(error.state), error: diagnosticOf(error) };
      }
      throw error;
    }
  }

  public async import(type: string, id: string, session: S): Promise<ValueObject> {
    const found = await this.resource(type).import?.(id, session);
    if (!found) {
      throw new ProviderError(
        `Cannot import ${type}`,
        found === null
          ? `There is no object with id ${JSON.stringify(id)}.`
          : 'The lab does not import objects of this type.',
      );
    }
    this.note('import', type, found);
    return conform(this.resourceSchema(type).block, found);
  }

  public async readDataSource(type: string, config: ValueObject, session: S): Promise<ValueObject> {
    const schema = this.schema.data_source_schemas?.[type];
    const dataSource = this.dataSource(type);
    if (!isKnown(config)) {
      throw new ProviderError(`Data source ${type} was read with values that are not known yet`);
    }
    return conform(schema!.block, { ...config, ...(await dataSource.read(config, session)) });
  }

  private resourceSchema(type: string): TypeSchema {
    const schema = this.schema.resource_schemas?.[type];
    if (!schema) {
      throw new ProviderError(`Resource type ${type} is not in the schema of this provider`);
    }
    return schema;
  }

  private resource(type: string): ResourceType<S> {
    const resource = this.definition.resources[type];
    if (!resource) {
      throw new ProviderError(
        `The lab does not imitate ${type}`,
        `Allowed are ${Object.keys(this.definition.resources).join(', ')}.`,
      );
    }
    return resource;
  }

  private dataSource(type: string): DataSourceType<S> {
    const dataSource = this.definition.dataSources[type];
    if (!dataSource) {
      throw new ProviderError(
        `The lab does not imitate the data source ${type}`,
        `Allowed are ${Object.keys(this.definition.dataSources).join(', ') || 'none of this provider'}.`,
      );
    }
    return dataSource;
  }

  private note(operation: 'create' | 'read' | 'update' | 'delete' | 'import', type: string, object: ValueObject): void {
    this.operations.add({ operation, type, id: typeof object.id === 'string' ? object.id : '' });
  }
}
