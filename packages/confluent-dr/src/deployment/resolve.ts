import { type Credentials } from '../client/endpoint';
import { type Role, ROLES } from '../observe/pair-observation';
import {
  type DeployedAccess,
  type DeployedCloud,
  type DeployedMember,
  type DeployedRegistry,
  type Deployment,
  isLab,
  type KnownValues,
  type OriginatedValue,
  type SettingValues,
  UnusableDeployment,
} from './deployment';
import {
  bootstrapHost,
  endpointProblem,
  isSecret,
  type MemberSetting,
  SETTING_NAMES,
  type SettingName,
  variableOf,
} from './settings';

const OF_MEMBER: readonly MemberSetting[] = ['clusterId', 'bootstrapEndpoint', 'kafkaKey', 'kafkaSecret'];
const NEEDED: readonly SettingName[] = [...ROLES.flatMap((role) => ofRole(role, OF_MEMBER)), 'linkName'];

/** Gives a value by its name. */
export type ValueOf = (name: SettingName) => string | undefined;

/**
 * The values that several sources together give.
 *
 * @param needed those that must be there
 * @throws UnusableDeployment that names all that is missing or wrong
 */
export function checkedValues({ sources, unread }: KnownValues, needed: readonly SettingName[]): ValueOf {
  const values = merged(sources);
  const problems = [...missing(values, needed), ...wrong(values)];
  if (problems.length > 0) {
    throw new UnusableDeployment(
      `the deployment is not known well enough:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\n` +
        'Name it by --from <folder of cdktf or terraform> or --outputs <file>, or give these values by themselves.' +
        (unread === undefined ? '' : `\nThe current folder told nothing: ${unread}`),
    );
  }
  return (name) => values[name]?.value;
}

/**
 * The deployment that several sources together describe.
 * @throws UnusableDeployment that names all that is missing or wrong
 */
export function resolveDeployment(known: KnownValues): Deployment {
  const of = checkedValues(known, NEEDED);
  const members = { primary: memberOf('primary', of), secondary: memberOf('secondary', of) };
  return {
    members,
    linkName: of('linkName')!,
    topics: listOf(of('topics')),
    leaveOut: listOf(of('leaveOut')),
    maxLag: of('maxLag'),
    maxLagRecords: of('maxLagRecords'),
    canaryTopic: of('canaryTopic'),
    proxyAddress: of('proxyAddress'),
    access: accessOf(of),
    cloud: cloudOf(members, of),
    values: describedValues(known),
  };
}

/** Each value with its origin, however little is known. */
export function describedValues({ sources }: KnownValues): readonly OriginatedValue[] {
  return originated(merged(sources));
}

function merged(sources: readonly SettingValues[]): SettingValues {
  return withDerived(Object.assign({}, ...[...sources].reverse()) as SettingValues);
}

function originated(values: SettingValues): OriginatedValue[] {
  return SETTING_NAMES.flatMap((name) => (values[name] ? [{ name, ...values[name] }] : []));
}

/** On Confluent Cloud, Kafka REST is at the host of the bootstrap endpoint. */
function withDerived(values: SettingValues): SettingValues {
  const derived: SettingValues = {};
  for (const role of ROLES) {
    const bootstrap = values[`${role}.bootstrapEndpoint`];
    if (bootstrap) {
      const detail = `from ${role}.bootstrapEndpoint`;
      derived[`${role}.restEndpoint`] = {
        value: `https://${bootstrapHost(bootstrap.value)}:443`,
        origin: { kind: 'derived', detail },
      };
    }
  }
  return { ...derived, ...values };
}

function missing(values: SettingValues, needed: readonly SettingName[]): string[] {
  return needed
    .filter((name) => !values[name])
    .map((name) => `${name} is missing: ${variableOf(name)}${isSecret(name) ? '' : ` or --set ${name}=…`}`);
}

function wrong(values: SettingValues): string[] {
  return originated(values).flatMap(({ name, value, origin }) => {
    const problem = endpointProblem(name, value);
    return problem === undefined ? [] : [`${name} (${origin.detail}): ${problem}`];
  });
}

function memberOf(role: Role, of: ValueOf): DeployedMember {
  const own = (name: MemberSetting): string | undefined => of(`${role}.${name}`);
  return {
    role,
    environmentId: own('environmentId'),
    clusterId: own('clusterId')!,
    region: own('region'),
    restEndpoint: own('restEndpoint')!,
    bootstrapEndpoint: own('bootstrapEndpoint')!.replace(/^.*:\/\//, ''),
    ...(own('brokerHostPatterns') && { brokerHostPatterns: listOf(own('brokerHostPatterns')) }),
    kafkaCredentials: { key: own('kafkaKey')!, secret: own('kafkaSecret')! },
    principal: own('principal'),
    schemaRegistry: registryOf(own),
  };
}

function registryOf(own: (name: MemberSetting) => string | undefined): DeployedRegistry | undefined {
  const endpoint = own('schemaRegistryEndpoint');
  const access = credentials(own('schemaRegistryKey'), own('schemaRegistrySecret'));
  return endpoint && access
    ? { id: own('schemaRegistryId'), endpoint, credentials: access, exporterNames: listOf(own('exporterNames')) }
    : undefined;
}

/** `both` is how it is without a fence. */
function accessOf(of: ValueOf): DeployedAccess | undefined {
  const active = ROLES.find((role) => role === of('activeMember'));
  const variable = of('activeVariable');
  return active && { active, ...(variable !== undefined && { variable }) };
}

/** Of Confluent Cloud everybody knows where it is; a lab's own has to be told. */
function cloudOf(members: Deployment['members'], of: ValueOf): DeployedCloud | undefined {
  const [url, key] = [of('cloudUrl'), credentials(of('cloudKey'), of('cloudSecret'))];
  return url === undefined && isLab({ members }) ? undefined : { ...(key && { credentials: key }), url };
}

function credentials(key?: string, secret?: string): Credentials | undefined {
  return key && secret ? { key, secret } : undefined;
}

/** The entries of a value that is a list. */
export function listOf(text?: string): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

function ofRole(role: Role, names: readonly MemberSetting[]): SettingName[] {
  return names.map((name) => `${role}.${name}` as const);
}
