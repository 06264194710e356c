import { type Agent } from 'undici';
import { ANSWER_LIMITS } from './answer-limit';
import { checkedBaseUrl, type Credentials, Secrets } from './endpoint';
import { errorAnswer, type RawAnswer } from './error-answer';
import { HostFinder, type HostRoute } from './host-finder';
import { DEFAULT_RETRY, withRetries, type RetryLimits } from './retry';
import {
  type Effect,
  type FailureKind,
  networkFailure,
  RequestFailure,
  type RequestFailureProps,
} from './request-failure';

/** One attempt that has ended, or a wait that begins. Without secrets. */
export type RequestEvent =
  | {
      readonly type: 'attempt';
      /** When it began, as ISO 8601 by this machine's clock. */
      readonly at: string;
      readonly method: string;
      readonly url: string;
      readonly effect: Effect;
      /** From 1. */
      readonly attempt: number;
      readonly durationMs: number;
      /** How its host was found. */
      readonly way: HostRoute['way'];
      /** Undefined if there was no answer. */
      readonly status?: number;
      /** Undefined if it succeeded. */
      readonly failure?: FailureKind;
    }
  | {
      readonly type: 'waiting';
      readonly method: string;
      readonly url: string;
      readonly waitMs: number;
      /** Why it has to be repeated. */
      readonly failure: FailureKind;
    };
export type RequestListener = (event: RequestEvent) => void;

/** Milliseconds. */
export interface TimeLimits {
  /** For a connection, TLS included. @default 5000 */
  readonly connectMs: number;
  /** For one attempt as a whole, to the last byte of the answer; time in which the process stood still does not count. @default 30000 */
  readonly answerMs: number;
}

export const DEFAULT_TIME_LIMITS: TimeLimits = { connectMs: 5000, answerMs: 30_000 };

export interface HttpClientOptions {
  /** `https://…`, without a path. `http` is for loopback alone. */
  readonly url: string;
  readonly credentials: Credentials;
  /** @default one that asks DNS */
  readonly hosts?: HostFinder;
  readonly timeLimits?: Partial<TimeLimits>;
  readonly retry?: Partial<RetryLimits>;
  readonly onRequest?: RequestListener;
  /** Ends every request, for Ctrl-C. @default never */
  readonly signal?: AbortSignal;
}

export interface HttpCall {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body?: string;
  readonly effect: Effect;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly url: string;
  /** The parsed body; undefined if there is none. */
  readonly body: unknown;
}

type FailureDetails = Omit<RequestFailureProps, 'method' | 'url' | 'effect'>;

/** Speaks JSON with one service, as one API key. Every way to fail is a `RequestFailure`. */
export class HttpClient {
  public readonly url: string;
  /** From the first request on: undici takes a fifth of the tool's start, and `--help` sends none. */
  private agent?: Agent;
  private readonly hosts: HostFinder;
  private readonly secrets: Secrets;
  private readonly timeLimits: TimeLimits;
  private readonly retry: RetryLimits;
  private readonly onRequest: RequestListener;
  private readonly signal?: AbortSignal;

  constructor(options: HttpClientOptions) {
    this.url = checkedBaseUrl(options.url);
    this.hosts = options.hosts ?? new HostFinder();
    this.secrets = new Secrets(options.credentials);
    this.timeLimits = { ...DEFAULT_TIME_LIMITS, ...options.timeLimits };
    this.retry = { ...DEFAULT_RETRY, ...options.retry };
    this.onRequest = options.onRequest ?? (() => undefined);
    this.signal = options.signal;
  }

  /** Which way its host was found. */
  public get route(): HostRoute {
    return this.hosts.routeOf(new URL(this.url).hostname);
  }

  /**
   * @throws RequestFailure for everything but 2xx with JSON or without a body; a write whose outcome is unknown says so,
   * and was sent once
   */
  public async send(call: HttpCall): Promise<HttpAnswer> {
    const signals = [this.signal, call.signal].filter((signal) => signal !== undefined);
    const signal = AbortSignal.any(signals);
    return withRetries({
      attempt: (number) => this.attempt(call, signal, number),
      limits: this.retry,
      signal,
      whenAborted: (cause) => this.failure(call, { kind: 'aborted', sent: false, detail: '', cause }),
      onWait: ({ kind }, waitMs) =>
        this.onRequest({
          type: 'waiting',
          method: call.method,
          url: this.url + call.path,
          waitMs,
          failure: kind,
        }),
    });
  }

  public async close(): Promise<void> {
    await this.agent?.destroy();
  }

  private async attempt(call: HttpCall, signal: AbortSignal, attempt: number): Promise<HttpAnswer> {
    const at = new Date().toISOString();
    const begun = performance.now();
    const tell = (status?: number, failure?: FailureKind): void =>
      this.onRequest({
        type: 'attempt',
        at,
        method: call.method,
        url: this.url + call.path,
        effect: call.effect,
        attempt,
        durationMs: Math.round(performance.now() - begun),
        way: this.route.way,
        ...(status !== undefined && { status }),
        ...(failure !== undefined && { failure }),
      });
    try {
      const answer = this.understood(call, await this.exchange(call, signal));
      tell(answer.status);
      return answer;
    } catch (error) {
      if (error instanceof RequestFailure) {
        tell(error.status, error.kind);
      }
      throw error;
    }
  }

  private async exchange(call: HttpCall, signal: AbortSignal): Promise<RawAnswer> {
    const { Agent, request } = await import('undici');
    this.agent ??= new Agent({
      connect: { lookup: this.hosts.lookup, timeout: this.timeLimits.connectMs },
      // Node gives an address a quarter of a second; another continent needs more.
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: 1000,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const { answerMs } = this.timeLimits;
    const limit = ANSWER_LIMITS.begin(answerMs, this.url + call.path);
    try {
      const { statusCode, headers, body } = await request(this.url + call.path, {
        dispatcher: this.agent,
        method: call.method as 'GET',
        headers: {
          accept: 'application/json',
          authorization: this.secrets.authorization,
          ...(call.body !== undefined && { 'content-type': 'application/json' }),
        },
        body: call.body,
        signal: AbortSignal.any([signal, limit.signal]),
      });
      return { status: statusCode, headers, body: await body.text() };
    } catch (error) {
      if (signal.aborted) {
        throw this.failure(call, { kind: 'aborted', sent: true, detail: '' });
      }
      if (limit.signal.aborted) {
        throw this.failure(call, { kind: 'timeout', sent: true, detail: `the limit is ${answerMs} ms` });
      }
      throw this.failure(call, networkFailure(error));
    } finally {
      limit.end();
    }
  }

  private understood(call: HttpCall, answer: RawAnswer): HttpAnswer {
    const { status, body } = answer;
    const url = this.url + call.path;
    if (status < 200 || status > 299) {
      throw this.failure(call, { ...errorAnswer(answer, Date.now()), status, sent: true });
    }
    if (body === '') {
      return { status, url, body: undefined };
    }
    try {
      return { status, url, body: JSON.parse(body) as unknown };
    } catch {
      throw this.failure(call, { kind: 'malformed', status, sent: true, detail: 'not JSON' });
    }
  }

  private failure({ method, path, effect }: HttpCall, details: FailureDetails): RequestFailure {
    const detail = this.secrets.hiddenIn(details.detail);
    return new RequestFailure({ ...details, detail, method, url: this.url + path, effect });
  }
}
