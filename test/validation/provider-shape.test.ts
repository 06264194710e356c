import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { providerShape } from '../../lib/validation/provider-shape';
import { testApp } from '../support/synth';

const app = testApp();
const [stack, other] = ['test', 'other'].map((id) => new TerraformStack(app, id));
const azure = (scope: TerraformStack) => new AzurermProvider(scope, 'Azure', { features: [{}] });
const [mine, theirs] = [azure(stack), azure(other)];
const scope = new Construct(stack, 'It');

test('a provider of the type and the stack is let through', () => {
  expect(providerShape(scope, 'azureProvider', mine, 'azurerm')).toEqual({
    ok: true,
    property: 'azureProvider',
    received: mine,
    allowed: 'a provider azurerm of this stack',
    advice: 'Pass an AzurermProvider, or leave it out for the one without an alias.',
  });
});

test.each<[string, unknown, string]>([
  ['one of another stack', theirs, 'azurerm'],
  ['one of another type', mine, 'confluent'],
  ['a construct', scope, 'azurerm'],
  ['what has its properties only', { terraformResourceType: 'azurerm' }, 'azurerm'],
  ['nothing', undefined, 'azurerm'],
])('%s is refused', (_what, received, type) => {
  expect(providerShape(scope, 'provider', received, type)).toMatchObject({ ok: false, received });
});

test('of Confluent it tells where the provider is', () => {
  expect(providerShape(scope, 'provider', undefined, 'confluent')).toMatchObject({
    allowed: 'a provider confluent of this stack',
    advice: 'Pass the `provider` of a ConfluentCloudProvider, or leave it out for the one without an alias.',
  });
});
