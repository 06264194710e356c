import { type Role } from '../../src/observe/pair-observation';
import { type DeployedLab } from './deployed-lab';

/** What `terraform output -json` prints of one output. */
export interface PrintedOutput {
  readonly sensitive: boolean;
  readonly value: unknown;
}

/** The outputs that the dry run always had, for a stack with one topic. */
export function originalOutputs(lab: DeployedLab): Record<string, PrintedOutput> {
  const clusterOf = (role: Role): Record<string, string> => {
    const { bootstrapEndpoint, clusterId, kafka } = lab.member(role);
    return {
      region: role === 'primary' ? 'westeurope' : 'northeurope',
      bootstrap_endpoint: bootstrapEndpoint,
      cluster_id: clusterId,
      cluster_api_key: kafka.key,
      cluster_api_secret: kafka.secret,
    };
  };
  return {
    primary_cluster: { sensitive: true, value: { ...clusterOf('primary'), topic: lab.topics[0] } },
    secondary_cluster: { sensitive: true, value: clusterOf('secondary') },
    proxy_public_ip: { sensitive: false, value: '192.0.2.10' },
  };
}
