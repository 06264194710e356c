import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { labFolder, readLabRecord } from './lab-record';
import { isLab, type Workplace } from '../deployment/command-for';
import { type Deployment } from '../deployment/deployment';
import { type KnownValues } from '../deployment/originated-value';
import { isSecret, variableOf } from '../deployment/settings';
import { type DeploymentOptions, type SessionOptions } from './options';

/** From where a deployment is worked with, for the commands that are printed for it. */
export function workplaceOf(
  options: DeploymentOptions & Pick<SessionOptions, 'resolver'>,
  { terraform }: KnownValues,
  deployment: Deployment,
): Workplace {
  const project = resolve(options.from ?? '.');
  return {
    project: terraform === undefined ? undefined : project,
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
function sourceOptions({ outputs, from, stack, config, set = [] }: DeploymentOptions): string[] {
  const file = (option: string, path?: string): string[] =>
    path === undefined || path === '-' ? [] : [option, resolve(path)];
  return [
    ...file('--outputs', outputs),
    ...file('--from', from),
    ...(stack === undefined ? [] : ['--stack', stack]),
    ...file('--config', config),
    ...set.flatMap((value) => ['--set', value]),
  ];
}
