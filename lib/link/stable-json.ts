/**
 * Compact JSON with sorted keys, as Terraform's jsonencode writes it: filters are compared as text, and any other
 * spelling shows as a change in every plan.
 */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    entry !== null && typeof entry === 'object' && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
