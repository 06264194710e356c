import * as z from 'zod';

const FILTERS = z.object({
  groupFilters: z.array(z.object({ name: z.string(), patternType: z.string(), filterType: z.string() })),
});

/**
 * Groups whose offsets the link does not sync, by its settings.
 *
 * @returns undefined where the filters are not told, or not understood
 */
export function groupsLeftOut(
  settings: ReadonlyMap<string, string>,
  groups: readonly string[],
): readonly string[] | undefined {
  if (settings.get('consumer.offset.sync.enable') !== 'true') {
    return groups;
  }
  const filters = FILTERS.safeParse(parsed(settings.get('consumer.offset.group.filters')));
  if (!filters.success) {
    return undefined;
  }
  const takesIn = (group: string, wanted: string): boolean =>
    filters.data.groupFilters.some(
      ({ name, patternType, filterType }) =>
        filterType.toUpperCase() === wanted &&
        (name === '*' || (patternType.toUpperCase() === 'PREFIXED' ? group.startsWith(name) : group === name)),
    );
  return groups.filter((group) => !takesIn(group, 'INCLUDE') || takesIn(group, 'EXCLUDE'));
}

function parsed(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
