import { type Cloud, idOf } from './cloud/cloud';
import { type ProviderBehaviour, type ResourceBehaviour } from './planning/behaviour';
import { plan, type Plan, settle } from './planning/plan';
import { broken } from './planning/rules';
import { type Diagnostic, diagnosticOf, ProviderError } from './protocol/diagnostics';
import { conform } from './schema/conform';
import { type ProviderSchema, type TypeSchema } from './schema/schema';
import { isKnown, type ValueObject } from './schema/value';

export interface Applied {
  readonly state: ValueObject | null;
  readonly error?: Diagnostic;
}

/** One provider: a schema, the behaviour that the schema leaves open, and the cloud that it manages. */
export class Provider {
  public constructor(
    public readonly schema: ProviderSchema,
    private readonly behaviour: ProviderBehaviour,
    private readonly cloud: Cloud,
  ) {}

  public configure(config: ValueObject): readonly Diagnostic[] {
    return this.behaviour.configure?.(config) ?? [];
  }

  public validateResource(type: string, config: ValueObject): readonly Diagnostic[] {
    const { rules = {}, check } = this.behaviourOf(type);
    return [...broken(rules, config), ...(check?.(config) ?? [])];
  }

  public validateDataSource(type: string, config: ValueObject): readonly Diagnostic[] {
    return broken(this.behaviour.dataSources[type]?.rules ?? {}, config);
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

  public read(type: string, state: ValueObject): ValueObject | null {
    const id = idOf(state);
    this.cloud.log.push({ operation: 'read', type, id });
    const object = this.cloud.get(type, id);
    // A cloud that was started after the state was written believes the state.
    return object === undefined ? state : object && conform(this.resourceSchema(type).block, object);
  }

  public plan(type: string, prior: ValueObject | null, proposed: ValueObject | null): Plan {
    return plan(this.resourceSchema(type).block, this.behaviourOf(type), prior, proposed);
  }

  public apply(type: string, prior: ValueObject | null, planned: ValueObject | null): Applied {
    if (planned === null) {
      this.log('delete', type, prior!);
      this.cloud.delete(type, idOf(prior));
      return { state: null };
    }
    const behaviour = this.behaviourOf(type);
    const answer = prior ?? behaviour.create(planned, this.cloud);
    const state = conform(this.resourceSchema(type).block, settle(planned, answer) as ValueObject);
    this.log(prior ? 'update' : 'create', type, state);
    this.cloud.put(type, idOf(state), state);
    try {
      if (!prior) {
        behaviour.created?.(state, this.cloud);
      }
      return { state: conform(this.resourceSchema(type).block, this.cloud.get(type, idOf(state))!) };
    } catch (error) {
      return { state, error: diagnosticOf(error) };
    }
  }

  public import(type: string, id: string): ValueObject {
    const object = this.cloud.get(type, id);
    if (!object) {
      throw new ProviderError(`Cannot import ${type}`, `The cloud has no object with id ${JSON.stringify(id)}.`);
    }
    this.log('import', type, object);
    return conform(this.resourceSchema(type).block, object);
  }

  public readDataSource(type: string, config: ValueObject): ValueObject {
    const schema = this.schema.data_source_schemas?.[type];
    const behaviour = this.behaviour.dataSources[type];
    if (!schema || !behaviour) {
      throw new ProviderError(`Data source ${type} is not imitated`);
    }
    if (!isKnown(config)) {
      throw new ProviderError(`Data source ${type} was read with values that are not known yet`);
    }
    return conform(schema.block, { ...config, ...behaviour.read(config, this.cloud) });
  }

  public resourceSchema(type: string): TypeSchema {
    const schema = this.schema.resource_schemas?.[type];
    if (!schema) {
      throw new ProviderError(`Resource type ${type} is not in the schema of this test provider`);
    }
    return schema;
  }

  private behaviourOf(type: string): ResourceBehaviour {
    const behaviour = this.behaviour.resources[type];
    if (!behaviour) {
      throw new ProviderError(`Resource type ${type} is in the schema, but not imitated`);
    }
    return behaviour;
  }

  private log(operation: 'create' | 'update' | 'delete' | 'import', type: string, object: ValueObject): void {
    this.cloud.log.push({ operation, type, id: idOf(object) });
  }
}
