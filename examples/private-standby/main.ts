import { App } from 'cdktf';
import { NetworksStack } from './networks-stack';
import { StandbyStack } from './standby-stack';

const app = new App();
new NetworksStack(app, 'networks');
new StandbyStack(app, 'enterprise');
new StandbyStack(app, 'dedicated');
app.synth();
