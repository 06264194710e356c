import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import { type IConstruct } from 'constructs';

/** The name of the Terraform variable that a value is, so that a plan's message can name it; or else another name. */
export function variableName(scope: IConstruct, value: string, otherwise: string): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved = String(Tokenization.resolve(value, { scope, resolver, preparing: false }));
  return /^\$\{var\.([A-Za-z0-9_-]+)\}$/.exec(resolved)?.[1] ?? otherwise;
}
