import { isObject, type Value, type ValueObject } from './value';

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
