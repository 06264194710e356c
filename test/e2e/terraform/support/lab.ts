import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Lab, type LabOptions, startLab } from '../../../../packages/confluent-dr-lab/src/lab';
import { type Tfvars, tfvars } from './app';

/** A lab whose clusters have the ids of the tests' tfvars, or of other values. */
export function startLabOfTfvars(options: LabOptions = {}, values: Tfvars = tfvars): Promise<Lab> {
  return startLab({
    sample: {
      cloud: { key: values.cc_cloud_api_key, secret: values.cc_cloud_api_secret },
      serviceAccountId: values.cc_service_account,
      primary: { environmentId: values.cc_env_primary, clusterId: values.cc_primary_cluster_id },
      secondary: { environmentId: values.cc_env_secondary, clusterId: values.cc_secondary_cluster_id },
    },
    ...options,
  });
}

/**
 * Remembers what there is, in Terraform's state too where its path is given; the function that it gives brings it back, and forgets
 * what Terraform did.
 */
export async function checkpoint({ cloud, azure, operations }: Lab, statePath?: string): Promise<() => Promise<void>> {
  const restoreState = statePath === undefined ? () => undefined : checkpointOf(statePath);
  const [saved, savedAzure] = [await cloud.perform((state) => structuredClone(state)), azure.save()];
  return async () => {
    await cloud.perform((state) => {
      Object.assign(state, structuredClone(saved), { now: state.now });
    });
    azure.restore(savedAzure);
    azure.repairRunCommands();
    operations.clear();
    restoreState();
  };
}

function checkpointOf(file: string): () => void {
  const content = existsSync(file) ? readFileSync(file) : undefined;
  return () => (content === undefined ? rmSync(file, { force: true }) : writeFileSync(file, content));
}
