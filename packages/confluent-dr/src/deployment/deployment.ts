import { type z } from 'zod';
import { type Credentials } from '../client/endpoint';
import { type Role } from '../observe/pair-observation';
import { type SettingName } from './settings';

/** Where a value came from. */
export interface Origin {
  readonly kind: 'option' | 'environment' | 'file' | 'outputs' | 'derived' | 'default';
  /** In words: which variable, which file, from what it was derived. */
  readonly detail: string;
}

/** A value of a deployment, as text; a list of names is separated by commas. */
export interface OriginatedValue {
  readonly name: SettingName;
  readonly value: string;
  readonly origin: Origin;
}

/** What all sources tell. */
export interface KnownValues {
  /** Those that come first win. */
  readonly sources: readonly SettingValues[];
  /** Why the current folder, which nobody named, told nothing though something is deployed from there. */
  readonly unread?: string;
  /** Where Terraform told the outputs, absolute. @default - they are from elsewhere */
  readonly terraform?: string;
}

/** The values of one source. */
export type SettingValues = Partial<Record<SettingName, { readonly value: string; readonly origin: Origin }>>;

/** What was given of a deployment cannot be used; the message tells what, and what to do. */
export class UnusableDeployment extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnusableDeployment';
  }
}

/** All that is wrong with the shape of what was read. Without values, which may be secrets. */
export function shapeProblems(source: string, { issues }: z.ZodError): UnusableDeployment {
  const lines = issues.map(({ path, message }) => `  - ${path.join('.') || 'the document'}: ${message}`);
  return new UnusableDeployment(`${source} has not the shape that is expected:\n${lines.join('\n')}`);
}

/** Text as one word of bash, in quotes. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Text as one word of bash, in quotes only where they are needed. */
export const shellWord = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : quoted(word));

/** From where a deployment is worked with: what a command needs beside its own words. */
export interface Workplace {
  /** The folder with `cdktf.json` or with Terraform's files, absolute. @default - not known */
  readonly project?: string;
  /** What synthesizes and deploys in `project`: `cdktf`, or `cdktn` of CDK Terrain. @default - cdktf */
  readonly cdk?: 'cdktf' | 'cdktn';
  /** The folder where Terraform itself runs, absolute; below `project` where that is cdktf's. @default - not known */
  readonly terraform?: string;
  /** A tfvars file that Terraform does not find there by itself, relative to `terraform`. @default - none */
  readonly varFile?: string;
  /** The folder of the lab that it is deployed to, absolute. @default - it is no lab's, or not known whose */
  readonly lab?: string;
  /** The options that name the deployment for this tool: `--outputs`, `/…/outputs.json`. @default - none */
  readonly options?: readonly string[];
  /** Variables of the environment that hold secrets which were used; a command refers to them, and never holds them. @default - none */
  readonly secrets?: readonly string[];
  /** The options of `block`, `unblock` and `drill` that the environment gives: `--variable`, `outage`. @default - none */
  readonly toggle?: readonly string[];
  /** How hosts are to be found, where that is not the default. @default - the default */
  readonly resolver?: string;
}

const TOGGLING = ['block', 'unblock', 'drill'];

/** Those that talk with nobody, and so look for no host. */
const WITHOUT_RESOLVER = ['clients', 'config', 'hosts', 'runbook'];

/** What of a deployment a command needs to be one for it. */
export type CommandPlace = Pick<Deployment, 'members' | 'workplace'>;

/** A lab's addresses are on loopback, over HTTP; those of Confluent Cloud never are. */
export const isLab = ({ members }: Pick<Deployment, 'members'>): boolean =>
  members.primary.restEndpoint.startsWith('http:');

/**
 * Whether the proxy of a lab runs, on an address of loopback. Where the lab lacks an nginx it is imitated, and has an
 * address that nobody has.
 */
export const isProxyInLab = (deployment: Pick<Deployment, 'members' | 'proxyAddress'>): boolean =>
  isLab(deployment) && deployment.proxyAddress?.startsWith('127.') === true;

/**
 * A command of this tool as a line for a fresh shell, for this deployment alone: with the options that name it, and, if it
 * is in a lab, with the lab as its cloud.
 *
 * @param words the command with its own options: `['failover', '--planned']`
 */
export function commandFor(deployment: CommandPlace, words: readonly string[]): string {
  if (words[0] === 'lab') {
    return ['npx confluent-dr', ...[...words, ...labOption(deployment)].map(shellWord)].join(' ');
  }
  const { options = [], resolver, secrets = [], toggle = [] } = deployment.workplace ?? {};
  const lookup = resolver === undefined || WITHOUT_RESOLVER.includes(words[0]) ? [] : ['--resolver', resolver];
  const all = [...words, ...(TOGGLING.includes(words[0]) ? missingIn(words, toggle) : []), ...options, ...lookup];
  const line = inCloudOf(deployment, ['npx confluent-dr', ...all.map(shellWord)].join(' '));
  // A shell that lacks one says so, and nothing is done with another key.
  return [...secrets.map((name) => `${name}="\${${name}:?}"`), line].join(' ');
}

