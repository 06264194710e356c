import { App } from 'cdktf';
import { InternalProxyStack } from './internal-proxy-stack';

const app = new App();
new InternalProxyStack(app, 'proxy');
app.synth();
