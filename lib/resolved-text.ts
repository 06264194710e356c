import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import { type IConstruct } from 'constructs';

/** The text as it will be synthesized, its tokens being Terraform expressions: the same in every run. */
export function resolvedText(scope: IConstruct, text: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return String(Tokenization.resolve(text, { scope, resolver, preparing: false }));
}
