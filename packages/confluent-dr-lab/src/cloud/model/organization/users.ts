import { type CloudState } from '../state';
import { notFound } from '../refusal';

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
