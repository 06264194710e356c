import type * as cdktf from 'cdktf';
import type * as activePassive from './lib/active-passive/active-passive-stack';
import { withOneStackTrace } from './lib/synthesis/one-stack-trace';

withOneStackTrace(() => {
  // Loaded here, for cdktf makes tokens while it is loaded: looking up their stacks takes it a fifteenth of a synth.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { App } = require('cdktf') as typeof cdktf;
  const { ActivePassiveStack } = require('./lib/active-passive/active-passive-stack') as typeof activePassive;
  /* eslint-enable @typescript-eslint/no-require-imports */
  const app = new App();
  const stack = new ActivePassiveStack(app, 'active-passive');
  // The versions of the providers that Terraform is to take; those of the bindings where a line is left out.
  stack.addOverride('terraform.required_providers.confluent.version', '2.83.0');
  stack.addOverride('terraform.required_providers.azurerm.version', '4.55.0');
  app.synth();
});
