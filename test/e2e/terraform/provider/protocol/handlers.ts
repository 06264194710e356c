import { type Provider } from '../provider';
import { isObject, type Value, type ValueObject } from '../schema/value';
import { type Diagnostic, diagnosticMessage, diagnosticOf, pathMessage, ProviderError } from './diagnostics';
import { decode, type DynamicValue, encode } from './dynamic-value';
import { schemaMessage, schemaMessages } from './schema-message';

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

export type Handler = (request: Request) => object;

/** The protocol's calls: decode, let the provider do it, encode. */
export function handlersOf(provider: Provider): Record<string, Handler> {
  return {
    GetProviderSchema: () => ({
      provider: schemaMessage(provider.schema.provider),
      resource_schemas: schemaMessages(provider.schema.resource_schemas),
      data_source_schemas: schemaMessages(provider.schema.data_source_schemas),
      // Terraform then asks, and is refused in the words of the older SDK.
      server_capabilities: { move_resource_state: true },
    }),
    ValidateProviderConfig: () => ({}),
    ConfigureProvider: ({ config }) => told(provider.configure(object(config))),
    ValidateResourceConfig: ({ type_name, config }) => told(provider.validateResource(type_name, object(config))),
    ValidateDataResourceConfig: ({ type_name, config }) => told(provider.validateDataSource(type_name, object(config))),
    UpgradeResourceState: ({ type_name, version, raw_state }) => ({
      upgraded_state: encode(provider.upgrade(type_name, Number(version ?? 0), object(raw_state))),
    }),
    ReadResource: (request) => ({
      new_state: encode(provider.read(request.type_name, object(request.current_state))),
      private: request.private,
    }),
    PlanResourceChange: (request) => {
      const prior = objectOrNull(request.prior_state);
      const proposed = objectOrNull(request.proposed_new_state);
      const { planned, requiresReplace } = provider.plan(request.type_name, prior, proposed);
      return {
        planned_state: encode(planned),
        requires_replace: requiresReplace.map(pathMessage),
        planned_private: request.prior_private,
        // As every provider of the older SDK, which both imitated ones are: defaults may fill what is not computed.
        legacy_type_system: true,
      };
    },
    ApplyResourceChange: (request) => {
      const prior = objectOrNull(request.prior_state);
      const { state, error } = provider.apply(request.type_name, prior, objectOrNull(request.planned_state));
      return {
        new_state: encode(state),
        private: request.planned_private,
        legacy_type_system: true,
        ...told(error ? [error] : []),
      };
    },
    ImportResourceState: ({ type_name, id }) => ({
      imported_resources: [{ type_name, state: encode(provider.import(type_name, id ?? '')) }],
    }),
    MoveResourceState: ({ source_type_name, target_type_name }) => {
      throw new ProviderError(
        'Move Resource State Not Supported',
        `The "${target_type_name}" resource type does not support moving resource state across resource types ` +
          `(here from "${source_type_name}").`,
      );
    },
    ReadDataSource: ({ type_name, config }) => ({
      state: encode(provider.readDataSource(type_name, object(config))),
    }),
    GetFunctions: () => ({}),
    StopProvider: () => ({}),
  };
}

/** An answer whatever happens: what a handler throws becomes a diagnostic. */
export function answer(handler: Handler, request: Request): object {
  try {
    return handler(request);
  } catch (error) {
    // Terraform decodes the state of an apply before it looks at diagnostics: the prior one is still true.
    const prior = request.planned_state && { new_state: request.prior_state, legacy_type_system: true };
    return { ...prior, ...told([diagnosticOf(error)]) };
  }
}

function told(diagnostics: readonly Diagnostic[]): { diagnostics: object[] } {
  return { diagnostics: diagnostics.map(diagnosticMessage) };
}

function objectOrNull(value: DynamicValue | undefined): ValueObject | null {
  const decoded: Value = decode(value);
  return isObject(decoded) ? decoded : null;
}

function object(value: DynamicValue | undefined): ValueObject {
  return objectOrNull(value) ?? {};
}
