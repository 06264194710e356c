import { request } from 'undici';
import { problemsOf } from './openapi';

export interface Key {
  readonly key: string;
  readonly secret: string;
}

export interface Reply<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface Call {
  readonly key?: Key;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Calls the lab's cloud. Every answer of Kafka REST, whatever the test is about, is held to Confluent's OpenAPI.
 *
 * @param url `METHOD http://…`
 */
export async function call<T = unknown>(url: string, { key, token, body, headers = {} }: Call = {}): Promise<Reply<T>> {
  const [method, address] = url.split(' ');
  const response = await request(address, {
    method,
    headers: {
      ...(key && { authorization: `Basic ${Buffer.from(`${key.key}:${key.secret}`).toString('base64')}` }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.body.text();
  const answered = new Headers(
    Object.entries(response.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    ),
  );
  const contentType = answered.get('content-type') ?? '';
  const parsed: unknown =
    text === '' ? undefined : /^application\/([\w.]+\+)?json/.test(contentType) ? JSON.parse(text) : text;
  const path = decodeURIComponent(new URL(address).pathname);
  if (path.startsWith('/kafka/')) {
    const problems = problemsOf({ method, path, status: response.statusCode, contentType, body: parsed });
    if (problems.length > 0) {
      throw new Error(`${url} does not answer as the OpenAPI says:\n${problems.join('\n')}\n${text}`);
    }
  }
  return { status: response.statusCode, headers: answered, body: parsed as T };
}
