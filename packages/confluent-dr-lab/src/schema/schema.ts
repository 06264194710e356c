/** The form of `terraform providers schema -json`, which drives all that this provider does. */
export type CtyType = string | ['list' | 'set' | 'map', CtyType] | ['object', Record<string, CtyType>];

export interface AttributeSchema {
  readonly type: CtyType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

export interface BlockTypeSchema {
  readonly nesting_mode: 'single' | 'list' | 'set' | 'map' | 'group';
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, BlockTypeSchema>>;
}

export interface TypeSchema {
  readonly version: number;
  readonly block: BlockSchema;
}

export interface ProviderSchema {
  readonly provider: TypeSchema;
  readonly resource_schemas?: Readonly<Record<string, TypeSchema>>;
  readonly data_source_schemas?: Readonly<Record<string, TypeSchema>>;
}

export interface ProvidersSchema {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}

export function attributesOf(block: BlockSchema): [string, AttributeSchema][] {
  return Object.entries(block.attributes ?? {});
}

export function blockTypesOf(block: BlockSchema): [string, BlockTypeSchema][] {
  return Object.entries(block.block_types ?? {});
}
