import { App } from 'cdktf';
import { OneIdentityStack } from './one-identity-stack';

const app = new App();
new OneIdentityStack(app, 'orders');
app.synth();
