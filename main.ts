import { App } from 'cdktf';
import { ActivePassiveStack } from './lib';
import { withOneStackTrace } from './lib/synthesis/one-stack-trace';
import { keepStackTracesShort } from './lib/synthesis/short-stack-traces';

keepStackTracesShort();
const app = new App();
withOneStackTrace(() => new ActivePassiveStack(app, 'active-passive'));
app.synth();
