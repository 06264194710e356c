/**
 * A test double, not a product: the providers confluent, azurerm and null as Terraform sees them, without any cloud
 * behind them. Schemas are the published ones; what they do not say (what forces replacement, defaults, ids) is in
 * the tables of `resources/`. It runs in the test's own process; Terraform connects to it by TF_REATTACH_PROVIDERS.
 *
 * Layers, each knowing only those after it: protocol → provider → resources → planning, cloud → schema.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cloud } from './cloud/cloud';
import { type ProviderBehaviour } from './planning/behaviour';
import { type Reattach, type RunningServer, serve } from './protocol/server';
import { Provider } from './provider';
import { azurerm } from './resources/azurerm';
import { confluent } from './resources/confluent';
import { nothing } from './resources/null';
import { type ProvidersSchema } from './schema/schema';

export { Cloud } from './cloud/cloud';

/** Where the published schema of each imitated provider is, beside its behaviour. */
const imitated: readonly { source: string; schema: string; behaviour: ProviderBehaviour }[] = [
  {
    source: 'registry.terraform.io/confluentinc/confluent',
    schema: join(__dirname, '../../../../lib/bindings/confluent-schema.json'),
    behaviour: confluent,
  },
  {
    source: 'registry.terraform.io/hashicorp/azurerm',
    schema: join(__dirname, 'schema/azurerm-schema.json'),
    behaviour: azurerm,
  },
  {
    source: 'registry.terraform.io/hashicorp/null',
    schema: join(__dirname, 'schema/null-schema.json'),
    behaviour: nothing,
  },
];

export interface RunningProviders {
  readonly cloud: Cloud;
  /** What Terraform's processes need in their environment. */
  readonly env: { readonly TF_REATTACH_PROVIDERS: string };
  stop(): void;
}

export async function startProviders(cloud = new Cloud()): Promise<RunningProviders> {
  const folder = mkdtempSync(join(tmpdir(), 'providers-'));
  const standIn = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  const servers: RunningServer[] = [];
  const reattach: Record<string, Reattach> = {};
  for (const { source, schema, behaviour } of imitated) {
    const { provider_schemas } = JSON.parse(readFileSync(schema, 'utf8')) as ProvidersSchema;
    const provider = new Provider(provider_schemas[source], behaviour, cloud);
    const server = await serve(provider, join(folder, `${servers.length}.sock`), standIn.pid!);
    servers.push(server);
    reattach[source] = server.reattach;
  }
  return {
    cloud,
    env: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) },
    stop: () => {
      servers.forEach((server) => server.stop());
      standIn.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
