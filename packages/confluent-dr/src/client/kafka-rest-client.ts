import createClient, { type Client } from 'openapi-fetch';
import { type Asked, objectIn, rowsIn } from './error-answer';
import { type HostRoute } from './host-finder';
import { type HttpAnswer, HttpClient, type HttpClientOptions } from './http-client';
import {
  type Acl,
  type AclFilter,
  type AclRow,
  type ConsumerGroupRow,
  type ConsumerLagRow,
  type LinkConfigRow,
  type LinkRow,
  type MirrorRow,
  type TopicConfigRow,
  type TopicRow,
} from './kafka-rest-rows';
import { type paths } from './kafka-rest-types';
import { type MirrorOperation, type OperationOutcome, outcomesOf } from './mirror-operation';
import { type Effect } from './request-failure';

export type KafkaRestApi = Client<paths>;

/** What openapi-fetch makes of a call. A web request has streams and signals of its own besides, which cost more than the call. */
class PlainRequest {
  public readonly method: string;
  public readonly body?: string;
  public readonly signal?: AbortSignal;

  constructor(
    public readonly url: string,
    { method, body, signal }: { readonly method: string; readonly body?: string; readonly signal?: AbortSignal },
  ) {
    this.method = method;
    this.body = body;
    this.signal = signal;
  }

  /** What is only validated changes nothing. */
  public get effect(): Effect {
    const validates = new URL(this.url).searchParams.get('validate_only') === 'true';
    return this.method === 'GET' || validates ? 'read' : 'write';
  }
}

/** openapi-fetch knows the paths, parameters and types; what happens on the wire is the HTTP client's. */
function kafkaRestApi(http: HttpClient): KafkaRestApi {
  return createClient<paths>({
    baseUrl: http.url,
    Request: PlainRequest as unknown as typeof Request,
    fetch: async (request) => {
      const { url, method, body, effect, signal } = request as unknown as PlainRequest;
      const { pathname, search } = new URL(url);
      return answered(await http.send({ method, path: pathname + search, body, effect, signal }));
    },
  });
}

/** The answer as openapi-fetch reads it: with a length, it asks for JSON, which is parsed already. */
function answered({ status, body }: HttpAnswer): Response {
  const headers = new Headers({ 'content-length': body === undefined ? '0' : '1' });
  return { ok: true, status, headers, json: () => Promise.resolve(body) } as Response;
}

export interface KafkaRestClientOptions extends HttpClientOptions {
  /** `lkc-…` */
  readonly clusterId: string;
}

export interface CallOptions {
  /** Ends this call, beside the client's own signal. */
  readonly signal?: AbortSignal;
}

export interface OperationOptions extends CallOptions {
  /** Whether the service is only to say what it would do. @default false */
  readonly validateOnly?: boolean;
}

const ROOT = '/kafka/v3/clusters/{cluster_id}';

/**
 * Kafka REST v3 of one cluster, as far as the runbook needs it. Reads are repeated where that can help; writes are not.
 * Rows are as the API has them.
 */
export class KafkaRestClient {
  public readonly clusterId: string;
  private readonly http: HttpClient;
  private readonly api: KafkaRestApi;

  constructor(options: KafkaRestClientOptions) {
    this.clusterId = options.clusterId;
    this.http = new HttpClient(options);
    this.api = kafkaRestApi(this.http);
  }

  /** Which way its host was found. */
  public get route(): HostRoute {
    return this.http.route;
  }

  /** All topics that the key may see, with their numbers of partitions. */
  public async topics({ signal }: CallOptions = {}): Promise<TopicRow[]> {
    const { data } = await this.api.GET(`${ROOT}/topics`, { params: { path: this.ids }, signal });
    return rowsIn(data, this.asked('/topics'));
  }

  public async topicConfigs(topic: string, { signal }: CallOptions = {}): Promise<TopicConfigRow[]> {
    const params = { path: { ...this.ids, topic_name: topic } };
    const { data } = await this.api.GET(`${ROOT}/topics/{topic_name}/configs`, { params, signal });
    return rowsIn(data, this.asked(`/topics/${topic}/configs`));
  }

  /** @param filter fields left out match anything */
  public async acls(filter: AclFilter = {}, { signal }: CallOptions = {}): Promise<AclRow[]> {
    const { data } = await this.api.GET(`${ROOT}/acls`, { params: { path: this.ids, query: filter }, signal });
    return rowsIn(data, this.asked('/acls'));
  }

  /** An ACL that is there already is no error. */
  public async createAcl(acl: Acl, { signal }: CallOptions = {}): Promise<void> {
    await this.api.POST(`${ROOT}/acls`, { params: { path: this.ids }, body: acl, signal });
  }

