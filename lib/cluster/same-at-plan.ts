import { type IResolvable, Op } from 'cdktf';
import { type IConstruct } from 'constructs';
import { resolvedText } from '../synthesis/resolved-text';

/**
 * Whether two texts are the same: known now, or by a condition that the plan can decide. What only an apply will tell,
 * such as the ids of two resources, counts as different.
 */
export function sameAtPlan(scope: IConstruct, one: string, other: string): boolean | IResolvable {
  const [a, b] = [one, other].map((text) => resolvedText(scope, text));
  if (a === b) {
    return true;
  }
  const variables = [a, b].filter((text) => /^\$\{var\.[\w-]+\}$/.test(text)).length;
  const literals = [a, b].filter((text) => !text.includes('${')).length;
  return variables > 0 && variables + literals === 2 ? Op.eq(one, other) : false;
}

/** Both, where each may be known already. */
export function allOf(one: boolean | IResolvable, other: boolean | IResolvable): boolean | IResolvable {
  if (one === false || other === false) {
    return false;
  }
  if (one === true) {
    return other;
  }
  return other === true ? one : Op.and(one, other);
}
