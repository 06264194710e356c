import createClient, { type Client } from 'openapi-fetch';
import { type HttpClient } from './http-client';
import { type paths } from './kafka-rest-types';
import { type Effect } from './request-failure';

export type KafkaRestApi = Client<paths>;

/** openapi-fetch knows the paths, parameters and types; what happens on the wire is the HTTP client's. */
export function kafkaRestApi(http: HttpClient): KafkaRestApi {
  return createClient<paths>({
    baseUrl: http.url,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const text = await request.text();
      const { status, body } = await http.send({
        method: request.method,
        path: pathname + search,
        body: text === '' ? undefined : text,
        effect: effectOf(request),
        signal: request.signal,
      });
      return new Response(body === undefined ? null : JSON.stringify(body), { status });
    },
  });
}

/** What is only validated changes nothing. */
function effectOf({ method, url }: Request): Effect {
  return method === 'GET' || new URL(url).searchParams.get('validate_only') === 'true' ? 'read' : 'write';
}
