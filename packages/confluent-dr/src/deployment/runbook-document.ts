import * as z from 'zod';
import { type Role, ROLES } from '../observe/pair-observation';
import { type Origin, type SettingValues } from './deployment';
import { type MemberSetting, type PairSetting, type SettingName } from './settings';

/** Outputs of resources that are not made are null. */
const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);
const texts = z
  .array(z.string().min(1))
  .nullish()
  .transform((values) => values?.join(',') || undefined);

const member = z.object({
  environment_id: text,
  cluster_id: text,
  region: text,
  rest_endpoint: text,
  bootstrap_endpoint: text,
  kafka_api_key: text,
  kafka_api_secret: text,
  principal: text,
  schema_registry_id: text,
  schema_registry_endpoint: text,
  schema_registry_api_key: text,
  schema_registry_api_secret: text,
  exporter_names: texts,
  broker_host_patterns: texts,
});

/**
 * The output `runbook` of a stack: a pair as JSON. Every field may be missing or null, and a field that is not known is
 * left to a later tool.
 */
export const RUNBOOK_DOCUMENT = z.object({
  primary: member.optional(),
  secondary: member.optional(),
  link_name: text,
  topics: texts,
  leave_out: texts,
  max_lag: text,
  max_lag_records: z
    .union([z.int(), z.string()])
    .nullish()
    .transform((value) => ((value ?? '') === '' ? undefined : String(value))),
  canary_topic: text,
  proxy_public_ip: text,
  active_member: text,
  active_variable: text,
  outage_wished: z
    .union([z.boolean(), z.string()])
    .nullish()
    .transform((value) => ((value ?? '') === '' ? undefined : String(value))),
  outage_variable: text,
  cloud_api_key: text,
  cloud_api_secret: text,
  cloud_url: text,
});

/** What the file of `--config` holds: the same, but a field that is not known is a slip of the pen. */
export const CONFIG_DOCUMENT = z.strictObject({
  ...RUNBOOK_DOCUMENT.shape,
  primary: member.strict().optional(),
  secondary: member.strict().optional(),
});

type MemberDocument = z.output<typeof member>;
type RunbookDocument = z.output<typeof RUNBOOK_DOCUMENT>;

const MEMBER_FIELDS: Record<MemberSetting, keyof MemberDocument> = {
  environmentId: 'environment_id',
  clusterId: 'cluster_id',
  region: 'region',
  restEndpoint: 'rest_endpoint',
  bootstrapEndpoint: 'bootstrap_endpoint',
  kafkaKey: 'kafka_api_key',
  kafkaSecret: 'kafka_api_secret',
  principal: 'principal',
  schemaRegistryId: 'schema_registry_id',
  schemaRegistryEndpoint: 'schema_registry_endpoint',
  schemaRegistryKey: 'schema_registry_api_key',
  schemaRegistrySecret: 'schema_registry_api_secret',
  exporterNames: 'exporter_names',
  brokerHostPatterns: 'broker_host_patterns',
};

const PAIR_FIELDS: Record<PairSetting, Exclude<keyof RunbookDocument, Role>> = {
  linkName: 'link_name',
  topics: 'topics',
  leaveOut: 'leave_out',
  maxLag: 'max_lag',
  maxLagRecords: 'max_lag_records',
  canaryTopic: 'canary_topic',
  proxyAddress: 'proxy_public_ip',
  activeMember: 'active_member',
  activeVariable: 'active_variable',
  outageWished: 'outage_wished',
  outageVariable: 'outage_variable',
  cloudKey: 'cloud_api_key',
  cloudSecret: 'cloud_api_secret',
  cloudUrl: 'cloud_url',
};

/** The values of a document. */
export function valuesOfDocument(document: RunbookDocument, origin: Origin): SettingValues {
  const ofPair = Object.entries(PAIR_FIELDS).map(([name, field]) => [name, document[field]] as const);
  const ofMembers = ROLES.flatMap((role) =>
    Object.entries(MEMBER_FIELDS).map(([name, field]) => [`${role}.${name}`, document[role]?.[field]] as const),
  );
  return Object.fromEntries(
    [...ofPair, ...ofMembers].flatMap(([name, value]) =>
      value === undefined ? [] : [[name as SettingName, { value, origin }]],
    ),
  );
}
