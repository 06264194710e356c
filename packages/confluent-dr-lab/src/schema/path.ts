import { isObject, Unknown, type Value, type ValueObject } from './value';

/** Where a value is: names of attributes and blocks, and indexes of list blocks. */
export type Path = readonly (string | number)[];

/** Where a rule applies: names joined by dots; lists on the way stand for each of their elements. */
export type Pattern = string;

export interface Found {
  readonly path: Path;
  readonly value: Value;
}

/** All places of an object that a pattern means. */
export function find(value: ValueObject, pattern: Pattern): Found[] {
  let places: Found[] = [{ path: [], value }];
  for (const name of pattern.split('.')) {
    places = places
      .flatMap(elements)
      .flatMap(({ path, value: at }) =>
        isObject(at) && at[name] !== undefined ? [{ path: [...path, name], value: at[name] }] : [],
      );
  }
  return places;
}

function elements(place: Found): Found[] {
  return Array.isArray(place.value)
    ? place.value.map((value, index) => ({ path: [...place.path, index], value }))
    : [place];
}

export function get(value: Value, path: Path): Value | undefined {
  let at: Value | undefined = value;
  for (const step of path) {
    if (Array.isArray(at)) {
      at = at[step as number];
    } else if (isObject(at)) {
      at = at[step];
    } else {
      return Unknown.is(at) ? at : undefined;
    }
  }
  return at;
}

/** A copy with what a pattern means changed. */
export function change(value: ValueObject, pattern: Pattern, by: (value: Value) => Value): ValueObject {
  const [name, ...rest] = pattern.split('.');
  if (value[name] === undefined) {
    return value;
  }
  return { ...value, [name]: changeAt(value[name], rest.join('.'), by) };
}

function changeAt(value: Value, rest: Pattern, by: (value: Value) => Value): Value {
  if (rest === '') {
    return by(value);
  }
  if (Array.isArray(value)) {
    return value.map((entry) => changeAt(entry, rest, by));
  }
  return isObject(value) ? change(value, rest, by) : value;
}
