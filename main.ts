import { App } from 'cdktf';
import { ActivePassiveStack } from './lib';
import { withOneStackTrace } from './lib/synthesis/stack-traces';
import { keepStackTracesShort } from './lib/synthesis/stack-traces';

keepStackTracesShort();
const app = new App();
withOneStackTrace(() => new ActivePassiveStack(app, 'active-passive'));
app.synth();
