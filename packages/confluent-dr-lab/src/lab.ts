import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Azure, type AzureHost } from './azure/azure';
import { AzureFile, azureRoutes } from './azure/azure-routes';
import { type Cloud, type CloudOptions, startCloud } from './cloud';
import { type KafkaBrokers } from './kafka/kafka-brokers';
import { keyRoutes } from './kafka/key-routes';
import { type LabProxies } from './nginx/lab-proxies';
import { type Operations } from './terraform/operations';
import { startProviders } from './terraform/providers';

export interface LabOptions extends Omit<CloudOptions, 'stateFile' | 'labRoutes' | 'brokers'> {
  /** Where the lab outlives the process; one that is in it already is gone on with. @default - nowhere */
  readonly folder?: string;
  /** Of the real provider's waits: 1 is its own pace. @default 0.01 */
  readonly pace?: number;
  /** What the provider would find in its environment, such as the IMPORT_ variables. @default - that of this process */
  readonly environment?: () => Readonly<Record<string, string | undefined>>;
  /** Brokers for the clusters; they end with the lab. @default - none */
  readonly brokers?: KafkaBrokers;
  /** What the scripts on VMs make of them; they end with the lab. @default - nothing: scripts succeed */
  readonly proxies?: LabProxies;
  /** What runs instead of a VM's script, in place of proxies. @default - nothing, and it succeeds */
  readonly runCommand?: AzureHost['run'];
}

/** A Confluent Cloud, an Azure, and the Terraform providers for both. */
export interface Lab {
  /** Of this lab and no other; it marks the states that Terraform makes with it. */
  readonly id: string;
  readonly cloud: Cloud;
  readonly azure: Azure;
  /** What Terraform did. */
  readonly operations: Operations;
  /** What Terraform's processes need in their environment. */
  readonly env: { readonly TF_REATTACH_PROVIDERS: string };
  stop(): Promise<void>;
}

const DEFAULT_PACE = 0.01;
const SAVE_EVERY_MS = 250;

/** Starts a lab in this process, on free ports of the loopback interface. */
export async function startLab({
  folder,
  pace,
  environment,
  runCommand,
  brokers,
  proxies,
  ...options
}: LabOptions = {}): Promise<Lab> {
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const file = folder === undefined ? undefined : new AzureFile(join(folder, 'azure.json'));
  const azure = new Azure(file?.read(), proxies ?? (runCommand && { run: runCommand }));
  const cloud = await startCloud({
    ...options,
    brokers,
    stateFile: folder && join(folder, 'cloud.json'),
    labRoutes: (app) => {
      azureRoutes(app, azure, proxies);
      if (brokers) {
        keyRoutes(app, brokers, () => cloud);
      }
      app.get('/lab/v1/lab', async () => ({ id: await idOf(cloud) }));
    },
  });
  const id = await idOf(cloud);
  const providers = await startProviders({
    labId: id,
    azure,
    endpoint: cloud.url,
    pace: pace ?? DEFAULT_PACE,
    environment: environment ?? (() => process.env),
  });
  await proxies?.attach(azure, cloud);
  const saving = file && setInterval(() => file.writeChanged(azure.save()), SAVE_EVERY_MS).unref();
  return {
    id,
    cloud,
    azure,
    operations: providers.operations,
    env: { TF_REATTACH_PROVIDERS: providers.reattach },
    stop: async () => {
      clearInterval(saving);
      providers.stop();
      await proxies?.end();
      await brokers?.end();
      await cloud.close();
      file?.write(azure.save());
    },
  };
}

/** The seed decides every secret of the cloud, so that only its digest is told. */
function idOf(cloud: Cloud): Promise<string> {
  return cloud.perform(({ identifiers }) => createHash('sha256').update(identifiers.seed).digest('hex').slice(0, 12));
}
