import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { Refusal, type RefusalKind } from '../model/refusal';

const STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
};

/** How a plane tells of a refusal. The code may be a word where the control plane has one. */
export type ErrorBody = (status: number, code: number, message: string, word?: string) => object;

/**
 * A server without a socket of its own, which speaks JSON whatever the client calls it: clients send empty bodies as
 * JSON and JSON as something else, and the service does not mind.
 *
 * @param rewriteUrl under which other address a request is answered
 */
export function newPlane(errorBody: ErrorBody, rewriteUrl = (url: string): string => url): FastifyInstance {
  const app = fastify({
    routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: true },
    rewriteUrl: ({ url }) => rewriteUrl(url ?? '/'),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : (JSON.parse(body.toString()) as unknown));
    } catch {
      done(new Refusal('invalid', 400, 'The body of the request is not JSON.'));
    }
  });
  app.setErrorHandler((error: FastifyError | Refusal, _request, reply) => {
    const status = error instanceof Refusal ? statusOf(error) : (error.statusCode ?? 500);
    const code = error instanceof Refusal ? error.code : status;
    const word = error instanceof Refusal ? error.word : undefined;
    void reply.code(status).send(errorBody(status, code, error.message, word));
  });
  app.setNotFoundHandler((_request, reply) => {
    void reply.code(404).send(errorBody(404, 404, 'HTTP 404 Not Found'));
  });
  return app;
}

/** A code such as 42201 names its own status. */
function statusOf({ kind, code }: Refusal): number {
  return Math.floor(code / 100) === 422 || code === 422 ? 422 : STATUS[kind];
}

export function param(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string>)[name] ?? '';
}

/** The first value of a query parameter; undefined if it is missing. */
export function query(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, string | string[] | undefined>)[name];
  return Array.isArray(value) ? value[0] : value;
}

/** All values of a query parameter, without empty ones. */
export function queries(request: FastifyRequest, name: string): string[] {
  const value = (request.query as Record<string, string | string[] | undefined>)[name] ?? [];
  return [value].flat().filter((part) => part !== '');
}

export const isTrue = (request: FastifyRequest, name: string): boolean => query(request, name) === 'true';