/** Pairs of an option and its value whose option is not among the words. */
const missingIn = (words: readonly string[], pairs: readonly string[]): string[] =>
  pairs.filter((_, index) => !words.includes(pairs[index - (index % 2)]));

/** A line of another program, as `npx cdktf deploy`, so that it has the deployment's cloud as its cloud. */
export function inCloudOf(deployment: CommandPlace, line: string): string {
  return isLab(deployment)
    ? ['npx confluent-dr lab exec', ...labOption(deployment).map(shellWord), '--', line].join(' ')
    : line;
}

/** The CLI of CDKTF, or of CDK Terrain, with these words. */
export const cdkFor = (deployment: CommandPlace, words: string): string =>
  inCloudOf(deployment, `npx ${deployment.workplace?.cdk ?? 'cdktf'} ${words}`);

/** Terraform without cdktf, in the folder where it runs. */
export function terraformFor(deployment: CommandPlace, subcommand: string, args: readonly string[]): string {
  const { terraform, varFile } = deployment.workplace ?? {};
  const words = [
    'terraform',
    `-chdir=${terraform ?? '<folder of the stack, such as cdktf.out/stacks/active-passive>'}`,
    subcommand,
    ...args,
    ...(varFile === undefined ? [] : [`-var-file=${varFile}`]),
  ];
  return inCloudOf(deployment, words.map(shellWord).join(' '));
}

const labOption = ({ workplace }: CommandPlace): string[] =>
  workplace?.lab === undefined ? [] : ['--folder', workplace.lab];

/** A Schema Registry of a member. */
export interface DeployedRegistry {
  /** `lsrc-…` */
  readonly id?: string;
  /** `https://psrc-….confluent.cloud` */
  readonly endpoint: string;
  readonly credentials: Credentials;
  /** Names of the exporters that the deployment made there; empty if it is not known of any. */
  readonly exporterNames: readonly string[];
}

/** One member, as it was deployed. */
export interface DeployedMember {
  readonly role: Role;
  /** `env-…` */
  readonly environmentId?: string;
  /** `lkc-…` */
  readonly clusterId: string;
  /** Azure region. */
  readonly region?: string;
  /** Origin of Kafka REST: `https://pkc-….confluent.cloud:443`; http on loopback alone. */
  readonly restEndpoint: string;
  /** `pkc-….confluent.cloud:9092`, without a scheme. */
  readonly bootstrapEndpoint: string;
  /** Regular expressions of the brokers' names. @default - they follow from the bootstrap host, or are not known */
  readonly brokerHostPatterns?: readonly string[];
  readonly kafkaCredentials: Credentials;
  /** `User:sa-…`: whom the keys belong to. */
  readonly principal?: string;
  /** @default - Schema Registry is not known, and left alone */
  readonly schemaRegistry?: DeployedRegistry;
}

/** A pair that was deployed: all that the runbook needs to know of it, and where that came from. */
export interface Deployment {
  readonly members: Readonly<Record<Role, DeployedMember>>;
  /** The name that both ends of the link bear. */
  readonly linkName: string;
  /** Topics that the pair should have, by their names on the primary; empty if it is not known of any. */
  readonly topics: readonly string[];
  /** Topics that need no mirror; `test-*` for all that begin so. */
  readonly leaveOut?: readonly string[];
  /** How long a mirror may be behind: `30s`, `5m`. @default - the command's own */
  readonly maxLag?: string;
  /** How many records an unplanned failover may lose. @default - the command's own */
  readonly maxLagRecords?: string;
  /** The topic that `canary` may write to, by its name on the primary. @default - none but those that are called so */
  readonly canaryTopic?: string;
  /** IP address of the failover proxy. @default - there is no proxy, or it is not known */
  readonly proxyAddress?: string;
  /** Which member clients of the proxy are let in to, and what says so. @default - both, or it is not known */
  readonly access?: DeployedAccess;
  /** The control plane. @default - it is not asked, as of a lab whose control plane is not told */
  readonly cloud?: DeployedCloud;
  /** From where it is worked with. @default - not known */
  readonly workplace?: Workplace;
  /** Each value that is known, with its origin. */
  readonly values: readonly OriginatedValue[];
}

/** Of a proxy that lets clients in to the active member alone. */
export interface DeployedAccess {
  readonly active: Role;
  /** Terraform's variable that says so. @default - it is not known, or something else says so */
  readonly variable?: string;
}

/** How to ask the control plane. */
export interface DeployedCloud {
  /** @default - it is only asked whether it is there */
  readonly credentials?: Credentials;
  /** @default - Confluent Cloud's */
  readonly url?: string;
}
