import { randomBytes } from 'node:crypto';
import { type Sample } from '../cloud';

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';

/** Values for the variables of the default app, with which it deploys to the lab. */
export function appVariables({ cloud, serviceAccountId, primary, secondary }: Sample): Record<string, string> {
  return {
    cc_cloud_api_key: cloud.key,
    cc_cloud_api_secret: cloud.secret,
    cc_env_primary: primary.environmentId,
    cc_env_secondary: secondary.environmentId,
    cc_service_account: serviceAccountId,
    cc_use_existing_clusters: 'true',
    cc_primary_cluster_id: primary.clusterId,
    cc_secondary_cluster_id: secondary.clusterId,
    client_id: SUBSCRIPTION,
    client_secret: 'lab',
    subscription_id: SUBSCRIPTION,
    tenant_id: SUBSCRIPTION,
    azure_region: 'westeurope',
    prefix: 'proxy',
    admin_username: 'labadmin',
    admin_password: `Lab-${randomBytes(12).toString('hex')}`,
  };
}
