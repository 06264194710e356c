import {
  Fn,
  type IResolvable,
  Op,
  type TerraformResourceLifecycle,
  type TerraformVariableValidationConfig,
  Token,
} from 'cdktf';
import { type IConstruct } from 'constructs';
import { literalList } from '../synthesis/literal-text';
import { describeProblem, isUnresolved, wholeNumber } from './problems';
import { type TextRule } from './text-rule';
import { variableName } from './variable-name';

export interface VariableRuleOptions {
  /** Whether the empty text is all right too. @default false */
  readonly orEmpty?: boolean;
}

/** The `validation` block that holds a Terraform variable against a rule, with the words that synth uses. */
export function variableRule(
  variable: string,
  rule: TextRule,
  options: VariableRuleOptions = {},
): TerraformVariableValidationConfig {
  const fits = `can(regex("${rule.pattern}", var.${variable}))`;
  const ways = [
    rule.except ? `${fits} && !contains(${JSON.stringify(rule.except)}, lower(var.${variable}))` : fits,
    ...(options.orEmpty ? [`var.${variable} == ""`] : []),
  ];
  return {
    condition: `\${${ways.join(' || ')}}`,
    errorMessage: describeProblem({ property: variable, received: `\${var.${variable}}`, ...rule }),
  };
}

/** What the plan must refuse of a text that only Terraform knows, with the words that synth uses. */
export function textPreconditions(
  scope: IConstruct,
  property: string,
  text: string,
  rule: TextRule,
): NonNullable<TerraformResourceLifecycle['precondition']> {
  if (!isUnresolved(text)) {
    return [];
  }
  const fits = Fn.can(Fn.regex(rule.pattern, text));
  const isReserved = Fn.contains(literalList(rule.except ?? []), Fn.lower(text)) as IResolvable;
  return [
    {
      condition: rule.except ? Op.and(fits, Op.not(isReserved)) : fits,
      errorMessage: describeProblem({ property: variableName(scope, text, property), received: text, ...rule }),
    },
  ];
}

/** What the plan must refuse of a number that only Terraform knows, with the words that synth uses. */
export function numberPreconditions(
  scope: IConstruct,
  property: string,
  received: number | undefined,
  ...bounds: [from: number, to: number, unit: string]
): NonNullable<TerraformResourceLifecycle['precondition']> {
  if (received === undefined || !isUnresolved(received)) {
    return [];
  }
  const [from, to] = bounds;
  const text = Token.asString(received);
  return [
    {
      condition: `\${${text} >= ${from} && ${text} <= ${to} && floor(${text}) == ${text}}`,
      errorMessage: describeProblem({
        property: variableName(scope, text, property),
        received: text,
        ...wholeNumber(...bounds),
      }),
    },
  ];
}
