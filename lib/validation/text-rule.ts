/**
 * What a text may be: one rule serves synth and, as a `validation` block, Terraform's plan, with the same words.
 *
 * The pattern is written in what JavaScript's and Terraform's (RE2) regular expressions have in common, and without
 * backslashes, which the two quote differently.
 */
export interface TextRule {
  readonly pattern: string;
  /** What is refused though it fits, in lower case. @default - nothing */
  readonly except?: readonly string[];
  /** Completes "allowed: …". */
  readonly allowed: string;
  /** A sentence that tells what to do. */
  readonly advice: string;
}

export const ENVIRONMENT_ID: TextRule = {
  pattern: '^env-[0-9a-z]+$',
  allowed: 'a Confluent environment id such as env-abc123',
  advice: 'Copy it from `confluent environment list`.',
};

export const CLUSTER_ID: TextRule = {
  pattern: '^lkc-[0-9a-z]+$',
  allowed: 'a Kafka cluster id such as lkc-abc123',
  advice: 'Copy it from `confluent kafka cluster list`.',
};

export const SERVICE_ACCOUNT_ID: TextRule = {
  pattern: '^sa-[0-9a-z]+$',
  allowed: 'a service account id such as sa-abc123',
  advice: 'Copy it from `confluent iam service-account list`.',
};

/** Pools and groups alone have capitals in their ids. Accounts from before there were ids are numbers. */
export const PRINCIPAL: TextRule = {
  pattern: '^User:((sa|u)-[0-9a-z]+|(pool|group)-[0-9A-Za-z]+|[0-9]+|[*])$',
  allowed:
    'a principal such as User:sa-abc123, User:u-abc123, User:pool-aBc1 or User:group-aBc1, or User:* for everybody',
  advice: 'Prefix the id of the service account, user, identity pool or group mapping with `User:`.',
};

export const NETWORK_ID: TextRule = {
  pattern: '^(n|nr)-[0-9a-z]+$',
  allowed: 'a Confluent network id such as n-abc123',
  advice: 'Copy it from `confluent network list`, or leave it out for a public cluster.',
};

export const ACCESS_POINT_ID: TextRule = {
  pattern: '^ap-?[0-9a-z]+$',
  allowed: 'the id of an access point such as ap-abc123',
  advice: 'Copy it from `confluent network access-point private-link ingress-endpoint list`, or leave it out.',
};

/** Of any cloud. */
export const CLOUD_REGION: TextRule = {
  pattern: '^[a-z][a-z0-9-]+$',
  allowed: 'the name of a region in its cloud, such as westeurope',
  advice: 'Copy it from `confluent schema-registry endpoint list`, or leave it out for the public endpoint.',
};

export const CLUSTER_NAME: TextRule = {
  pattern: '^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$',
  allowed: '1 to 24 lower-case letters, digits and hyphens, beginning with a letter',
  advice: 'The unit, the user and the sockets on the VM bear this name.',
};

/** Kafka's own rule; `.` and `..` are refused apart. */
export const TOPIC_NAME: TextRule = {
  pattern: '^[A-Za-z0-9._-]{1,249}$',
  allowed: '1 to 249 letters, digits, dots, underscores and hyphens',
  advice: 'Rename the topic.',
};

export const TOPIC_PREFIX: TextRule = {
  pattern: TOPIC_NAME.pattern,
  allowed: 'the beginning of topic names, without a * behind it',
  advice: 'Use TopicPattern.all() for every topic.',
};

/** A group's name may hold anything; a `*` in it is nearly always meant as a wildcard, which it is not. */
export const GROUP_NAME: TextRule = {
  pattern: '^[^*]+$',
  allowed: 'the name of a group or its beginning, without a *',
  advice: 'Use GroupFilter.all() for all groups, and GroupFilter.prefixed for the beginning of names.',
};

export const CONSUMER_GROUP: TextRule = {
  pattern: '^([^*]+[*]?|[*])$',
  allowed: 'the name of a group, its beginning with a * at the end, or * for all groups',
  advice: 'A * elsewhere than at the end is no wildcard.',
};

/** Names that stand in an address, where these would lead elsewhere. */
const DOTS = ['.', '..'];

export const LINK_NAME: TextRule = {
  pattern: '^[A-Za-z0-9._-]{1,128}$',
  except: DOTS,
  allowed: '1 to 128 letters, digits, dots, underscores and hyphens, and neither . nor ..',
  advice: 'Choose such a name; both links of the pair bear it.',
};

export const EXPORTER_NAME: TextRule = {
  pattern: '^[A-Za-z0-9._-]{1,128}$',
  except: DOTS,
  allowed: '1 to 128 letters, digits, dots, underscores and hyphens, and neither . nor ..',
  advice: 'Choose such a name.',
};

