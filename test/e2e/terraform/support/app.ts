import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type TerraformStack } from 'cdktf';
import { ActivePassiveStack } from '../../../../lib';
import { type Workspace } from './terraform';

/** A `terraform.tfvars` of the dry run, with made-up values. */
export const tfvars = {
  cc_cloud_api_key: 'CLOUDKEY',
  cc_cloud_api_secret: 'cloud-secret',
  cc_env_primary: 'env-aaa111',
  cc_env_secondary: 'env-bbb222',
  cc_service_account: 'sa-abc123',
  cc_use_existing_clusters: true,
  cc_primary_cluster_id: 'lkc-aaaaa',
  cc_secondary_cluster_id: 'lkc-bbbbb',
  client_id: '00000000-0000-0000-0000-00000000000a',
  client_secret: 'azure-secret',
  subscription_id: '00000000-0000-0000-0000-000000000000',
  tenant_id: '00000000-0000-0000-0000-00000000000b',
  azure_region: 'westeurope',
  prefix: 'proxy',
  admin_username: 'proxyadmin',
  admin_password: 'Correct-Horse-7',
};

export type Tfvars = typeof tfvars;

export const runCommand = 'azurerm_virtual_machine_run_command.proxy';

export interface Synthesis {
  readonly context?: Record<string, unknown>;
  /** Changes to the synthesized configuration, to see them refused. */
  readonly edit?: (json: string) => string;
}

/** By context: it is the same each time, and many tests begin with it. */
const defaultApps = new Map<string, string>();

/** Puts the synthesized default app into the workspace, as if cdktf had done it there. */
export function synthesizeInto(workspace: Workspace, { context = {}, edit = (json) => json }: Synthesis = {}): void {
  const key = JSON.stringify(context);
  const json = defaultApps.get(key) ?? synthesized((app) => new ActivePassiveStack(app, 'active-passive'), context);
  defaultApps.set(key, json);
  workspace.write('cdk.tf.json', edit(json));
}

/** The same with any stack. */
export function synthesizeStackInto(
  workspace: Workspace,
  build: (app: App) => TerraformStack,
  { context, edit = (json) => json }: Synthesis = {},
): void {
  workspace.write('cdk.tf.json', edit(synthesized(build, context)));
}

/** The one file of a stack that packs no assets. */
function synthesized(build: (app: App) => TerraformStack, context: Synthesis['context']): string {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf.out-'));
  try {
    const app = new App({ outdir, context });
    const { node } = build(app);
    app.synth();
    return readFileSync(join(outdir, 'stacks', node.id, 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
