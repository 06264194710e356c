import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Deployment, isLab, type KnownValues, type Workplace } from '../deployment/deployment';
import { isSecret, variableOf } from '../deployment/settings';
import { toolOfFolder } from '../execute/toggle-command';
import { type DeploymentOptions, type SessionOptions } from './options';

/** What the lab that runs in a folder says of itself, as far as this tool asks. */
interface LabRecord {
  /** Addresses by cluster and registry. */
  readonly endpoints?: Readonly<Record<string, string>>;
}

/** The folder where the lab of this environment or project is kept, whether one runs or not. */
function labFolder(): string {
  if (process.env.CONFLUENT_DR_LAB) {
    return resolve(process.env.CONFLUENT_DR_LAB);
  }
  const states = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const project = projectFolder(process.cwd());
  const mark = createHash('sha256').update(project).digest('hex').slice(0, 8);
  return join(states, 'confluent-dr', 'labs', `${basename(project)}-${mark}`);
}

/** Undefined where no lab runs. */
function readLabRecord(folder: string): LabRecord | undefined {
  const file = join(folder, 'lab.json');
  if (!existsSync(file)) {
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LabRecord;
  } catch (error) {
    throw new Error(`${file} is no record of a lab: ${(error as Error).message}. End that lab and remove the file.`, {
      cause: error,
    });
  }
}

/** The nearest folder with a `cdktf.json`, here or above; where there is none, the folder itself. */
export function projectFolder(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'cdktf.json'))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      return cwd;
    }
  }
}

/** What synthesizes and deploys in a project. */
export const cdkOf = (project: string): 'cdktf' | 'cdktn' => (toolOfFolder(project) === 'cdktn' ? 'cdktn' : 'cdktf');

/** From where a deployment is worked with, for the commands that are printed for it. */
export function workplaceOf(
  options: DeploymentOptions & Pick<SessionOptions, 'resolver'>,
  { terraform }: KnownValues,
  deployment: Deployment,
): Workplace {
  const project = resolve(options.from ?? '.');
  return {
    project: terraform === undefined ? undefined : project,
    cdk: cdkOf(project),
    terraform,
    varFile: terraform === undefined || terraform === project ? undefined : varFileOf(project, terraform),
    lab: isLab(deployment) ? labOf(deployment) : undefined,
    options: [...sourceOptions(options), ...environmentOptions(deployment)],
    secrets: ofEnvironment(deployment).flatMap(({ name }) => (isSecret(name) ? [variableOf(name)] : [])),
    toggle: environmentToggle(process.env),
    ...(options.resolver === 'machine' && { resolver: options.resolver }),
  };
}

/** Values that the environment gave; those of a lab's cloud are given by the lab again. */
const ofEnvironment = (deployment: Deployment): Deployment['values'] =>
  deployment.values.filter(
    ({ name, origin }) => origin.kind === 'environment' && !(isLab(deployment) && name.startsWith('cloud')),
  );

const environmentOptions = (deployment: Deployment): string[] =>
  ofEnvironment(deployment).flatMap(({ name, value }) => (isSecret(name) ? [] : ['--set', `${name}=${value}`]));

const environmentToggle = (env: NodeJS.ProcessEnv): string[] => [
  ...(env.CONFLUENT_DR_TOGGLE_WITH ? ['--with', env.CONFLUENT_DR_TOGGLE_WITH] : []),
  ...(env.CONFLUENT_DR_TOGGLE_VARIABLE ? ['--variable', env.CONFLUENT_DR_TOGGLE_VARIABLE] : []),
];

/** cdktf reads it from its own folder; Terraform, which runs below, does not. */
function varFileOf(project: string, terraform: string): string | undefined {
  const file = join(project, 'terraform.tfvars');
  return existsSync(file) ? relative(terraform, file) : undefined;
}

/** The lab of this environment or project, if the deployment is in it. */
function labOf({ members }: Deployment): string | undefined {
  const folder = labFolder();
  const endpoints = Object.values(readLabRecord(folder)?.endpoints ?? {}).map((url) => new URL(url).origin);
  return endpoints.includes(new URL(members.primary.restEndpoint).origin) ? folder : undefined;
}

/** Files by their whole paths, so that the command means the same elsewhere; standard input cannot be named again. */
function sourceOptions({ outputs, from, stack, proxyFrom, proxyStack, config, set = [] }: DeploymentOptions): string[] {
  const file = (option: string, path?: string): string[] =>
    path === undefined || path === '-' ? [] : [option, resolve(path)];
  return [
    ...file('--outputs', outputs),
    ...file('--from', from),
    ...(stack === undefined ? [] : ['--stack', stack]),
    ...file('--proxy-from', proxyFrom),
    ...(proxyStack === undefined ? [] : ['--proxy-stack', proxyStack]),
    ...file('--config', config),
    ...set.flatMap((value) => ['--set', value]),
  ];
}
