import { type Role, ROLES } from '../pair/role';

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
