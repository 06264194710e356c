import { type FastifyRequest } from 'fastify';
import { invalid } from '../../model/refusal';
import { queries, query } from '../plane';

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
