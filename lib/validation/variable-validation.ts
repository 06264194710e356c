import {
  Fn,
  Lazy,
  Op,
  type TerraformResourceLifecycle,
  TerraformLocal,
  TerraformStack,
  TerraformVariable,
  type TerraformVariableValidationConfig,
  Token,
} from 'cdktf';
import { type IConstruct } from 'constructs';
import { resolvedText } from '../synthesis/resolved-text';
import { describeProblem, isExpression, type ProblemAtPlan, type Problems } from './problems';
import { keepsInTerraform, type TextRule } from './text-rule';
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
  const ways = [keepsInTerraform(rule, `var.${variable}`), ...(options.orEmpty ? [`var.${variable} == ""`] : [])];
  return {
    condition: `\${${ways.join(' || ')}}`,
    errorMessage: describeProblem({ property: variable, received: `\${var.${variable}}`, ...rule }),
  };
}

type Precondition = NonNullable<TerraformResourceLifecycle['precondition']>[number];

/** Lets the plan of a resource refuse what a check left to it. */
export function judgeAtPlan(
  resource: IConstruct & { lifecycle?: TerraformResourceLifecycle },
  problems: Problems,
): void {
  const more = preconditionsOf(resource, problems);
  if (more.length > 0) {
    const { lifecycle } = resource;
    resource.lifecycle = { ...lifecycle, precondition: [...(lifecycle?.precondition ?? []), ...more] };
  }
}

/**
 * What the plan must refuse of values that only Terraform knows, with the words that synth uses: of those that are made of
 * variables. What resources and data sources say is as the service gave it, and a data source that looked at a resource would be
 * read later.
 */
export function preconditionsOf(scope: IConstruct, problems: Problems): Precondition[] {
  return problems.listAtPlan().flatMap((problem) => preconditionOf(scope, problem));
}

function preconditionOf(scope: IConstruct, { fits, orNull, received, ...words }: ProblemAtPlan): Precondition[] {
  const text = Token.asString(received);
  const variables = variablesOf(scope, text);
  const own = variableName(scope, text, '');
  const isJudged = variables.some(({ validation }) =>
    validation?.some(({ condition }) => String(condition).includes(fits(`var.${own}`))),
  );
  if (variables.length === 0 || isJudged) {
    return [];
  }
  const value = isExpression(text) ? text : Fn.join('', [text]);
  const shown = Array.isArray(received)
    ? Fn.jsonencode(received)
    : Token.asString(Fn.conditional(Op.eq(value, Token.nullValue()), 'null', value));
  return [
    {
      // cdktf sees no expression within one that has braces in its texts, as patterns have.
      condition: Lazy.anyValue({
        produce: (context) => {
          const it = String(context.resolve(value)).replace(/^[$][{]|[}]$/g, '');
          return `\${${orNull ? `${it} == null || ` : ''}try(${fits(it)}, false)}`;
        },
      }),
      errorMessage: describeProblem({
        ...words,
        property: own || words.property,
        received: variables.some(({ sensitive }) => sensitive) ? 'a sensitive value' : shown,
      }),
    },
  ];
}

/** The variables that an expression is made of, also by local values; none where it is of anything else. */
function variablesOf(scope: IConstruct, text: string): TerraformVariable[] {
  const stack = TerraformStack.of(scope);
  const written = (expression: string): string =>
    expression.replace(/\blocal\.([\w-]+)/g, (reference, name: string) => {
      const local = namedIn(stack, reference);
      const { locals } = (local?.toTerraform() ?? {}) as { locals?: Readonly<Record<string, unknown>> };
      return locals ? written(resolvedText(scope, Token.asString(locals[name]))) : reference;
    });
  const expression = written(resolvedText(scope, text));
  if (/(?<![\w.-])(data|local|module|each|self|[a-z0-9]+_\w+)\.\w/.test(expression)) {
    return [];
  }
  const references = new Set([...expression.matchAll(/\bvar\.[\w-]+/g)].map(([reference]) => reference));
  return [...references].flatMap((reference) => {
    const variable = namedIn(stack, reference);
    return variable instanceof TerraformVariable ? [variable] : [];
  });
}

type Named = TerraformVariable | TerraformLocal;

const isNamed = (it: IConstruct): it is Named => it instanceof TerraformVariable || it instanceof TerraformLocal;
/** By the name that it has by now: cdktf keeps what it is asked of an element, which could not be renamed any more. */
const referenceTo = (it: Named): string =>
  `${it instanceof TerraformVariable ? 'var' : 'local'}.${(Object.create(it) as Named).friendlyUniqueId}`;

const namedOf = new WeakMap<TerraformStack, ReadonlyMap<string, Named>>();

/** The variable or local value of a stack that expressions call so. The stack is looked through for what is not known of it. */
function namedIn(stack: TerraformStack, reference: string): Named | undefined {
  const known = namedOf.get(stack)?.get(reference);
  if (known && referenceTo(known) === reference) {
    return known;
  }
  const all = new Map(
    stack.node
      .findAll()
      .filter(isNamed)
      .map((it) => [referenceTo(it), it]),
  );
  namedOf.set(stack, all);
  return all.get(reference);
}
