import { join } from 'node:path';
import { credentials, loadPackageDefinition, type ServiceClientConstructor } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { fromWire, toWire, UNKNOWN, type Wire } from './wire';

export type Attributes = Record<string, Wire>;

export interface Told {
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: { steps: object[] };
}

/** An object of a state, with the provider's private data. */
export interface Kept {
  readonly attributes: Attributes;
  readonly private?: Uint8Array;
}

export interface Planned {
  readonly attributes: Attributes | null;
  readonly replace: string[];
  readonly private?: Uint8Array;
}

/** What a provider refuses. */
export class Refused extends Error {
  constructor(
    public readonly diagnostics: readonly Told[],
    /** What is in the state all the same. */
    public readonly kept?: Kept,
  ) {
    super(diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join('\n'));
  }
}

interface Block {
  readonly attributes?: { name: string; type: Uint8Array; computed?: boolean }[];
  readonly block_types?: { type_name: string; nesting: string; block: Block }[];
}
type Schemas = Record<string, { version?: number; block: Block }>;
type Response = Record<string, unknown>;

const PROTOCOL = join(__dirname, '../../../data/tfplugin6.proto');

/**
 * Terraform's core as far as a provider sees it: over gRPC, in the order of its calls, with an encoding and a proposal of
 * its own. Real Terraform is in test/e2e; this one says in milliseconds what a provider answers.
 */
export class TerraformCore {
  /** @param reattach the value of TF_REATTACH_PROVIDERS */
  public static async connect(reattach: string, provider: string, config: object = {}): Promise<TerraformCore> {
    const core = TerraformCore.unconfigured(reattach, provider);
    const schema = await core.call('GetProviderSchema', {});
    core.resources = schema.resource_schemas as Schemas;
    core.dataSources = schema.data_source_schemas as Schemas;
    const { block } = schema.provider as { block: Block };
    await core.call('ConfigureProvider', { config: toWire(whole(block, config)) });
    return core;
  }

  /** Before the schema was read and the provider configured. */
  public static unconfigured(reattach: string, provider: string): TerraformCore {
    const { Addr } = (JSON.parse(reattach) as Record<string, { Addr: { String: string } }>)[provider];
    return new TerraformCore(Addr.String);
  }

  private readonly client: InstanceType<ServiceClientConstructor>;
  private resources: Schemas = {};
  private dataSources: Schemas = {};

