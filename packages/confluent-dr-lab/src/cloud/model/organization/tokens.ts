import { createHmac } from 'node:crypto';
import { unauthenticated } from '../refusal';
import { type CloudState } from '../state';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** A bearer token, in the form of a JWT because the CLI looks into it for its expiry. */
export function newToken(state: CloudState, ownerId: string): string {
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  const payload = encode({ sub: ownerId, userResourceId: ownerId, exp: Math.floor((state.now + YEAR_MS) / 1000) });
  return `${header}.${payload}.${sign(state, `${header}.${payload}`)}`;
}

/** Whose token it is. */
export function ownerOfToken(state: CloudState, token: string): string {
  const [header, payload, signature] = token.split('.');
  if (signature === undefined || signature !== sign(state, `${header}.${payload}`)) {
    throw unauthenticated();
  }
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string; exp: number };
  if (claims.exp * 1000 < state.now) {
    throw unauthenticated();
  }
  return claims.sub;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sign(state: CloudState, text: string): string {
  return createHmac('sha256', state.identifiers.seed).update(text).digest('base64url');
}
