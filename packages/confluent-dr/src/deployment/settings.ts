import { isIP } from 'node:net';
import { checkedBaseUrl } from '../client/endpoint';
import { type Role, ROLES } from '../observe/pair-observation';

/** What can be said of each member. */
export const MEMBER_SETTINGS = [
  'environmentId',
  'clusterId',
  'region',
  'restEndpoint',
  'bootstrapEndpoint',
  'kafkaKey',
  'kafkaSecret',
  'principal',
  'schemaRegistryId',
  'schemaRegistryEndpoint',
  'schemaRegistryKey',
  'schemaRegistrySecret',
  'exporterNames',
  'brokerHostPatterns',
] as const;

/** What can be said of the pair as a whole. */
export const PAIR_SETTINGS = [
  'linkName',
  'topics',
  'leaveOut',
  'maxLag',
  'maxLagRecords',
  'canaryTopic',
  'proxyAddress',
  'activeMember',
  'activeVariable',
  'outageWished',
  'outageVariable',
  'cloudKey',
  'cloudSecret',
  'cloudUrl',
] as const;

export type MemberSetting = (typeof MEMBER_SETTINGS)[number];
export type PairSetting = (typeof PAIR_SETTINGS)[number];

/** The name of a value: `linkName`, `primary.clusterId`. */
export type SettingName = PairSetting | `${Role}.${MemberSetting}`;

/** All names, in the order in which they are shown. */
export const SETTING_NAMES: readonly SettingName[] = [
  ...ROLES.flatMap((role) => MEMBER_SETTINGS.map((name) => `${role}.${name}` as const)),
  ...PAIR_SETTINGS,
];

/** Whether the value must not be shown, nor be given by an option. Keys are not: the secrets behind them are. */
export const isSecret = (name: SettingName): boolean => name.toLowerCase().endsWith('secret');

/** The environment variable of a value: `CONFLUENT_DR_PRIMARY_CLUSTER_ID`. */
export function variableOf(name: SettingName): string {
  const words = name.replace('.', '_').replace(/[A-Z]/g, (letter) => `_${letter}`);
  return `CONFLUENT_DR_${words.toUpperCase()}`;
}

/** The host in `SASL_SSL://host:9092`, `host:9092` or `host`. */
export const bootstrapHost = (endpoint: string): string => endpoint.replace(/^.*:\/\//, '').replace(/:\d+$/, '');

/** The name of a topic. */
export const TOPIC_NAME = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/;

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;
const FORMS: readonly [end: string, form: RegExp, allowed: string][] = [
  ['clusterId', /^lkc-[a-z0-9]+$/, 'an id such as lkc-abc123'],
  ['environmentId', /^env-[a-z0-9]+$/, 'an id such as env-abc123'],
  ['principal', /^User:((sa|u)-[a-z0-9]+|(pool|group)-[a-zA-Z0-9]+|\d+)$/, 'User: and an id such as sa-abc123'],
  ['maxLag', /^\d+(\.\d+)?(s|m|h)?$/, 'a duration such as 30s, 5m or 1h'],
  ['maxLagRecords', /^\d+$/, 'a whole number of records'],
  [
    'brokerHostPatterns',
    /^[a-z0-9.\\()?[\]+, -]+$/,
    String.raw`regular expressions of names, separated by commas, such as e-[0-9a-z]+-az[0-9]+-43860\.….cloud`,
  ],
  ['canaryTopic', TOPIC_NAME, 'the name of a topic'],
  ['activeMember', /^(primary|secondary|both)$/, 'primary, secondary or both'],
  ['outageWished', /^(true|false)$/, 'true or false'],
  ['activeVariable', /^[A-Za-z_][\w-]*$/, 'the name of a Terraform variable'],
  ['outageVariable', /^[A-Za-z_][\w-]*$/, 'the name of a Terraform variable'],
  ['schemaRegistryId', /^lsrc-[a-z0-9]+$/, 'an id such as lsrc-abc123'],
];

/** What is wrong with a value; undefined if nothing is. */
export function endpointProblem(name: SettingName, value: string): string | undefined {
  const received = `received ${JSON.stringify(value)}, allowed is`;
  if (/(restEndpoint|schemaRegistryEndpoint|cloudUrl)$/.test(name)) {
    return urlProblem(value);
  }
  if (name.endsWith('bootstrapEndpoint') && !HOST.test(bootstrapHost(value))) {
    return `${received} a host such as pkc-….confluent.cloud:9092`;
  }
  if (name === 'proxyAddress' && isIP(value) === 0) {
    return `${received} an IP address`;
  }
  const form = FORMS.find(([end]) => name.endsWith(end));
  return form && !form[1].test(value) ? `${received} ${form[2]}` : undefined;
}

function urlProblem(value: string): string | undefined {
  try {
    checkedBaseUrl(value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