  private constructor(address: string) {
    const definition = loadSync(PROTOCOL, { keepCase: true, longs: Number, enums: String, arrays: true });
    const { Provider } = loadPackageDefinition(definition).tfplugin6 as Record<string, ServiceClientConstructor>;
    this.client = new Provider(address, credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.use_local_subchannel_pool': 1,
    });
  }

  public close(): void {
    this.client.close();
  }

  /** @throws Refused where the answer has diagnostics */
  public async call(method: string, request: object): Promise<Response> {
    const answer = await new Promise<Response>((resolve, reject) => {
      const send = this.client[method] as (
        this: unknown,
        request: object,
        done: (error: Error | null, answer: Response) => void,
      ) => void;
      send.call(this.client, request, (error, response) => (error ? reject(error) : resolve(response)));
    });
    const diagnostics = (answer.diagnostics ?? []) as Told[];
    if (diagnostics.length > 0) {
      const kept = answer.new_state
        ? { attributes: fromWire(answer.new_state) as Attributes, private: answer.private as Uint8Array }
        : undefined;
      throw new Refused(diagnostics, kept);
    }
    return answer;
  }

  public validate(type: string, config: object): Promise<Response> {
    return this.call('ValidateResourceConfig', { type_name: type, config: toWire(this.config(type, config)) });
  }

  public async plan(type: string, config: object | null, prior?: Kept): Promise<Planned> {
    const answer = await this.call('PlanResourceChange', {
      type_name: type,
      config: toWire(config && this.config(type, config)),
      prior_state: toWire(prior?.attributes ?? null),
      proposed_new_state: toWire(config && proposed(this.blockOf(type), config, prior?.attributes)),
      prior_private: prior?.private,
    });
    const paths = answer.requires_replace as { steps: { attribute_name?: string; element_key_int?: number }[] }[];
    return {
      attributes: fromWire(answer.planned_state as never) as Attributes | null,
      replace: paths.map(({ steps }) => steps.map((step) => step.attribute_name ?? step.element_key_int).join('.')),
      private: answer.planned_private as Uint8Array,
    };
  }

  /** Validates, plans and applies a creation or a change in place. */
  public async apply(type: string, config: object, prior?: Kept): Promise<Kept> {
    await this.validate(type, config);
    const planned = await this.plan(type, config, prior);
    const answer = await this.call('ApplyResourceChange', {
      type_name: type,
      prior_state: toWire(prior?.attributes ?? null),
      planned_state: toWire(planned.attributes),
      config: toWire(this.config(type, config)),
      planned_private: planned.private,
    });
    return { attributes: fromWire(answer.new_state as never) as Attributes, private: answer.private as Uint8Array };
  }

  public async destroy(type: string, prior: Kept): Promise<Wire> {
    const answer = await this.call('ApplyResourceChange', {
      type_name: type,
      prior_state: toWire(prior.attributes),
      planned_state: toWire(null),
      planned_private: prior.private,
    });
    return fromWire(answer.new_state as never);
  }

  /** Null if it is gone. */
  public async read(type: string, { attributes, private: mark }: Kept): Promise<Attributes | null> {
    const answer = await this.call('ReadResource', {
      type_name: type,
      current_state: toWire(attributes),
      private: mark,
    });
    return fromWire(answer.new_state as never) as Attributes | null;
  }

  public async import(type: string, id: string): Promise<Kept> {
    const { imported_resources } = await this.call('ImportResourceState', { type_name: type, id });
    const [{ state, private: mark }] = imported_resources as [{ state: object; private: Uint8Array }];
    return { attributes: fromWire(state) as Attributes, private: mark };
  }

  public async readData(type: string, config: object): Promise<Attributes> {
    const whole_ = toWire(whole(this.dataSources[type].block, config));
    await this.call('ValidateDataResourceConfig', { type_name: type, config: whole_ });
    const { state } = await this.call('ReadDataSource', { type_name: type, config: whole_ });
    return fromWire(state as never) as Attributes;
  }

  private config(type: string, config: object): Attributes {
    return whole(this.blockOf(type), config);
  }

  private blockOf(type: string): Block {
    return this.resources[type].block;
  }
}

/** Every attribute and block of a schema, with what the configuration says of it. */
function whole(block: Block, config: object): Attributes {
  const given = config as Attributes;
  return {
    ...Object.fromEntries((block.attributes ?? []).map(({ name }): [string, Wire] => [name, given[name] ?? null])),
    ...Object.fromEntries(
      (block.block_types ?? []).map(({ type_name, nesting, block: inner }): [string, Wire] => {
        const value = given[type_name];
        if (nesting === 'SINGLE' || nesting === 'GROUP') {
          return [type_name, value === undefined || value === null ? null : whole(inner, value as object)];
        }
        return [
          type_name,
          value === UNKNOWN ? value : ((value ?? []) as object[]).map((element) => whole(inner, element)),
        ];
      }),
    ),
  };
}

/** What the core proposes: the configuration, and the state where that says nothing of what the provider computes. */
function proposed(block: Block, config: object, prior?: Attributes): Attributes {
  const result = whole(block, config);
  for (const { name, computed } of block.attributes ?? []) {
    if (computed && result[name] === null) {
      result[name] = prior?.[name] ?? null;
    }
  }
  for (const { type_name, block: inner } of block.block_types ?? []) {
    const [elements, before] = [result[type_name], prior?.[type_name]];
    if (Array.isArray(elements)) {
      result[type_name] = elements.map((element, index) =>
        proposed(inner, element as object, (Array.isArray(before) ? before[index] : undefined) as Attributes),
      );
    }
  }
  return result;
}

/** What a core was refused. */
export const refusalOf = (work: Promise<unknown>): Promise<Refused> =>
  work.then(
    () => Promise.reject(new Error('nothing was refused')),
    (error: unknown) => error as Refused,
  );

export const summaryOf = async (work: Promise<unknown>): Promise<string> =>
  (await refusalOf(work)).diagnostics[0].summary;
