import { type ResourceBehaviour } from '../planning/behaviour';
import { between, keysOf, matching, oneOf } from '../planning/rules';
import { type Value, type ValueObject } from '../schema/value';
import { blockId, shortId } from './confluent-names';

const clusterId = matching(/^lkc-/);
const url = matching(/^http/);

export const kafkaTopic: ResourceBehaviour = {
  forceNew: ['kafka_cluster', 'topic_name'],
  replacedBy: (prior, planned) =>
    (planned.partitions_count as number) < (prior.partitions_count as number) ? ['partitions_count'] : [],
  defaults: { partitions_count: 6 },
  rules: {
    'kafka_cluster.id': clusterId,
    topic_name: matching(/^[a-zA-Z0-9._-]+$/),
    partitions_count: between(1),
    rest_endpoint: url,
  },
  create: (planned) => ({ id: `${blockId(planned.kafka_cluster)}/${planned.topic_name as string}`, config: {} }),
};

const aclFields = ['resource_type', 'resource_name', 'pattern_type', 'principal', 'host', 'operation', 'permission'];

export const kafkaAcl: ResourceBehaviour = {
  forceNew: ['kafka_cluster', ...aclFields, 'rest_endpoint'],
  rules: {
    'kafka_cluster.id': clusterId,
    resource_type: oneOf(...['UNKNOWN', 'ANY', 'TOPIC', 'GROUP', 'CLUSTER', 'TRANSACTIONAL_ID', 'DELEGATION_TOKEN']),
    pattern_type: oneOf('UNKNOWN', 'ANY', 'MATCH', 'LITERAL', 'PREFIXED'),
    operation: oneOf(
      ...['UNKNOWN', 'ANY', 'ALL', 'READ', 'WRITE', 'CREATE', 'DELETE', 'ALTER', 'DESCRIBE', 'CLUSTER_ACTION'],
      ...['DESCRIBE_CONFIGS', 'ALTER_CONFIGS', 'IDEMPOTENT_WRITE'],
    ),
    permission: oneOf('UNKNOWN', 'ANY', 'DENY', 'ALLOW'),
    rest_endpoint: url,
  },
  create: (planned) => ({
    id: `${blockId(planned.kafka_cluster)}/${aclFields.map((field) => planned[field] as string).join('#')}`,
  }),
};

const linkSides = ['source', 'destination', 'local', 'remote'].map((side) => `${side}_kafka_cluster`);

export const clusterLink: ResourceBehaviour = {
  forceNew: [
    'link_name',
    'link_mode',
    'connection_mode',
    ...linkSides.flatMap((side) => ['id', 'rest_endpoint', 'bootstrap_endpoint'].map((name) => `${side}.${name}`)),
  ],
  defaults: { link_mode: 'DESTINATION', connection_mode: 'OUTBOUND' },
  rules: {
    link_mode: oneOf('DESTINATION', 'SOURCE', 'BIDIRECTIONAL'),
    connection_mode: oneOf('INBOUND', 'OUTBOUND'),
    config: keysOf(
      ...['acl.filters', 'acl.sync.enable', 'acl.sync.ms'],
      ...['auto.create.mirror.topics.enable', 'auto.create.mirror.topics.filters'],
      ...['cluster.link.paused', 'cluster.link.prefix', 'consumer.group.prefix.enable'],
      ...['consumer.offset.group.filters', 'consumer.offset.sync.enable', 'consumer.offset.sync.ms'],
      ...['mirror.start.offset.spec', 'topic.config.sync.ms'],
    ),
    ...Object.fromEntries(linkSides.map((side) => [`${side}.rest_endpoint`, url])),
  },
  check: (config) =>
    linkSides
      .flatMap((side) => blocks(config[side]).map((block) => ({ side, block })))
      .filter(({ block }) => (block.rest_endpoint === null) === (block.bootstrap_endpoint === null))
      .map(({ side }) => ({
        summary: 'Invalid combination of arguments',
        detail: `${side} needs one of rest_endpoint and bootstrap_endpoint.`,
      })),
  create: (planned) => {
    const owner = ['local', 'destination', 'source']
      .map((side) => blockId(planned[`${side}_kafka_cluster`]))
      .find(Boolean);
    const name = planned.link_name as string;
    return { id: `${owner}/${name}`, cluster_link_id: shortId(`link ${name}`), config: {} };
  },
};

export const kafkaMirrorTopic: ResourceBehaviour = {
  forceNew: [
    'kafka_cluster.id',
    'kafka_cluster.rest_endpoint',
    'cluster_link',
    'source_kafka_topic',
    'mirror_topic_name',
  ],
  rules: {
    'kafka_cluster.rest_endpoint': url,
    status: oneOf('ACTIVE', 'PAUSED', 'FAILED_OVER', 'PROMOTED'),
  },
  create: (planned) => {
    const topic = blocks(planned.source_kafka_topic)[0].topic_name as string;
    const name = typeof planned.mirror_topic_name === 'string' ? planned.mirror_topic_name : topic;
    const link = blocks(planned.cluster_link)[0].link_name as string;
    return { id: `${blockId(planned.kafka_cluster)}/${link}/${name}`, mirror_topic_name: name, status: 'ACTIVE' };
  },
};

export const schemaExporter: ResourceBehaviour = {
  // Not the destination's id: the provider's schema marks it, and suppresses every difference of it.
  forceNew: ['schema_registry_cluster', 'rest_endpoint', 'name'],
  defaults: { reset_on_update: false },
  rules: { rest_endpoint: url, status: oneOf('RUNNING', 'PAUSED') },
  create: (planned) => ({
    id: `${blockId(planned.schema_registry_cluster)}/${planned.name as string}`,
    context_type: 'AUTO',
    context: '.',
    subject_rename_format: '',
    subjects: ['*'],
    config: {},
    status: 'RUNNING',
    destination_schema_registry_cluster: [{ id: '' }],
  }),
};

function blocks(value: Value | undefined): ValueObject[] {
  return Array.isArray(value) ? (value as ValueObject[]) : [];
}
