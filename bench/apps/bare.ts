import { App, TerraformOutput, TerraformStack } from 'cdktf';

/** The least that a cdktf app can be. */
const app = new App();
const stack = new TerraformStack(app, 'bare');
new TerraformOutput(stack, 'greeting', { value: 'hello' });
app.synth();
