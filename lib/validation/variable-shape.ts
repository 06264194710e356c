import { TerraformElement, type TerraformVariable } from 'cdktf';
import { type Shape } from './shape';

/** A Terraform variable of type bool: one of another type would decide by what its text is converted to. */
export function variableShape(property: string, received: TerraformVariable | undefined): Shape {
  const isVariable = TerraformElement.isTerraformElement(received) && 'booleanValue' in received;
  return {
    ok: isVariable && received.type === 'bool',
    property,
    received: isVariable ? `a variable of type ${received.type ?? 'any'}` : received,
    allowed: 'a TerraformVariable of type bool',
    advice: "Make it with { type: 'bool' }.",
  };
}
