/** Values as Terraform sees them: JSON, and "not known yet". */
export type Value = null | boolean | number | string | Unknown | Value[] | ValueObject;

export interface ValueObject {
  [name: string]: Value;
}

/** A value that only the apply will tell. There is one instance. */
export class Unknown {
  public static readonly value = new Unknown();

  // Without a field, the compiler would take every object for an unknown.
  public readonly unknown = true;

  private constructor() {}

  public static is(value: Value | undefined): value is Unknown {
    return value === Unknown.value;
  }
}

export function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Unknown.is(value);
}

/** True where nothing inside is unknown. */
export function isKnown(value: Value): boolean {
  if (Unknown.is(value)) {
    return false;
  }
  if (Array.isArray(value)) {
    return value.every(isKnown);
  }
  return !isObject(value) || Object.values(value).every(isKnown);
}

/** Equality of known values; an unknown equals nothing, not even another unknown. */
export function isEqual(one: Value, other: Value): boolean {
  if (Unknown.is(one) || Unknown.is(other)) {
    return false;
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((entry, index) => isEqual(entry, other[index]));
  }
  if (isObject(one) && isObject(other)) {
    const names = Object.keys(one);
    return (
      names.length === Object.keys(other).length &&
      names.every((name) => other[name] !== undefined && isEqual(one[name], other[name]))
    );
  }
  return one === other;
}

/** The same value with null for all that is unknown. */
export function knownPart<T extends Value>(value: T): T;
export function knownPart(value: Value): Value {
  if (Unknown.is(value)) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((entry) => knownPart(entry));
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, knownPart(entry)]))
    : value;
}

/** The only element of a block that may be there once; without attributes if it is not there. */
export function block(value: Value | undefined): ValueObject {
  const [first] = blocks(value);
  return first ?? {};
}

export function blocks(value: Value | undefined): ValueObject[] {
  return Array.isArray(value) ? value.filter((entry): entry is ValueObject => isObject(entry)) : [];
}

/** A text, empty where there is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/** A map of texts, such as `config`; undefined where it is not given. */
export function textMap(value: Value | undefined): Record<string, string> | undefined {
  return isObject(value) ? (value as Record<string, string>) : undefined;
}
