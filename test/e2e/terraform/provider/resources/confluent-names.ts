import { createHash } from 'node:crypto';
import { type Value, type ValueObject } from '../schema/value';

const organization = 'crn://confluent.cloud/organization=11111111-2222-3333-4444-555555555555';

/** A short name that is always the same for the same seed, as ids in Confluent Cloud look. */
export function shortId(seed: string): string {
  const digest = createHash('sha256').update(seed).digest();
  return [...digest.subarray(0, 6)].map((byte) => 'abcdefghjkmnpqrstuvwxyz0123456789'[byte % 33]).join('');
}

/** The endpoints and names of a public cluster. */
export function clusterAttributes(id: string, environment: string, region: string): ValueObject & { id: string } {
  const host = `pkc-${shortId(id)}.${region}.azure.confluent.cloud`;
  return {
    id,
    api_version: 'cmk/v2',
    kind: 'Cluster',
    bootstrap_endpoint: `SASL_SSL://${host}:9092`,
    rest_endpoint: `https://${host}:443`,
    rbac_crn: `${organization}/environment=${environment}/cloud-cluster=${id}`,
    endpoints: [],
  };
}

export function registryAttributes(environment: string, region: string): ValueObject & { id: string } {
  const id = `lsrc-${shortId(environment)}`;
  return {
    id,
    api_version: 'srcm/v3',
    kind: 'Cluster',
    display_name: 'Stream Governance Package',
    package: 'ESSENTIALS',
    cloud: 'AZURE',
    region,
    rest_endpoint: `https://psrc-${shortId(id)}.${region}.azure.confluent.cloud`,
    catalog_endpoint: `https://psrc-${shortId(`${id}/catalog`)}.${region}.azure.confluent.cloud`,
    private_rest_endpoint: '',
    private_regional_rest_endpoints: {},
    resource_name: `${organization}/environment=${environment}/schema-registry=${id}`,
  };
}

export function environmentAttributes(id: string): ValueObject {
  return {
    id,
    display_name: `environment-${id}`,
    resource_name: `${organization}/environment=${id}`,
    stream_governance: [{ package: 'ESSENTIALS' }],
  };
}

/** The id inside a block that holds one, such as `environment { id }`. */
export function blockId(block: Value | undefined): string {
  const [first] = Array.isArray(block) ? (block as ValueObject[]) : [];
  return typeof first?.id === 'string' ? first.id : '';
}
