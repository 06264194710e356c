import { App } from 'cdktf';
import { ActivePassiveStack } from './lib/active-passive/active-passive-stack';
import { withOneStackTrace } from './lib/synthesis/one-stack-trace';

withOneStackTrace(() => {
  const app = new App();
  const stack = new ActivePassiveStack(app, 'active-passive');
  // The versions of the providers that Terraform is to take; those of the bindings where a line is left out.
  stack.addOverride('terraform.required_providers.confluent.version', '2.83.0');
  stack.addOverride('terraform.required_providers.azurerm.version', '4.55.0');
  app.synth();
});
