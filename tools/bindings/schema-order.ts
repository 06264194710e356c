type Json = unknown;
type Form = (value: Json) => Json;

/** Types (`["object", {…}]`) have no order of their own but that of their names, at any depth. */
const type: Form = (value) => {
  if (Array.isArray(value)) {
    return value.map(type);
  }
  return isObject(value) ? named(type)(value) : value;
};
const asItIs: Form = (value) => value;

const attribute: Form = (value) =>
  struct(value, {
    type,
    nested_type: nested,
    deprecated: asItIs,
    required: asItIs,
    optional: asItIs,
    computed: asItIs,
    sensitive: asItIs,
    write_only: asItIs,
  });
const nested: Form = (value) => struct(value, { attributes: named(attribute), nesting_mode: asItIs });
const blockType: Form = (value) => struct(value, { nesting_mode: asItIs, block, min_items: asItIs, max_items: asItIs });
const block: Form = (value) =>
  struct(value, { attributes: named(attribute), block_types: named(blockType), deprecated: asItIs });
const schema: Form = (value) => struct(value, { version: asItIs, block });

/**
 * The schemas of one provider without descriptions and in the order in which Terraform prints them, whatever the order of
 * what is given: so that two versions can be compared line by line. Attributes that are called `description` stay.
 */
export const inTerraformsOrder: Form = (value) =>
  struct(value, { provider: schema, resource_schemas: named(schema), data_source_schemas: named(schema) });

/** An object with fields that Terraform knows: in its order; then what it does not know yet, by name. */
function struct(value: Json, forms: Readonly<Record<string, Form>>): Json {
  if (!isObject(value)) {
    return value;
  }
  const known = Object.keys(forms).filter((key) => key in value);
  const others = Object.keys(value)
    .filter((key) => !(key in forms) && !key.startsWith('description'))
    .sort();
  return Object.fromEntries([
    ...known.map((key) => [key, forms[key](value[key])]),
    ...others.map((key) => [key, value[key]]),
  ]);
}

/** An object from names to things of one form. */
const named =
  (form: Form): Form =>
  (value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((name) => [name, form(value[name])]),
        )
      : value;

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
