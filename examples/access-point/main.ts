import { App } from 'cdktf';
import { AccessPointStack } from './access-point-stack';

const app = new App();
new AccessPointStack(app, 'orders');
app.synth();
