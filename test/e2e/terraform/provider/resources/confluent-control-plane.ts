import { type ResourceBehaviour } from '../planning/behaviour';
import { between, matching, oneOf } from '../planning/rules';
import { type ValueObject } from '../schema/value';
import { blockId, clusterAttributes, shortId } from './confluent-names';

const clusterTypes = ['basic', 'standard', 'dedicated', 'enterprise', 'freight'];

export const kafkaCluster: ResourceBehaviour = {
  forceNew: ['availability', 'cloud', 'region', 'environment', 'network.id', 'byok_key.id'],
  rules: {
    availability: oneOf('SINGLE_ZONE', 'MULTI_ZONE', 'LOW', 'HIGH'),
    cloud: oneOf('AWS', 'AZURE', 'GCP'),
    'dedicated.cku': between(1),
    'network.id': matching(/^nr?-/),
  },
  check: (config) => {
    const given = clusterTypes.filter((type) => Array.isArray(config[type]) && config[type].length > 0);
    return given.length === 1 || clusterTypes.some((type) => config[type] !== null && !Array.isArray(config[type]))
      ? []
      : [
          {
            summary: 'Invalid combination of arguments',
            detail: `Give one of ${clusterTypes.join(', ')}, not ${given.length}.`,
          },
        ];
  },
  create: (planned, cloud) => ({
    ...clusterAttributes(
      `lkc-${shortId(`cluster ${cloud.next()}`)}`,
      blockId(planned.environment),
      planned.region as string,
    ),
    dedicated: [{ encryption_key: '', zones: ['1'] }],
  }),
};

export const roleBinding: ResourceBehaviour = {
  forceNew: ['principal', 'role_name', 'crn_pattern'],
  defaults: { disable_wait_for_ready: false },
  rules: { principal: matching(/^User:.+$/), crn_pattern: matching(/^crn:\/\/.+$/) },
  create: (_planned, cloud) => ({ id: `rb-${shortId(`role ${cloud.next()}`)}` }),
};

export const apiKey: ResourceBehaviour = {
  forceNew: ['owner', 'managed_resource'],
  defaults: { disable_wait_for_ready: false },
  rules: {
    'owner.id': matching(/^(u|sa)-/),
    'owner.kind': oneOf('ServiceAccount', 'User'),
    'owner.api_version': oneOf('iam/v2'),
    'managed_resource.kind': oneOf('Cluster', 'Region', 'Tableflow', 'Global'),
    'managed_resource.api_version': oneOf(
      ...['cmk/v2', 'srcm/v2', 'srcm/v3', 'ksqldbcm/v2', 'fcpm/v2', 'tableflow/v1', 'global/v1'],
    ),
  },
  create: (planned, cloud): ValueObject & { id: string } => {
    const number = cloud.next();
    return {
      id: shortId(`key ${number}`).toUpperCase(),
      secret: `secret-of-${shortId(`secret ${number} ${blockId(planned.managed_resource)}`)}`,
    };
  },
};
