import { TerraformProvider, TerraformStack } from 'cdktf';
import { type IConstruct } from 'constructs';
import { type Shape } from './shape';

/** A provider of a stack, by which a construct makes its resources. */
export function providerShape(scope: IConstruct, property: string, received: unknown, type: string): Shape {
  const isProvider =
    TerraformProvider.isTerraformProvider(received) &&
    received.terraformResourceType === type &&
    TerraformStack.of(received) === TerraformStack.of(scope);
  return {
    ok: isProvider,
    property,
    received,
    allowed: `a provider ${type} of this stack`,
    advice:
      type === 'confluent'
        ? 'Pass the `provider` of a ConfluentCloudProvider, or leave it out for the one without an alias.'
        : 'Pass an AzurermProvider, or leave it out for the one without an alias.',
  };
}
