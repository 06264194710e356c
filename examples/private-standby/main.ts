import { App } from 'cdktf';
import { NetworksStack } from './networks-stack';
import { PeeredNetworkStack } from './peered-network-stack';
import { StandbyStack } from './standby-stack';

const app = new App();
new NetworksStack(app, 'networks');
new PeeredNetworkStack(app, 'peered-network');
new StandbyStack(app, 'enterprise');
new StandbyStack(app, 'dedicated');
app.synth();
