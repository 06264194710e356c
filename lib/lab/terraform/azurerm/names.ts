import { type ValueObject } from '../schema/value';

const subscription = '00000000-0000-0000-0000-000000000000';

/** Azure's ids: paths of provider, type and name below the resource group. */
export function resourceId(group: string, ...segments: readonly string[]): string {
  const [provider, ...path] = segments;
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${provider}/${path.join('/')}`;
}

export function groupId(name: string): string {
  return `/subscriptions/${subscription}/resourceGroups/${name}`;
}

export function idIn(planned: ValueObject, ...segments: readonly string[]): string {
  return resourceId(planned.resource_group_name as string, ...segments, planned.name as string);
}

/** The spelling of a location that Azure keeps: `West Europe` and `westeurope` are one. */
export function location(name: string): string {
  return name.replaceAll(' ', '').toLowerCase();
}

export function diskId(group: string, name: string): string {
  return resourceId(group, 'Microsoft.Compute', 'disks', name);
}
