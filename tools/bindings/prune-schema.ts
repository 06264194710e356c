import { inTerraformsOrder } from './schema-order';

/** The parts of `terraform providers schema -json` that pruning looks at. */
export interface ProvidersSchema {
  readonly format_version: string;
  readonly provider_schemas: Record<string, ProviderSchema>;
  /** Not printed by Terraform itself; the generator needs it and pins it. */
  readonly provider_versions?: Record<string, string>;
}

export interface ProviderSchema {
  readonly provider: unknown;
  readonly resource_schemas?: Record<string, unknown>;
  readonly data_source_schemas?: Record<string, unknown>;
}

/** What the library uses of the Confluent provider: everything else is left out of the bindings. */
export const USED = {
  source: 'registry.terraform.io/confluentinc/confluent',
  resources: [
    'confluent_api_key',
    'confluent_cluster_link',
    'confluent_kafka_acl',
    'confluent_kafka_cluster',
    'confluent_kafka_mirror_topic',
    'confluent_kafka_topic',
    'confluent_network',
    'confluent_peering',
    'confluent_private_link_access',
    'confluent_private_link_attachment',
    'confluent_private_link_attachment_connection',
    'confluent_role_binding',
    'confluent_schema_exporter',
  ],
  dataSources: [
    'confluent_environment',
    'confluent_kafka_cluster',
    'confluent_schema_registry_cluster',
    'confluent_service_account',
  ],
} as const;

/**
 * Keeps of a provider schema only what the library uses, in the order of Terraform and without descriptions.
 *
 * @param schema the output of `terraform providers schema -json`, of a configuration that requires the provider
 * @param version the exact provider version; needed unless the schema itself holds `provider_versions`
 * @throws when the provider, its version or one of the used types is missing
 */
export function pruneSchema(schema: ProvidersSchema, version?: string): ProvidersSchema {
  const { provider, exact } = ofConfluent(schema, version);
  return schemaOf(schema, exact, {
    provider: provider.provider,
    resource_schemas: pick('resource', provider.resource_schemas, USED.resources, exact),
    data_source_schemas: pick('data source', provider.data_source_schemas, USED.dataSources, exact),
  });
}

/**
 * Keeps all types of the Confluent provider, in the order of Terraform and without descriptions: what the lab's
 * provider presents itself with.
 *
 * @throws like `pruneSchema`, except that no type has to be there
 */
export function wholeSchema(schema: ProvidersSchema, version?: string): ProvidersSchema {
  const { provider, exact } = ofConfluent(schema, version);
  return schemaOf(schema, exact, {
    provider: provider.provider,
    resource_schemas: provider.resource_schemas ?? {},
    data_source_schemas: provider.data_source_schemas ?? {},
  });
}

function ofConfluent(schema: ProvidersSchema, version?: string): { provider: ProviderSchema; exact: string } {
  const provider = schema.provider_schemas?.[USED.source];
  if (!provider) {
    const found = Object.keys(schema.provider_schemas ?? {}).join(', ') || 'no provider';
    throw new Error(
      `The schema holds ${found}, but not ${USED.source}. ` +
        'Run `terraform providers schema -json` in a folder whose configuration requires confluentinc/confluent.',
    );
  }
  const exact = version ?? schema.provider_versions?.[USED.source];
  if (!exact || !/^\d+\.\d+\.\d+$/.test(exact)) {
    throw new Error(
      `Received provider version ${JSON.stringify(exact)}; allowed is an exact version such as 2.83.0. ` +
        'Terraform does not print it in the schema: pass it with --provider-version.',
    );
  }
  return { provider, exact };
}

function schemaOf({ format_version }: ProvidersSchema, version: string, provider: ProviderSchema): ProvidersSchema {
  return {
    format_version,
    provider_schemas: { [USED.source]: inTerraformsOrder(provider) as ProviderSchema },
    provider_versions: { [USED.source]: version },
  };
}

function pick(
  what: string,
  all: Record<string, unknown> | undefined,
  names: readonly string[],
  version: string,
): Record<string, unknown> {
  const missing = names.filter((name) => !all?.[name]);
  if (missing.length > 0) {
    throw new Error(`Provider version ${version} has no ${what} ${missing.join(', ')}, which the library uses.`);
  }
  return Object.fromEntries(names.map((name) => [name, all![name]]));
}
