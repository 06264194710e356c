import { type Dispatcher } from 'undici';
import { block, text, type ValueObject } from '../../schema/value';
import { Pace } from '../pace';
import { ProviderError } from '../protocol/messages';
import { ApiClient, type Credentials, retrying } from './api-client';

export interface ConfluentOptions {
  /** The control plane of a configuration that names none. */
  readonly endpoint: string;
  /** Of the real provider's waits. */
  readonly pace: number;
  /** The IMPORT_ and CONFLUENT_ variables, which the real provider reads from its own environment. */
  readonly environment: () => Readonly<Record<string, string | undefined>>;
}

/** A cluster or registry, and the key to it. */
export interface DataPlane {
  readonly id: string;
  readonly endpoint: string;
  readonly api: ApiClient;
}

const DEFAULT_RETRIES = 4;

/** What a configured provider works with. */
export class Session {
  public readonly pace: Pace;
  private readonly dispatcher: Dispatcher;

  constructor(
    private readonly config: ValueObject,
    private readonly options: ConfluentOptions,
  ) {
    this.pace = new Pace(options.pace);
    const retries = typeof config.max_retries === 'number' ? config.max_retries : DEFAULT_RETRIES;
    this.dispatcher = retrying(this.pace, Math.max(retries, DEFAULT_RETRIES));
  }

  /** The control plane, with the Cloud API key. */
  public get control(): ApiClient {
    const key = this.setting('cloud_api_key', 'CONFLUENT_CLOUD_API_KEY');
    const secret = this.setting('cloud_api_secret', 'CONFLUENT_CLOUD_API_SECRET');
    if (!key || !secret) {
      throw new ProviderError(
        'The provider has no Cloud API key',
        'Give cloud_api_key and cloud_api_secret, or CONFLUENT_CLOUD_API_KEY and CONFLUENT_CLOUD_API_SECRET.',
      );
    }
    return this.api(text(this.config.endpoint) || this.options.endpoint, { key, secret });
  }

  public api(endpoint: string, credentials: Credentials): ApiClient {
    return new ApiClient(this.dispatcher, endpoint, credentials);
  }

  /** The Kafka REST API of a resource that names its cluster, endpoint and key, or of the provider that does. */
  public kafka(resource: ValueObject): DataPlane {
    return this.dataPlane(resource, 'kafka_cluster', 'kafka');
  }

  public schemaRegistry(resource: ValueObject): DataPlane {
    return this.dataPlane(resource, 'schema_registry_cluster', 'schema_registry');
  }

  /** A cluster that a link or a mirror names: those ignore the provider's kafka_ arguments. */
  public end(cluster: ValueObject): DataPlane {
    const [id, endpoint, credentials] = [text(cluster.id), text(cluster.rest_endpoint), credentialsIn(cluster)];
    if (!id || !endpoint || !credentials.key) {
      throw new ProviderError(
        'id, rest_endpoint and credentials of the cluster are needed',
        'Links and mirrors take nothing from the kafka_ arguments of the provider.',
      );
    }
    return { id, endpoint, api: this.api(endpoint, credentials) };
  }

  /** What the real provider would read from its environment on an import. */
  public importVariable(name: string): string {
    const value = this.options.environment()[name];
    if (!value) {
      throw new ProviderError(`The import needs the environment variable ${name}`);
    }
    return value;
  }

  private dataPlane(resource: ValueObject, clusterBlock: string, prefix: string): DataPlane {
    const id = text(block(resource[clusterBlock]).id) || text(this.config[`${prefix}_id`]);
    const endpoint = text(resource.rest_endpoint) || text(this.config[`${prefix}_rest_endpoint`]);
    const given = credentialsIn(resource);
    const key = given.key || text(this.config[`${prefix}_api_key`]);
    const secret = given.secret || text(this.config[`${prefix}_api_secret`]);
    if (!id || !endpoint || !key) {
      throw new ProviderError(
        `${clusterBlock}, rest_endpoint and credentials are needed`,
        `In the resource, or as ${prefix}_id, ${prefix}_rest_endpoint, ${prefix}_api_key and ${prefix}_api_secret of the provider.`,
      );
    }
    return { id, endpoint, api: this.api(endpoint, { key, secret }) };
  }

  private setting(argument: string, variable: string): string {
    return text(this.config[argument]) || (this.options.environment()[variable] ?? '');
  }
}

export function credentialsIn(resource: ValueObject): Credentials {
  const credentials: ValueObject = block(resource.credentials);
  return { key: text(credentials.key), secret: text(credentials.secret) };
}
