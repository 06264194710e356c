import { App } from 'cdktf';
import { TwoVmsStack } from './two-vms-stack';

const app = new App();
new TwoVmsStack(app, 'proxy');
app.synth();
