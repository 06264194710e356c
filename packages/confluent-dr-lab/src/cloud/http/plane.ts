import { type IncomingMessage } from 'node:http';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { invalid, Refusal, type RefusalKind } from '../refusal';
import { type Handler } from './listener';

const STATUS: Record<RefusalKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
};

/** How a plane tells of a refusal. The code may be a word where the control plane has one. */
export type ErrorBody = (status: number, code: number, message: string, word?: string) => object;

export interface PlaneProps {
  readonly errorBody: ErrorBody;
  /** The media types in which a body is read. @default - any, for the service does not look at it */
  readonly reads?: readonly string[];
  /** Under which other address a request is answered. @default - its own */
  readonly rewriteUrl?: (url: string) => string;
}

/** The body of a request. What is wrong with it is told to who may call: it is parsed when a route asks for it. */
export interface Content {
  /** undefined if there is none. */
  json(): unknown;
}

/** Whom a request is for. */
export type SubjectOf<Subject> = (request: FastifyRequest) => Subject;

/** The routes of one kind of server. They serve every server of it: making them takes longer than all else of a new one. */
export class Plane<Subject> {
  private readonly subjects = new WeakMap<IncomingMessage, Subject>();
  private ready?: Promise<FastifyInstance>;

  /** @param build makes the routes, when the first request comes */
  constructor(private readonly build: (subjectOf: SubjectOf<Subject>) => FastifyInstance) {}

  /** What answers for one server. */
  public handlerOf(subject: Subject): Handler {
    return (request, response) => {
      this.subjects.set(request, subject);
      this.ready ??= this.made();
      void this.ready.then((app) => app.routing(request, response));
    };
  }

  private async made(): Promise<FastifyInstance> {
    const app = this.build(({ raw }) => this.subjects.get(raw)!);
    await app.ready();
    return app;
  }
}

/** A server without a socket of its own. */
export function newPlane({ errorBody, reads, rewriteUrl = (url) => url }: PlaneProps): FastifyInstance {
  const app = fastify({
    routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: true },
    rewriteUrl: ({ url }) => rewriteUrl(url ?? '/'),
    // A path that cannot be decoded reaches no route and no error handler.
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const status = error.statusCode ?? 400;
      void reply.code(status).send(errorBody(status, status, `HTTP ${status} ${error.message}`));
    },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    const mediaType = mediaTypeIn(request.headers['content-type']);
    const isRead = mediaType === '' || (reads?.includes(mediaType) ?? true);
    done(null, { json: () => parsed(text, isRead) } satisfies Content);
  });
  app.addHook('onRequest', ({ url }, _reply, done) => done(problemOfQuery(url)));
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

/** Codes such as 42201 name their own status, and so do 406, 415 and 422. */
function statusOf({ kind, code }: Refusal): number {
  if (Math.floor(code / 100) === 422) {
    return 422;
  }
  return [406, 415, 422].includes(code) ? code : STATUS[kind];
}

/** Without its parameters, such as a charset. */
export function mediaTypeIn(header = ''): string {
  return header.split(';')[0].trim().toLowerCase();
}

function parsed(text: string, isRead: boolean): unknown {
  if (text === '') {
    return undefined;
  }
  if (!isRead) {
    throw invalid('HTTP 415 Unsupported Media Type', 415);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('The body of the request is not JSON.', 400);
  }
}

function problemOfQuery(url: string): Refusal | undefined {
  const [, ...parts] = url.split('?');
  const query = parts.join('?');
  try {
    decodeURIComponent(query);
    return undefined;
  } catch {
    return invalid(`HTTP 400 The query ${JSON.stringify(query)} is no valid encoding.`, 400);
  }
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

/** A query parameter that is true or false, in capitals too as Java reads it. A word that is neither changes nothing. */
export function flag(request: FastifyRequest, name: string, byDefault = false): boolean {
  const value = query(request, name);
  switch (value?.toLowerCase()) {
    case undefined:
      return byDefault;
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      throw invalid(`${name} is ${JSON.stringify(value)}; allowed are true and false.`, 400);
  }
}

/** A query parameter that is a whole number of 0 or more. */
export function count(request: FastifyRequest, name: string, byDefault: number): number {
  const value = query(request, name) ?? String(byDefault);
  if (!/^\d+$/.test(value)) {
    throw invalid(`${name} is ${JSON.stringify(value)}; allowed is a whole number of 0 or more.`, 400);
  }
  return Number(value);
}
