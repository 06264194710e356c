const output = (value: unknown, sensitive = true) => ({ sensitive, type: 'dynamic', value });

/** Of the Terraform configuration that the default app replaces, as `terraform output -json` prints them. */
export const ORIGINAL_OUTPUTS = {
  primary_cluster: output({
    region: 'westeurope',
    bootstrap_endpoint: 'SASL_SSL://pkc-11111.westeurope.azure.confluent.cloud:9092',
    cluster_id: 'lkc-aaaaa',
    cluster_api_key: 'KEYPRIMARY',
    cluster_api_secret: 'secret-of-primary',
    topic: 'active-passive-a',
  }),
  secondary_cluster: output({
    region: 'northeurope',
    bootstrap_endpoint: 'SASL_SSL://pkc-22222.northeurope.azure.confluent.cloud:9092',
    cluster_id: 'lkc-bbbbb',
    cluster_api_key: 'KEYSECONDARY',
    cluster_api_secret: 'secret-of-secondary',
  }),
  proxy_public_ip: output('203.0.113.7', false),
  proxy_report: output('proxy: converged', false),
};

/** In the shape of the output `runbook`. */
export const DOCUMENT = {
  primary: {
    environment_id: 'env-aaaaa',
    cluster_id: 'lkc-aaaaa',
    region: 'westeurope',
    rest_endpoint: 'https://pkc-11111.westeurope.azure.confluent.cloud:443',
    bootstrap_endpoint: 'SASL_SSL://pkc-11111.westeurope.azure.confluent.cloud:9092',
    kafka_api_key: 'KEYPRIMARY',
    kafka_api_secret: 'secret-of-primary',
    principal: 'User:sa-abc123',
    schema_registry_id: 'lsrc-11111',
    schema_registry_endpoint: 'https://psrc-11111.westeurope.azure.confluent.cloud',
    schema_registry_api_key: 'REGISTRYPRIMARY',
    schema_registry_api_secret: 'secret-of-registry',
    exporter_names: ['primary-exporter'],
  },
  secondary: {
    cluster_id: 'lkc-bbbbb',
    rest_endpoint: null,
    bootstrap_endpoint: 'pkc-22222.northeurope.azure.confluent.cloud:9092',
    kafka_api_key: 'KEYSECONDARY',
    kafka_api_secret: 'secret-of-secondary',
    exporter_names: [],
  },
  link_name: 'orders-dr',
  topics: ['orders', 'payments'],
  proxy_public_ip: '203.0.113.7',
};

/** Of a stack of one's own, as `terraform output -json` prints them. */
export const OWN_OUTPUTS = { runbook: output(DOCUMENT), other: output(['x'], false) };

/** As the file of `cdktf output --outputs-file` has them. */
export const unwrapped = (outputs: Record<string, { readonly value: unknown }>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
