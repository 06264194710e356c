import { type FastifyRequest } from 'fastify';
import { invalid } from '../refusal';
import { queries, query } from './plane';

const DEFAULT_SIZE = 10;
const LARGEST = 100;

/** One page of a list, and where the next is. The token is the place to go on from. */
export function page<T>(request: FastifyRequest, apiVersion: string, rows: readonly T[]): object {
  const size = Math.min(Number(query(request, 'page_size') || DEFAULT_SIZE), LARGEST);
  const from = Number(Buffer.from(query(request, 'page_token') ?? '', 'base64url').toString() || 0);
  if (!Number.isInteger(size) || size < 1 || !Number.isInteger(from) || from < 0) {
    throw invalid('page_size must be 1 to 100, and page_token one that this list gave.', 400);
  }
  const url = new URL(request.url, `http://${request.headers.host ?? '127.0.0.1'}`);
  const next = new URL(url);
  next.searchParams.set('page_token', Buffer.from(String(from + size)).toString('base64url'));
  const metadata = {
    first: url.origin + url.pathname,
    total_size: rows.length,
    ...(from + size < rows.length && { next: next.toString() }),
  };
  return { api_version: apiVersion, kind: 'List', metadata, data: rows.slice(from, from + size) };
}

/** Time stamps as Go clients parse them: with T and zone. */
export const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString();

export function resourceMetadata(request: FastifyRequest, path: string, crn: string, createdAt: number): object {
  const time = timestamp(createdAt);
  const self = `http://${request.headers.host ?? '127.0.0.1'}${path}`;
  return { self, resource_name: crn, created_at: time, updated_at: time };
}

/** The environment that a request has to name. */
export function environmentOf(request: FastifyRequest): string {
  const id = query(request, 'environment');
  if (!id) {
    throw invalid('The query parameter environment is missing.', 400);
  }
  return id;
}

/** Whether a filter of a list, which may be given several times or not at all, takes in a value. */
export function takesIn(request: FastifyRequest, filter: string, value: string | undefined): boolean {
  const wanted = queries(request, filter);
  return wanted.length === 0 || (value !== undefined && wanted.includes(value));
}
