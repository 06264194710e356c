import { text, type ValueObject } from '../../../schema/value';
import { matching, oneOf } from '../../planning/rules';
import { type ResourceType, type Stored } from '../../resource-type';
import { rows, WAITS } from '../api-client';
import { there } from '../presence';
import { type Session } from '../session';
import { credentialRules, importedCluster } from './credentials';
import { clusterPath } from './kafka-topic';

const FIELDS = ['resource_type', 'resource_name', 'pattern_type', 'principal', 'host', 'operation', 'permission'];

export const kafkaAcl: ResourceType<Session> = {
  planning: {
    forceNew: ['kafka_cluster', ...FIELDS, 'rest_endpoint'],
    rules: {
      'kafka_cluster.id': matching(/^lkc-/),
      resource_type: oneOf(...['UNKNOWN', 'ANY', 'TOPIC', 'GROUP', 'CLUSTER', 'TRANSACTIONAL_ID', 'DELEGATION_TOKEN']),
      pattern_type: oneOf('UNKNOWN', 'ANY', 'MATCH', 'LITERAL', 'PREFIXED'),
      operation: oneOf(
        ...['UNKNOWN', 'ANY', 'ALL', 'READ', 'WRITE', 'CREATE', 'DELETE', 'ALTER', 'DESCRIBE', 'CLUSTER_ACTION'],
        ...['DESCRIBE_CONFIGS', 'ALTER_CONFIGS', 'IDEMPOTENT_WRITE'],
      ),
      permission: oneOf('UNKNOWN', 'ANY', 'DENY', 'ALLOW'),
      rest_endpoint: matching(/^http/),
      ...credentialRules(),
    },
  },
  create: async (planned, session) => {
    const cluster = session.kafka(planned);
    await cluster.api.post(`${clusterPath(cluster)}/acls`, fields(planned));
    await session.pace.wait(WAITS.dataPlaneWrite);
    const created = { ...planned, id: idOf(cluster.id, planned) };
    // The provider reads it once more.
    return there(`Kafka ACL ${created.id}`, (await exists(created, session)) ? created : undefined);
  },
  read: async (state, session) => ((await exists(state, session)) ? state : null),
  // Only the key to the cluster can change.
  update: (_prior, planned) => Promise.resolve(planned),
  delete: async (state, session) => {
    const cluster = session.kafka(state);
    await cluster.api.delete(`${clusterPath(cluster)}/acls`, fields(state));
  },
  /** `lkc-…/TYPE#name#PATTERN#User:sa-…#host#OPERATION#PERMISSION` */
  import: async (importId, session) => {
    const [clusterId, ...rest] = importId.split('/');
    const values = rest.join('/').split('#');
    const state: ValueObject = {
      ...importedCluster(clusterId, session),
      id: importId,
      ...Object.fromEntries(FIELDS.map((name, index) => [name, values[index] ?? ''])),
    };
    return (await exists(state, session)) ? state : null;
  },
};

async function exists(acl: ValueObject, session: Session): Promise<boolean> {
  const cluster = session.kafka(acl);
  return rows(await cluster.api.get(`${clusterPath(cluster)}/acls`, fields(acl))).length > 0;
}

function fields(acl: ValueObject): Record<string, string> {
  return Object.fromEntries(FIELDS.map((name) => [name, text(acl[name])]));
}

function idOf(clusterId: string, acl: ValueObject): Stored['id'] {
  return `${clusterId}/${Object.values(fields(acl)).join('#')}`;
}
