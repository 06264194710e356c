import { App } from 'cdktf';
import { ActivePassiveStack } from './lib';
import { keepStackTracesShort } from './lib/short-stack-traces';

keepStackTracesShort();
const app = new App();
new ActivePassiveStack(app, 'active-passive');
app.synth();