  /** Without tasks, which only `link` tells. */
  public async links({ signal }: CallOptions = {}): Promise<LinkRow[]> {
    const { data } = await this.api.GET(`${ROOT}/links`, { params: { path: this.ids }, signal });
    return rowsIn(data, this.asked('/links'));
  }

  /** With its tasks. */
  public async link(name: string, { signal }: CallOptions = {}): Promise<LinkRow> {
    const params = { path: { ...this.ids, link_name: name }, query: { include_tasks: true } };
    const { data } = await this.api.GET(`${ROOT}/links/{link_name}`, { params, signal });
    return objectIn(data, this.asked(`/links/${name}`));
  }

  public async linkConfigs(name: string, { signal }: CallOptions = {}): Promise<LinkConfigRow[]> {
    const params = { path: { ...this.ids, link_name: name } };
    const { data } = await this.api.GET(`${ROOT}/links/{link_name}/configs`, { params, signal });
    return rowsIn(data, this.asked(`/links/${name}/configs`));
  }

  /** The mirrors of one link, or of all links: one request, however many there are. */
  public async mirrors(link?: string, { signal }: CallOptions = {}): Promise<MirrorRow[]> {
    if (link === undefined) {
      const { data } = await this.api.GET(`${ROOT}/links/-/mirrors`, { params: { path: this.ids }, signal });
      return rowsIn(data, this.asked('/links/-/mirrors'));
    }
    const params = { path: { ...this.ids, link_name: link } };
    const { data } = await this.api.GET(`${ROOT}/links/{link_name}/mirrors`, { params, signal });
    return rowsIn(data, this.asked(`/links/${link}/mirrors`));
  }

  /** One mirror, with why its last change of state failed. */
  public async mirror(link: string, topic: string, { signal }: CallOptions = {}): Promise<MirrorRow> {
    const params = {
      path: { ...this.ids, link_name: link, mirror_topic_name: topic },
      query: { include_state_transition_errors: true },
    };
    const { data } = await this.api.GET(`${ROOT}/links/{link_name}/mirrors/{mirror_topic_name}`, { params, signal });
    return objectIn(data, this.asked(`/links/${link}/mirrors/${topic}`));
  }

  /** The groups that the key may see. */
  public consumerGroups(options: CallOptions = {}): Promise<ConsumerGroupRow[]> {
    return this.rowsAt('/consumer-groups', options);
  }

  /** Where a group is on each partition that it has an offset of. Confluent Cloud tells it of dedicated clusters alone. */
  public consumerLags(group: string, options: CallOptions = {}): Promise<ConsumerLagRow[]> {
    return this.rowsAt(`/consumer-groups/${encodeURIComponent(group)}/lags`, options);
  }

  /**
   * Asks for an operation on mirrors of a link. Each topic is accepted or refused by itself; accepted means begun, and
   * the mirrors tell when it is done.
   *
   * @param topics names of mirror topics; at least one
   * @throws RequestFailure if the request as a whole failed; its `outcomeUnknown` tells whether it may be done all the same
   */
  public async operate(
    link: string,
    operation: MirrorOperation,
    topics: readonly string[],
    { validateOnly = false, signal }: OperationOptions = {},
  ): Promise<OperationOutcome[]> {
    const path = { ...this.ids, link_name: link };
    const body = { mirror_topic_names: [...topics] };
    const query = { validate_only: validateOnly };
    const { data } =
      operation === 'truncate-and-restore'
        ? await this.api.POST(`${ROOT}/links/{link_name}/mirrors:truncate-and-restore`, {
            params: { path, query: { ...query, include_partition_level_truncation_data: true } },
            body,
            signal,
          })
        : await this.api.POST(`${ROOT}/links/{link_name}/mirrors:${operation}`, {
            params: { path, query },
            body,
            signal,
          });
    const url = this.urlOf(`/links/${link}/mirrors:${operation}`);
    return outcomesOf(topics, rowsIn(data, { method: 'POST', url, effect: validateOnly ? 'read' : 'write' }));
  }

  public close(): Promise<void> {
    return this.http.close();
  }

  /** A list of which the generated types know nothing. */
  private async rowsAt<T>(path: string, { signal }: CallOptions): Promise<T[]> {
    const url = `/kafka/v3/clusters/${encodeURIComponent(this.clusterId)}${path}`;
    const { body } = await this.http.send({ method: 'GET', path: url, effect: 'read', signal });
    return rowsIn(body as { readonly data: T[] } | undefined, this.asked(path));
  }

  private get ids(): { readonly cluster_id: string } {
    return { cluster_id: this.clusterId };
  }

  private asked(path: string): Asked {
    return { method: 'GET', url: this.urlOf(path), effect: 'read' };
  }

  private urlOf(path: string): string {
    return `${this.http.url}/kafka/v3/clusters/${this.clusterId}${path}`;
  }
}
