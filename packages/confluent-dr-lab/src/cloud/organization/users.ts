import { createHmac } from 'node:crypto';
import { notFound, unauthenticated } from '../refusal';
import { type CloudState } from '../state';

/** Users are not made in the lab: those are there that own a key or hold a role. */
export function listUsers(state: CloudState): string[] {
  const owners = [...state.apiKeys.values()].map(({ ownerId }) => ownerId);
  const holders = [...state.roleBindings.values()].map(({ principal }) => principal.replace(/^User:/, ''));
  return [...new Set([...owners, ...holders])].filter((id) => id.startsWith('u-'));
}

export function findUser(state: CloudState, id: string): string {
  if (!listUsers(state).includes(id)) {
    throw notFound(`User ${id} not found`);
  }
  return id;
}

export const emailOf = (userId: string): string => `${userId}@lab.example.com`;

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
