import { App } from 'cdktf';
import { ActivePassiveStack } from './lib';
import { withOneStackTrace } from './lib/synthesis/one-stack-trace';

withOneStackTrace(() => {
  const app = new App();
  new ActivePassiveStack(app, 'active-passive');
  app.synth();
});
