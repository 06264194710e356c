/** The parts of `terraform providers schema -json` that pruning looks at. */
export interface ProvidersSchema {
  readonly format_version: string;
  readonly provider_schemas: Record<string, ProviderSchema>;
  /** Not printed by Terraform itself; `cdktf get` needs it and pins it. */
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
 * Keeps of a provider schema only what the library uses, in a stable order and without descriptions.
 *
 * @param schema the output of `terraform providers schema -json`, of a configuration that requires the provider
 * @param version the exact provider version; needed unless the schema itself holds `provider_versions`
 * @throws when the provider, its version or one of the used types is missing
 */
export function pruneSchema(schema: ProvidersSchema, version?: string): ProvidersSchema {
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
  return {
    format_version: schema.format_version,
    provider_schemas: {
      [USED.source]: {
        provider: withoutDescriptions(provider.provider),
        resource_schemas: pick('resource', provider.resource_schemas, USED.resources, exact),
        data_source_schemas: pick('data source', provider.data_source_schemas, USED.dataSources, exact),
      },
    },
    provider_versions: { [USED.source]: exact },
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
  return Object.fromEntries(names.map((name) => [name, withoutDescriptions(all![name])]));
}

function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutDescriptions);
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, entry]) => !(key.startsWith('description') && typeof entry === 'string'))
        .map(([key, entry]) => [key, withoutDescriptions(entry)]),
    );
  }
  return value;
}
