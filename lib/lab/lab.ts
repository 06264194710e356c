import { createHash } from 'node:crypto';
import { Azure, type RunCommandHandler } from './azure/azure';
import { type Cloud, type CloudOptions, startCloud } from './simulator';
import { type Operations } from './terraform/operations';
import { startProviders } from './terraform/providers';

export interface LabOptions extends CloudOptions {
  /** Of the real provider's waits: 1 is its own pace. @default 0.01 */
  readonly pace?: number;
  /** What the provider would find in its environment, such as the IMPORT_ variables. @default - that of this process */
  readonly environment?: () => Readonly<Record<string, string | undefined>>;
  /** What runs instead of a VM's script. @default - nothing, and it succeeds */
  readonly runCommand?: RunCommandHandler;
}

/** A Confluent Cloud, an Azure, and the Terraform providers for both. */
export interface Lab {
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

/** Starts a lab in this process, on free ports of the loopback interface. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const cloud = await startCloud(options);
  const azure = new Azure(undefined, options.runCommand);
  const id = await cloud.perform(({ identifiers }) =>
    createHash('sha256').update(identifiers.seed).digest('hex').slice(0, 12),
  );
  const providers = await startProviders({
    labId: id,
    azure,
    endpoint: cloud.url,
    pace: options.pace ?? DEFAULT_PACE,
    environment: options.environment ?? (() => process.env),
  });
  return {
    id,
    cloud,
    azure,
    operations: providers.operations,
    env: { TF_REATTACH_PROVIDERS: providers.reattach },
    stop: async () => {
      providers.stop();
      await cloud.close();
    },
  };
}
