import { TerraformElement, TerraformStack, type TerraformVariable } from 'cdktf';
import { type IConstruct } from 'constructs';
import { type Problems } from './problems';
import { type Shape } from './shape';

/** A Terraform variable of one type: one of another type would decide by what its value is converted to. */
export function variableShape(
  property: string,
  received: TerraformVariable | undefined,
  type: 'bool' | 'string' = 'bool',
): Shape {
  const isVariable = TerraformElement.isTerraformElement(received) && 'booleanValue' in received;
  return {
    ok: isVariable && received.type === type,
    property,
    received: isVariable ? `a variable of type ${received.type ?? 'any'}` : received,
    allowed: `a TerraformVariable of type ${type}`,
    advice: `Make it with { type: '${type}' }.`,
  };
}

/** Says where a variable is of another stack, whose configuration alone has it. */
export function checkVariableStack(
  problems: Problems,
  scope: IConstruct,
  property: string,
  variable?: TerraformVariable,
): void {
  problems.require(variable === undefined || TerraformStack.of(variable) === TerraformStack.of(scope), {
    property,
    received: variable?.node.path,
    allowed: 'a variable of the stack that uses it',
    advice: 'Make one in this stack too: each stack is a configuration of its own.',
  });
}