export const SCHEMA_CONTEXT: TextRule = {
  pattern: '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$',
  allowed:
    'a context name such as primary-context: 1 to 128 letters, digits, dots, underscores and hyphens, without a leading dot',
  advice: 'Give the bare name; the registry adds the dot itself.',
};

const CONTROL = '\u0000-\u001f\u007f-\u009f\u2028\u2029';

/** A text in one line that is not of spaces alone. */
export const ONE_LINE = `^[^${CONTROL}]*[^ ${CONTROL}][^${CONTROL}]*$`;

export const DISPLAY_NAME: TextRule = {
  pattern: ONE_LINE,
  allowed: 'a text in one line that is not empty, nor of spaces alone',
  advice: 'Leave it out for the default.',
};

export const NAME_PREFIX: TextRule = {
  pattern: '^[A-Za-z0-9]([A-Za-z0-9_-]{0,38}[A-Za-z0-9])?$',
  allowed: '1 to 40 letters, digits, hyphens and underscores, with a letter or digit at both ends',
  advice: 'The names of the Azure resources are made of it, the host name of the VM too.',
};

/** Source: Azure's page on naming rules, Microsoft.Network. */
export const AZURE_NETWORK_NAME: TextRule = {
  pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?$',
  allowed:
    '1 to 80 letters, digits, dots, underscores and hyphens, beginning with a letter or digit and not ending with a dot or hyphen',
  advice: 'Azure refuses other names.',
};

export const RESOURCE_GROUP: TextRule = {
  pattern: '^[A-Za-z0-9._()-]{0,89}[A-Za-z0-9_()-]$',
  allowed:
    "the name of a resource group: 1 to 90 letters, digits and ._()-, not ending with a dot, and not the group's id",
  advice: 'Copy the name from `az group list`.',
};

/** Subscriptions and tenants of Azure. */
export const AZURE_UUID: TextRule = {
  pattern: '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
  allowed: 'a UUID such as 00000000-0000-0000-0000-000000000000',
  advice: 'Copy it from `az account show`: id is the subscription, tenantId the tenant.',
};

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

export const IPV4 = `^(${OCTET}[.]){3}${OCTET}$`;

/** A part of an Azure id, as none of the types here has spaces in its names, nor line breaks. */
const PART = '[^/{}$% \t\r\n]+';

/** The Azure id of a resource that exists, or of a part of it. Azure compares ids without regard to case. */
export function azureId(type: string, part?: string): TextRule {
  const literally = (text: string) =>
    text.replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`).replace(/[.]/g, '[.]');
  const segments = ['subscriptions', PART, 'resourceGroups', PART, 'providers', ...type.split('/'), PART];
  const path = [...segments, ...(part ? [part, PART] : [])];
  return {
    pattern: `^/${path.map(literally).join('/')}$`,
    allowed: `an Azure id, /${path.map((segment) => (segment === PART ? '…' : segment)).join('/')}`,
    advice: 'Copy the id from `az network … show --query id`.',
  };
}

export const VM_SIZE: TextRule = {
  pattern: '^(Basic|Standard)_[A-Z][A-Za-z0-9_-]*$',
  allowed: 'an Azure VM size such as Standard_DS1_v2',
  advice: 'Copy it from `az vm list-sizes --location <region>`.',
};

/** Source: Azure's reference of virtual machines, `osProfile.adminUsername`. */
const RESERVED_USERNAMES = (
  'administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console david ' +
  'guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5'
).split(' ');

export const ADMIN_USERNAME: TextRule = {
  pattern: '^[A-Za-z_]([A-Za-z0-9._-]{0,30}[A-Za-z0-9_-])?$',
  except: RESERVED_USERNAMES,
  allowed:
    '1 to 32 letters, digits, dots, underscores and hyphens, beginning with a letter or _ and not ending with a dot, ' +
    `and none of ${RESERVED_USERNAMES.join(', ')}`,
  advice: 'Azure refuses other names only after the network has been built.',
};

/** Does the text keep the rule? */
export function keeps(rule: TextRule, text: string): boolean {
  const isExcepted = rule.except?.includes(text.toLowerCase()) ?? false;
  return new RegExp(rule.pattern).test(text) && !isExcepted;
}

/** The same as a condition of Terraform, of an expression. */
export function keepsInTerraform({ pattern, except }: TextRule, text: string): string {
  const fits = `can(regex(${JSON.stringify(pattern)}, ${text}))`;
  return except ? `${fits} && !contains(${JSON.stringify(except)}, lower(${text}))` : fits;
}
