import { type Role } from '../../src/observe/pair-observation';
import { DEPLOYED_LINK, type DeployedLab } from './deployed-lab';
import { originalOutputs, type PrintedOutput } from './deployed-outputs';

/** All outputs of the default app, as `terraform output -json` prints them. */
export function deployedOutputs(lab: DeployedLab): Record<string, PrintedOutput> {
  const memberOf = (role: Role): Record<string, unknown> => {
    const member = lab.member(role);
    return {
      environment_id: member.environmentId,
      cluster_id: member.clusterId,
      rest_endpoint: member.restEndpoint,
      bootstrap_endpoint: member.bootstrapEndpoint,
      kafka_api_key: member.kafka.key,
      kafka_api_secret: member.kafka.secret,
      principal: `User:${lab.serviceAccountId}`,
      schema_registry_id: member.registryId,
      schema_registry_endpoint: member.registryEndpoint,
      schema_registry_api_key: member.schemaRegistry.key,
      schema_registry_api_secret: member.schemaRegistry.secret,
    };
  };
  const value = {
    primary: memberOf('primary'),
    secondary: memberOf('secondary'),
    link_name: DEPLOYED_LINK,
    topics: lab.topics,
    proxy_public_ip: '192.0.2.10',
  };
  return { ...originalOutputs(lab), runbook: { sensitive: true, value } };
}
