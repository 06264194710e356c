import { conform } from '../../schema/conform';
import { change, find, get, type Path } from '../../schema/path';
import { attributesOf, type BlockSchema, blockTypesOf } from '../../schema/schema';
import { isEqual, isObject, Unknown, type Value, type ValueObject } from '../../schema/value';
import { type ResourcePlanning } from './rules';

export interface Plan {
  readonly planned: ValueObject | null;
  readonly requiresReplace: readonly Path[];
}

/**
 * What a change would lead to, as a provider of the older SDK plans it: computed attributes that the configuration
 * leaves out are unknown on creation and keep their value afterwards.
 */
export function plan(
  block: BlockSchema,
  planning: ResourcePlanning,
  prior: ValueObject | null,
  proposed: ValueObject | null,
): Plan {
  if (proposed === null) {
    return { planned: null, requiresReplace: [] };
  }
  const computed = withComputedBlocks(planning, withComputed(block, proposed, prior), prior);
  const complete = withDefaults(planning, withFalse(block, planning, computed, prior));
  const result = conform(block, suppressed(planning, prior, normalized(planning, complete)));
  return {
    planned: result,
    requiresReplace: prior === null ? [] : replacements(planning, conform(block, prior), result),
  };
}

function withComputed(block: BlockSchema, proposed: ValueObject, prior: ValueObject | null): ValueObject {
  const result = { ...proposed };
  for (const [name, { computed }] of attributesOf(block)) {
    if ((proposed[name] ?? null) !== null) {
      continue;
    }
    if (computed) {
      result[name] = prior === null ? Unknown.value : (prior[name] ?? null);
    } else if (prior?.[name] === '') {
      // To the older SDK an empty text is as good as none.
      result[name] = '';
    }
  }
  for (const [name, { block: inner }] of blockTypesOf(block)) {
    const elements = proposed[name];
    const before = prior?.[name];
    if (Array.isArray(elements)) {
      result[name] = elements.map((element, index) => {
        const old = Array.isArray(before) ? before[index] : undefined;
        return isObject(element) ? withComputed(inner, element, isObject(old) ? old : null) : element;
      });
    } else if (isObject(elements)) {
      result[name] = withComputed(inner, elements, isObject(before) ? before : null);
    }
  }
  return result;
}

/** Blocks that the configuration leaves out, as the service gives them. */
function withComputedBlocks(
  { computedBlocks = [] }: ResourcePlanning,
  proposed: ValueObject,
  prior: ValueObject | null,
): ValueObject {
  const left = computedBlocks.filter((name) => isEqual(proposed[name] ?? [], []));
  return {
    ...proposed,
    ...Object.fromEntries(left.map((name) => [name, prior === null ? Unknown.value : (prior[name] ?? [])])),
  };
}

/** Nor is there a difference between a flag that is false and one that is not set. */
function withFalse(
  block: BlockSchema,
  { defaults = {} }: ResourcePlanning,
  proposed: ValueObject,
  prior: ValueObject | null,
): ValueObject {
  const unset = attributesOf(block).filter(
    ([name]) => prior?.[name] === false && (proposed[name] ?? null) === null && !(name in defaults),
  );
  return { ...proposed, ...Object.fromEntries(unset.map(([name]) => [name, false])) };
}

function withDefaults({ defaults = {} }: ResourcePlanning, value: ValueObject): ValueObject {
  return Object.entries(defaults).reduce(
    (result, [pattern, standard]) => change(result, pattern, (given) => given ?? standard),
    value,
  );
}

function normalized({ normalize = {} }: ResourcePlanning, value: ValueObject): ValueObject {
  return Object.entries(normalize).reduce(
    (result, [pattern, by]) => change(result, pattern, (given) => (typeof given === 'string' ? by(given) : given)),
    value,
  );
}

function suppressed({ suppress = {} }: ResourcePlanning, prior: ValueObject | null, value: ValueObject): ValueObject {
  if (prior === null) {
    return value;
  }
  return Object.entries(suppress).reduce((result, [pattern, isNone]) => {
    const [before] = find(prior, pattern);
    return before === undefined
      ? result
      : change(result, pattern, (after) => (isNone(before.value, after) ? before.value : after));
  }, value);
}

function replacements(planning: ResourcePlanning, prior: ValueObject, planned: ValueObject): Path[] {
  const patterns = [...(planning.forceNew ?? []), ...(planning.replacedBy?.(prior, planned) ?? [])];
  return patterns.flatMap((pattern) => {
    const changed = find(planned, pattern)
      .filter(({ path, value }) => !isEqual(value, get(prior, path) ?? null))
      .map(({ path }) => path);
    // A block that has come or gone has no counterpart to compare with; its own name has.
    return changed.map((path) => (get(prior, path) === undefined ? path.slice(0, 1) : path));
  });
}

/** The planned object with the values that were unknown: from what the cloud answered, else null. */
export function settle(planned: Value, answered: Value | undefined): Value {
  if (Unknown.is(planned)) {
    return answered ?? null;
  }
  if (Array.isArray(planned)) {
    return planned.map((entry, index) => settle(entry, Array.isArray(answered) ? answered[index] : undefined));
  }
  if (isObject(planned)) {
    const from = isObject(answered) ? answered : {};
    return Object.fromEntries(Object.entries(planned).map(([name, entry]) => [name, settle(entry, from[name])]));
  }
  return planned;
}
