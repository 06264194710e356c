import { conflict, invalid, notFound } from '../refusal';
import { type CloudState, newId } from '../state';
import { ROLES } from './authorization';
import { isWithin, organizationCrn } from './crn';
import { type RoleBinding } from './records';

export interface RoleBindingRequest {
  readonly principal: string;
  readonly roleName: string;
  readonly crnPattern: string;
}

export function createRoleBinding(state: CloudState, request: RoleBindingRequest): RoleBinding {
  const { principal, roleName, crnPattern } = request;
  if (!/^User:(sa|u|pool)-./.test(principal)) {
    throw invalid(`Principal ${principal} is not of the form User:sa-….`, 400);
  }
  if (principal.startsWith('User:sa-') && !state.serviceAccounts.has(principal.slice('User:'.length))) {
    throw invalid(`Principal ${principal} does not exist.`, 400);
  }
  if (!ROLES.includes(roleName)) {
    throw invalid(`There is no role ${roleName}; allowed are ${ROLES.join(', ')}.`, 400);
  }
  if (!isWithin(crnPattern, organizationCrn(state))) {
    throw invalid(`Resource name ${crnPattern} is not within ${organizationCrn(state)}.`, 400);
  }
  const same = (other: RoleBinding): boolean =>
    other.principal === principal && other.roleName === roleName && other.crnPattern === crnPattern;
  if ([...state.roleBindings.values()].some(same)) {
    throw conflict('This role binding exists already.');
  }
  const binding: RoleBinding = { id: newId(state, 'rb'), createdAt: state.now, ...request };
  state.roleBindings.set(binding.id, binding);
  return binding;
}

export function findRoleBinding(state: CloudState, id: string): RoleBinding {
  const binding = state.roleBindings.get(id);
  if (!binding) {
    throw notFound(`Role binding ${id} not found`);
  }
  return binding;
}

/** A pattern that ends in `/*` takes in what lies below it. */
export function listRoleBindings(state: CloudState, filter: Partial<RoleBindingRequest>): RoleBinding[] {
  const below = filter.crnPattern?.endsWith('/*');
  return [...state.roleBindings.values()].filter(
    ({ principal, roleName, crnPattern }) =>
      (!filter.principal || principal === filter.principal) &&
      (!filter.roleName || roleName === filter.roleName) &&
      (!filter.crnPattern || (below ? isWithin(crnPattern, filter.crnPattern) : crnPattern === filter.crnPattern)),
  );
}

export function deleteRoleBinding(state: CloudState, id: string): RoleBinding {
  const binding = findRoleBinding(state, id);
  state.roleBindings.delete(id);
  return binding;
}
