import { objectIn } from './answer-shape';
import { HttpClient, type HttpClientOptions } from './http-client';
import { type HostRoute } from './host-finder';
import { type CallOptions } from './kafka-rest-client';

/** A cluster, as far as the control plane's answer tells what the run book needs. */
export interface ClusterDescription {
  readonly id: string;
  readonly displayName?: string;
  /** `PROVISIONED`, `PROVISIONING` or `FAILED`. */
  readonly phase?: string;
  readonly region?: string;
  /** `SASL_SSL://host:9092` or `host:9092` */
  readonly bootstrapEndpoint?: string;
  readonly restEndpoint?: string;
}

interface ClusterBody {
  readonly spec?: {
    readonly display_name?: string;
    readonly region?: string;
    readonly kafka_bootstrap_endpoint?: string;
    readonly http_endpoint?: string;
  };
  readonly status?: { readonly phase?: string };
}

/** Where Confluent Cloud's control plane is. */
export const CONTROL_PLANE_URL = 'https://api.confluent.cloud';

/** What the control plane says, which is another service than the clusters and often well when they are not. */
export class ControlPlaneClient {
  private readonly http: HttpClient;

  /** @param options `url` is by default `CONTROL_PLANE_URL`; the credentials are a Cloud API key */
  constructor(options: Omit<HttpClientOptions, 'url'> & { readonly url?: string }) {
    this.http = new HttpClient({ ...options, url: options.url ?? CONTROL_PLANE_URL });
  }

  /** Which way its host was found. */
  public get route(): HostRoute {
    return this.http.route;
  }

  public async cluster(
    environmentId: string,
    clusterId: string,
    { signal }: CallOptions = {},
  ): Promise<ClusterDescription> {
    const query = new URLSearchParams({ environment: environmentId }).toString();
    const path = `/cmk/v2/clusters/${encodeURIComponent(clusterId)}?${query}`;
    const { body, url } = await this.http.send({ method: 'GET', path, effect: 'read', signal });
    const { spec, status } = objectIn(body as ClusterBody, { method: 'GET', url, effect: 'read' });
    return {
      id: clusterId,
      displayName: spec?.display_name,
      phase: status?.phase,
      region: spec?.region,
      bootstrapEndpoint: spec?.kafka_bootstrap_endpoint,
      restEndpoint: spec?.http_endpoint,
    };
  }

  public close(): Promise<void> {
    return this.http.close();
  }
}
