import { App } from 'cdktf';
import { ActiveOnlyStack } from './active-only-stack';

const app = new App();
new ActiveOnlyStack(app, 'proxy');
app.synth();
