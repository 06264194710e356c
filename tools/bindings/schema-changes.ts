import { type ProvidersSchema } from './prune-schema';

/**
 * What differs between two schemas, one line each: `+` is new, `-` is gone, `~` is another than before. A whole type or
 * block that comes or goes is one line.
 */
export function schemaChanges(before: ProvidersSchema, after: ProvidersSchema): string[] {
  const versions = Object.entries(after.provider_versions ?? {})
    .map(([source, version]) => [source, before.provider_versions?.[source] ?? 'unknown', version])
    .filter(([, old, version]) => old !== version)
    .map(([source, old, version]) => `~ ${source}: ${old} → ${version}`);
  return [...versions, ...changes('', before.provider_schemas, after.provider_schemas)];
}

function changes(path: string, before: unknown, after: unknown): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }
  if (!isObject(before) || !isObject(after)) {
    return [`~ ${readable(path)}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const at = `${path}/${name}`;
    if (!(name in before)) {
      return [`+ ${readable(at)}${shown(after[name])}`];
    }
    return name in after ? changes(at, before[name], after[name]) : [`- ${readable(at)}${shown(before[name])}`];
  });
}

/** `/…/resource_schemas/confluent_api_key/block/attributes/secret/type` as `resource confluent_api_key.secret type`. */
function readable(path: string): string {
  return path
    .replace(/^\/registry\.terraform\.io\/[^/]+\/[^/]+\//, '')
    .replace(/^resource_schemas\//, 'resource ')
    .replace(/^data_source_schemas\//, 'data source ')
    .replace(/\/block\/(?:attributes|block_types)\//g, '.')
    .replaceAll('/', ' ');
}

/** Flags and types are short enough to be shown; blocks are not. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 100 ? `: ${text}` : '';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
