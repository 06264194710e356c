import { App } from 'cdktf';
import { ActivePassiveStack } from './lib';

const app = new App();
new ActivePassiveStack(app, 'active-passive');
app.synth();
