import { TerraformOutput, type TerraformStack, Testing } from 'cdktf';
import { Workspace } from './terraform';

/** What Terraform makes of an expression of the stack. */
export async function evaluated(stack: TerraformStack, value: unknown): Promise<unknown> {
  new TerraformOutput(stack, 'value', { value });
  const workspace = new Workspace({ env: {} }).write('cdk.tf.json', Testing.synth(stack));
  try {
    await workspace.must('init', '-input=false');
    await workspace.must('apply', '-auto-approve', '-input=false');
    return JSON.parse((await workspace.must('output', '-json', 'value')).stdout);
  } finally {
    workspace.remove();
  }
}
