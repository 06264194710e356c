import { type TerraformVariableValidationConfig } from 'cdktf';
import { describeProblem } from './problems';
import { type TextRule } from './text-rule';

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
  const ways = [`can(regex("${rule.pattern}", var.${variable}))`];
  if (options.orEmpty) {
    ways.push(`var.${variable} == ""`);
  }
  return {
    condition: `\${${ways.join(' || ')}}`,
    errorMessage: describeProblem({ property: variable, received: `\${var.${variable}}`, ...rule }),
  };
}
