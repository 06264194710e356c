import { LOCATIONS } from '../../azure/locations';
import { type ValueObject } from '../../schema/value';
import { ProviderError } from '../protocol/messages';

/** Azure's ids: paths of provider, type and name below the resource group. */
export function groupId(subscription: string, name: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${name}`;
}

export function idIn(
  subscription: string,
  { resource_group_name: group, name }: ValueObject,
  ...segments: readonly string[]
): string {
  return [groupId(subscription, group as string), 'providers', ...segments, name as string].join('/');
}

export function groupOfId(id: string): string {
  return /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? '';
}

/** Azure compares ids without regard to case. */
export function isSameId(one: unknown, other: unknown): boolean {
  return typeof one === 'string' && typeof other === 'string' && one.toLowerCase() === other.toLowerCase();
}

/**
 * The spelling of a location that Azure keeps: `West Europe` and `westeurope` are one.
 *
 * @throws ProviderError for one that Azure does not have, which the provider learns only when it plans
 */
export function location(name: string): string {
  const kept = name.replaceAll(' ', '').toLowerCase();
  if (!LOCATIONS.has(kept)) {
    throw new ProviderError(
      `"${kept}" was not found in the list of supported Azure Locations`,
      `Received ${JSON.stringify(name)}; allowed are ${[...LOCATIONS].join(', ')}.`,
    );
  }
  return kept;
}
