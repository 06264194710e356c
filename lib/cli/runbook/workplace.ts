import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { labFolder } from '../../lab/background/lab-folder';
import { readRecord } from '../../lab/background/lab-record';
import { type Deployment, isLab, type KnownValues, type Workplace } from '../../runbook/deployment';
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
    options: sourceOptions(options),
    ...(options.resolver === 'machine' && { resolver: options.resolver }),
  };
}

/** cdktf reads it from its own folder; Terraform, which runs below, does not. */
function varFileOf(project: string, terraform: string): string | undefined {
  const file = join(project, 'terraform.tfvars');
  return existsSync(file) ? relative(terraform, file) : undefined;
}

/** The lab of this environment or project, if the deployment is in it. */
function labOf({ members }: Deployment): string | undefined {
  const folder = labFolder(undefined);
  const endpoints = Object.values(readRecord(folder)?.endpoints ?? {}).map((url) => new URL(url).origin);
  return endpoints.includes(new URL(members.primary.restEndpoint).origin) ? folder.path : undefined;
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
