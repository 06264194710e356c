import { type FastifyRequest } from 'fastify';
import { authenticate } from '../organization/api-keys';
import { ownerOfToken } from '../organization/users';
import { unauthenticated } from '../refusal';
import { type CloudState } from '../state';

export interface Caller {
  /** `sa-…` or `u-…` */
  readonly ownerId: string;
  /** The key that it called with, unless it was a token. */
  readonly keyId?: string;
}

/** Who calls: by a key of exactly this resource, or by a bearer token, which opens all. */
export function callerOf(state: CloudState, resourceId: string, request: FastifyRequest): Caller {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
  switch (scheme.toLowerCase()) {
    case 'basic': {
      const { ownerId, id } = authenticate(state, resourceId, credentialsIn(value));
      return { ownerId, keyId: id };
    }
    case 'bearer':
      return { ownerId: ownerOfToken(state, value) };
    default:
      throw unauthenticated();
  }
}

function credentialsIn(encoded: string): { key: string; secret: string } {
  const [key, ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { key, secret: secret.join(':') };
}
