import { attributesOf, type BlockSchema, blockTypesOf, type TypeSchema } from '../schema/schema';

/** A schema as the protocol's message. */
export function schemaMessage(schema: TypeSchema): object {
  return { version: schema.version, block: blockMessage(schema.block) };
}

export function schemaMessages(schemas: Readonly<Record<string, TypeSchema>> | undefined): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas ?? {}).map(([type, schema]) => [type, schemaMessage(schema)]));
}

function blockMessage(block: BlockSchema): object {
  return {
    attributes: attributesOf(block).map(([name, { type, ...flags }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      ...flags,
    })),
    block_types: blockTypesOf(block).map(([name, nested]) => ({
      type_name: name,
      nesting: nested.nesting_mode.toUpperCase(),
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
      block: blockMessage(nested.block),
    })),
  };
}
