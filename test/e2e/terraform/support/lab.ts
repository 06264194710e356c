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

/** Remembers what there is; the function that it gives brings it back, and forgets what Terraform did. */
export async function checkpoint({ cloud, azure, operations }: Lab): Promise<() => Promise<void>> {
  const [saved, savedAzure] = [await cloud.perform((state) => structuredClone(state)), azure.save()];
  return async () => {
    await cloud.perform((state) => {
      Object.assign(state, structuredClone(saved), { now: state.now });
    });
    azure.restore(savedAzure);
    azure.repairRunCommands();
    operations.clear();
  };
}
