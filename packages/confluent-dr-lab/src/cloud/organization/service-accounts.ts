import { conflict, invalid, notFound } from '../refusal';
import { type CloudState, newId } from '../state';
import { type ServiceAccount } from './records';

export function createServiceAccount(
  state: CloudState,
  displayName: string,
  description = '',
  id = newId(state, 'sa'),
): ServiceAccount {
  if (displayName === '') {
    throw invalid('display_name must not be empty.', 400);
  }
  if ([...state.serviceAccounts.values()].some((other) => other.displayName === displayName)) {
    throw conflict(`A service account named ${displayName} exists already.`);
  }
  const account: ServiceAccount = { id, createdAt: state.now, displayName, description };
  state.serviceAccounts.set(account.id, account);
  return account;
}

export function findServiceAccount(state: CloudState, id: string): ServiceAccount {
  const account = state.serviceAccounts.get(id);
  if (!account) {
    throw notFound(`Service account ${id} not found`);
  }
  return account;
}

/** Its keys and role bindings go with it. */
export function deleteServiceAccount(state: CloudState, id: string): void {
  findServiceAccount(state, id);
  for (const key of [...state.apiKeys.values()].filter(({ ownerId }) => ownerId === id)) {
    state.apiKeys.delete(key.id);
  }
  for (const binding of [...state.roleBindings.values()].filter(({ principal }) => principal === `User:${id}`)) {
    state.roleBindings.delete(binding.id);
  }
  state.serviceAccounts.delete(id);
}
