import { attributesOf, type BlockSchema, type BlockTypeSchema, blockTypesOf, type CtyType } from './schema';
import { isEqual, isObject, Unknown, type Value, type ValueObject } from './value';

/**
 * Gives any JSON-like object the exact shape of a schema: what is missing is null, what the schema does not know is
 * dropped (as providers do with attributes of older states), sets lose duplicates and get a stable order.
 */
export function conform(block: BlockSchema, value: Readonly<Record<string, Value | undefined>>): ValueObject {
  const result: ValueObject = {};
  for (const [name, attribute] of attributesOf(block)) {
    result[name] = conformType(attribute.type, value[name]);
  }
  for (const [name, type] of blockTypesOf(block)) {
    result[name] = conformNested(type, value[name]);
  }
  return result;
}

function conformNested(type: BlockTypeSchema, value: Value | undefined): Value {
  if (Unknown.is(value)) {
    return value;
  }
  const one = (entry: Value): Value => (isObject(entry) ? conform(type.block, entry) : entry);
  switch (type.nesting_mode) {
    case 'single':
    case 'group':
      return isObject(value) ? one(value) : null;
    case 'map':
      return isObject(value) ? mapValues(value, one) : {};
    case 'list':
      return Array.isArray(value) ? value.map(one) : [];
    case 'set':
      return Array.isArray(value) ? asSet(value.map(one)) : [];
  }
}

function conformType(type: CtyType, value: Value | undefined): Value {
  if (value === undefined || value === null) {
    return null;
  }
  if (Unknown.is(value) || typeof type === 'string') {
    return value;
  }
  const [kind, inner] = type;
  if (kind === 'object') {
    return isObject(value)
      ? Object.fromEntries(Object.entries(inner).map(([name, of]) => [name, conformType(of, value[name])]))
      : value;
  }
  if (kind === 'map') {
    return isObject(value) ? mapValues(value, (entry) => conformType(inner, entry)) : value;
  }
  if (!Array.isArray(value)) {
    return value;
  }
  const entries = value.map((entry) => conformType(inner, entry));
  return kind === 'set' ? asSet(entries) : entries;
}

function mapValues(value: ValueObject, change: (entry: Value) => Value): ValueObject {
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, change(entry)]));
}

function asSet(entries: Value[]): Value[] {
  return entries
    .filter((entry, index) => !entries.slice(0, index).some((earlier) => isEqual(earlier, entry)))
    .map((entry) => ({ entry, key: JSON.stringify(entry) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ entry }) => entry);
}
