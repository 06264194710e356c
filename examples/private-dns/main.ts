import { App } from 'cdktf';
import { PrivateDnsStack } from './private-dns-stack';

const app = new App();
new PrivateDnsStack(app, 'proxy');
app.synth();
