import { type IConstruct } from 'constructs';
import { resolvedText } from '../synthesis/resolved-text';

/** The name of the Terraform variable that a value is, so that a plan's message can name it; or else another name. */
export function variableName(scope: IConstruct, value: string, otherwise: string): string {
  return /^\$\{var\.([A-Za-z0-9_-]+)\}$/.exec(resolvedText(scope, value))?.[1] ?? otherwise;
}
