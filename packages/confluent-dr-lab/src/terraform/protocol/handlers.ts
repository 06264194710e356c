import { isObject, type Value, type ValueObject } from '../../schema/value';
import { type Applied, type Provider } from '../provider';
import {
  decode,
  type Diagnostic,
  diagnosticMessage,
  diagnosticOf,
  type DynamicValue,
  encode,
  pathMessage,
  ProviderError,
  schemaMessage,
  schemaMessages,
} from './messages';
import { Sessions, type Stamp } from './sessions';

/** Requests of all kinds have these fields or some of them. */
export interface Request {
  readonly type_name: string;
  readonly config?: DynamicValue;
  readonly version?: number;
  readonly raw_state?: DynamicValue;
  readonly current_state?: DynamicValue;
  readonly prior_state?: DynamicValue;
  readonly proposed_new_state?: DynamicValue;
  readonly planned_state?: DynamicValue;
  readonly private?: Uint8Array;
  readonly prior_private?: Uint8Array;
  readonly planned_private?: Uint8Array;
  readonly id?: string;
  readonly source_type_name?: string;
  readonly target_type_name?: string;
}

/** @param peer tells the connections of Terraform's processes apart */
export type Handler = (request: Request, peer: string) => object | Promise<object>;

/** The protocol's calls: decode, let the provider do it, encode. */
export function handlersOf<S>(provider: Provider<S>, stamp: Stamp): Record<string, Handler> {
  const sessions = new Sessions<S>();
  return {
    ...schemaHandlers(provider),
    ConfigureProvider: ({ config }, peer) => {
      sessions.open(peer, provider.configure(object(config)));
      return {};
    },
    ReadResource: async ({ type_name, current_state, private: mark }, peer) => {
      stamp.check(type_name, mark);
      const state = await provider.read(type_name, object(current_state), sessions.of(peer));
      return { new_state: encode(state), private: mark };
    },
    PlanResourceChange: (request) => {
      const prior = objectOrNull(request.prior_state);
      if (prior) {
        stamp.check(request.type_name, request.prior_private);
      }
      const { planned, requiresReplace } = provider.plan(
        request.type_name,
        prior,
        objectOrNull(request.proposed_new_state),
      );
      return {
        planned_state: encode(planned),
        requires_replace: requiresReplace.map(pathMessage),
        planned_private: stamp.private,
        // As every provider of the older SDK, which the imitated ones are: defaults may fill what is not computed.
        legacy_type_system: true,
      };
    },
    ApplyResourceChange: async (request, peer) => {
      const prior = objectOrNull(request.prior_state);
      const planned = objectOrNull(request.planned_state);
      const apply = async (): Promise<Applied> => provider.apply(request.type_name, prior, planned, sessions.of(peer));
      // What failed is still as it was, and still of this lab.
      const { state, error } = await apply().catch((thrown: unknown) => ({
        state: prior,
        error: diagnosticOf(thrown),
      }));
      return {
        new_state: encode(state),
        private: stamp.private,
        legacy_type_system: true,
        ...withDiagnostics(error ? [error] : []),
      };
    },
    ImportResourceState: async ({ type_name, id }, peer) => {
      const state = await provider.import(type_name, id ?? '', sessions.of(peer));
      return { imported_resources: [{ type_name, state: encode(state), private: stamp.private }] };
    },
    MoveResourceState: ({ source_type_name, target_type_name }) => {
      throw new ProviderError(
        'Move Resource State Not Supported',
        `The "${target_type_name}" resource type does not support moving resource state across resource types ` +
          `(here from "${source_type_name}").`,
      );
    },
    ReadDataSource: async ({ type_name, config }, peer) => ({
      state: encode(await provider.readDataSource(type_name, object(config), sessions.of(peer))),
    }),
    StopProvider: () => ({}),
  };
}

/** What Terraform asks before it configures the provider. */
function schemaHandlers<S>(provider: Provider<S>): Record<string, Handler> {
  let schema: object | undefined;
  return {
    GetProviderSchema: () => (schema ??= providerSchemaMessage(provider)),
    GetFunctions: () => ({}),
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: ({ type_name, config }) =>
      withDiagnostics(provider.validateResource(type_name, object(config))),
    ValidateDataResourceConfig: ({ type_name, config }) =>
      withDiagnostics(provider.validateDataSource(type_name, object(config))),
    UpgradeResourceState: ({ type_name, version, raw_state }) => ({
      upgraded_state: encode(provider.upgrade(type_name, Number(version ?? 0), object(raw_state))),
    }),
  };
}

function providerSchemaMessage<S>({ schema }: Provider<S>): object {
  return {
    provider: schemaMessage(schema.provider),
    resource_schemas: schemaMessages(schema.resource_schemas),
    data_source_schemas: schemaMessages(schema.data_source_schemas),
    server_capabilities: {
      // One of Terraform's processes asks for it once, and not for each use of the provider; as with the imitated ones.
      get_provider_schema_optional: true,
      // Terraform then asks, and is refused in the words of the older SDK.
      move_resource_state: true,
    },
  };
}

/** An answer whatever happens: what a handler throws becomes a diagnostic. */
export async function answer(handler: Handler, request: Request, peer: string): Promise<object> {
  try {
    return await handler(request, peer);
  } catch (error) {
    return withDiagnostics([diagnosticOf(error)]);
  }
}

function withDiagnostics(diagnostics: readonly Diagnostic[]): { diagnostics: object[] } {
  return { diagnostics: diagnostics.map(diagnosticMessage) };
}

function objectOrNull(value: DynamicValue | undefined): ValueObject | null {
  const decoded: Value = decode(value);
  return isObject(decoded) ? decoded : null;
}

function object(value: DynamicValue | undefined): ValueObject {
  return objectOrNull(value) ?? {};
}
