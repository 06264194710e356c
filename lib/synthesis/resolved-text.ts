import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import { type IConstruct } from 'constructs';

/**
 * The text as it will be synthesized, its tokens being Terraform expressions: the same in every run. What is of another
 * stack reads as what it will be here, and not as a variable of this one that has the same name.
 */
export function resolvedText(scope: IConstruct, text: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver, preparing: true }));
}

/** The same, and different for expressions of different stacks, each of which has values of its own. */
export function textInApp(scope: IConstruct, text: string): string {
  const resolved = resolvedText(scope, text);
  return resolved.includes('${') ? `${TerraformStack.of(scope).node.path} ${resolved}` : resolved;
}
