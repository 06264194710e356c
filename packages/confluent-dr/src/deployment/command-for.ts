import { shellWord } from '../shell-words';
import { type Deployment } from './deployment';

/** From where a deployment is worked with: what a command needs beside its own words. */
export interface Workplace {
  /** The folder with `cdktf.json` or with Terraform's files, absolute. @default - not known */
  readonly project?: string;
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
const WITHOUT_RESOLVER = ['config', 'hosts', 'runbook'];

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
