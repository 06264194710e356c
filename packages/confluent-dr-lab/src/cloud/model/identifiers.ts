import { createHash } from 'node:crypto';
import { type CloudState } from './state';

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `env-k3x91p`, `lkc-…`, `sa-…`: as Confluent Cloud writes them, never twice the same. */
export function newId(state: CloudState, prefix: string): string {
  return `${prefix}-${issue(state, LOWER, 6)}`;
}

/** A cluster link id: 22 characters, a UUID in base64 for URLs. */
export function newLinkId(state: CloudState): string {
  return issue(state, MIXED, 22);
}

export const newApiKeyId = (state: CloudState): string => issue(state, UPPER, 16);
export const newSecret = (state: CloudState): string => issue(state, MIXED, 64);

export function newUuid(state: CloudState): string {
  const hex = issue(state, '0123456789abcdef', 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function issue(state: CloudState, alphabet: string, length: number): string {
  state.identifiers.issued += 1;
  const digest = createHash('sha512').update(`${state.identifiers.seed}:${state.identifiers.issued}`).digest();
  return Array.from({ length }, (_, index) => alphabet[digest[index % digest.length] % alphabet.length]).join('');
}
