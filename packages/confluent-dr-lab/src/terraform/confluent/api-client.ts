import { Agent, type Dispatcher, interceptors } from 'undici';
import { type Pace } from '../pace';
import { ProviderError } from '../protocol/messages';

/** How long the real provider waits, in seconds of its own. */
export const WAITS = {
  /** The first of the waits between attempts; each is twice the one before. */
  firstRetry: 1,
  connect: 30,
  roleBinding: 90,
  schemaRegistryKey: 60,
  dataPlaneWrite: 10,
  poll: 2,
  networkPoll: 60,
  exporterPoll: 30,
  exporterPolls: 21,
  mirrorPolls: 150,
  deletion: 3600,
} as const;

export interface Credentials {
  readonly key: string;
  readonly secret: string;
}

export type Json = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string | undefined>>;

/** A status that the caller did not expect. */
export class ApiError extends ProviderError {
  constructor(
    public readonly status: number,
    summary: string,
    detail: string,
  ) {
    super(summary, detail);
  }
}

const METHODS: Dispatcher.HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const NO_LIMIT = 0;
/** However quick the lab is: it shares its process with the cloud, which may be busy. */
const SHORTEST_CONNECT_MS = 2_000;

/** Repeats what the real provider repeats: 429, 5xx and broken connections. It waits for an answer for ever, too. */
export function retrying(pace: Pace, retries: number): Dispatcher {
  const agent = new Agent({
    connect: { timeout: Math.max(SHORTEST_CONNECT_MS, pace.milliseconds(WAITS.connect)) },
    headersTimeout: NO_LIMIT,
    bodyTimeout: NO_LIMIT,
  });
  return agent.compose(
    interceptors.retry({
      maxRetries: retries,
      minTimeout: pace.milliseconds(WAITS.firstRetry),
      timeoutFactor: 2,
      methods: METHODS,
      statusCodes: [429, 500, 502, 503, 504],
      throwOnError: false,
    }),
  );
}

/** One API of Confluent Cloud, with the key that a resource or the provider was given for it. */
export class ApiClient {
  private readonly authorization: string;

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly base: string,
    credentials: Credentials,
  ) {
    this.authorization = `Basic ${Buffer.from(`${credentials.key}:${credentials.secret}`).toString('base64')}`;
  }

  /** @throws ApiError unless the status is a success */
  public get(path: string, query: Query = {}): Promise<Json> {
    return this.send('GET', path, query);
  }

  /** Undefined where there is nothing, or nothing that this key may see if the caller says so. */
  public async find(path: string, query: Query = {}, gone: readonly number[] = [404]): Promise<Json | undefined> {
    return this.send('GET', path, query).catch((error: unknown) => {
      if (error instanceof ApiError && gone.includes(error.status)) {
        return undefined;
      }
      throw error;
    });
  }

  public post(path: string, body: Json, query: Query = {}): Promise<Json> {
    return this.send('POST', path, query, body);
  }

  public put(path: string, body?: Json): Promise<Json> {
    return this.send('PUT', path, {}, body);
  }

  public patch(path: string, body: Json): Promise<Json> {
    return this.send('PATCH', path, {}, body);
  }

  /** What is gone already is an error as well; a refresh before would have told. */
  public async delete(path: string, query: Query = {}): Promise<void> {
    await this.send('DELETE', path, query);
  }

  private async send(method: Dispatcher.HttpMethod, path: string, query: Query, body?: Json): Promise<Json> {
    const address = `${this.base.replace(/\/+$/, '')}${path}`;
    if (!URL.canParse(address)) {
      throw new ProviderError(`${JSON.stringify(this.base)} is no address`, 'Allowed is a URL, such as https://host.');
    }
    const url = new URL(address);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, value);
      }
    }
    const { status, text } = await this.exchange(method, url, body);
    if (status >= 400) {
      throw new ApiError(status, `${method} ${url.origin}${url.pathname}: ${status}`, messageIn(text));
    }
    return parsed(text);
  }

  private async exchange(
    method: Dispatcher.HttpMethod,
    url: URL,
    body?: Json,
  ): Promise<{ status: number; text: string }> {
    try {
      const answer = await this.dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers: {
          authorization: this.authorization,
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    } catch (error) {
      const { message, code } = error as Error & { code?: string };
      throw new ProviderError(
        `${method} ${url.origin}${url.pathname}: no answer after all attempts`,
        `${code ?? ''} ${message}`.trim(),
      );
    }
  }
}

function parsed(text: string): Json {
  try {
    return (text === '' ? {} : JSON.parse(text)) as Json;
  } catch {
    throw new ProviderError('The answer is no JSON', text.slice(0, 200));
  }
}

/** The words of both kinds of errors: those of the control plane and those of Kafka REST. */
function messageIn(text: string): string {
  try {
    const { errors, message } = JSON.parse(text) as { errors?: { detail?: string }[]; message?: string };
    return errors?.map(({ detail }) => detail).join('; ') ?? message ?? text;
  } catch {
    return text.slice(0, 200);
  }
}

/** A part of an answer; empty where the answer has no such part. */
export function part(json: Json | undefined, name: string): Json {
  const value = json?.[name];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** The rows of a list. */
export function rows(json: Json): Json[] {
  return Array.isArray(json.data) ? (json.data as Json[]) : [];
}
