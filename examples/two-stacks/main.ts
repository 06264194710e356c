import { App } from 'cdktf';
import { ClustersStack } from './clusters-stack';
import { ProxyStack } from './proxy-stack';

const app = new App();
new ClustersStack(app, 'clusters');
new ProxyStack(app, 'proxy');
app.synth();
