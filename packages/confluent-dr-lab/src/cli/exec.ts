import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { type LabFolder, type LabRecord } from '../background/lab-folder';
import {
  labVariables,
  noteUse,
  providerVariables,
  realVariables,
  terraformEnvironment,
} from '../background/terraform-environment';
import { automaticTfvars, readTfvars } from '../background/tfvars';
import { labMark } from '../terraform/protocol/sessions';
import { BadInput, Exit } from './ending';
import { printDocument } from './json-output';
import { withHosts } from './own-hosts';
import { labCommand, type LabOptions, theLab } from './running-lab';

const NOT_FOUND = 127;
const KILLED = 128;

/** Runs a command to its end; its exit code is the tool's. */
export async function exec(words: string[], options: LabOptions): Promise<void> {
  const { folder, record } = await theLab(options);
  await refuseOtherClusters(folder, record, process.cwd());
  passProviderVariables(folder);
  for (const used of terraformFolders(words.slice(1), process.cwd())) {
    refuseOtherState(record, used);
    noteUse(folder, record, used);
  }
  const env = terraformEnvironment(folder, record, process.env);
  const [command, ...args] = await withHosts(words, folder, record);
  const child = spawn(command, args, { stdio: 'inherit', env });
  // The terminal sends Ctrl-C to both, and that it is closed; the command decides how it ends, and this waits for it.
  const wait = (): void => undefined;
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', wait);
  process.on('SIGHUP', wait);
  process.on('SIGTERM', forward);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') {
          console.error(`confluent-dr: there is no command ${words[0]}`);
          resolve(NOT_FOUND);
        } else {
          reject(error);
        }
      });
      child.once('exit', (code, signal) => resolve(signal ? KILLED + constants.signals[signal] : (code ?? 1)));
    });
    if (code !== 0) {
      throw new Exit(code);
    }
  } finally {
    process.removeListener('SIGINT', wait);
    process.removeListener('SIGHUP', wait);
    process.removeListener('SIGTERM', forward);
  }
}

/** Where the command runs Terraform, as far as its words tell. */
function terraformFolders(args: readonly string[], cwd: string): string[] {
  const changed = args.flatMap((word) => /^-chdir=(.+)$/.exec(word)?.[1] ?? []);
  return [cwd, ...changed.map((folder) => resolve(cwd, folder))];
}

/** A configuration without a backend keeps its state beside it, where the state of real clusters may lie. */
function refuseOtherState({ id }: LabRecord, folder: string): void {
  const file = join(folder, 'terraform.tfstate');
  if (!existsSync(file)) {
    return;
  }
  const mark = Buffer.from(labMark(id)).toString('base64');
  const text = readFileSync(file, 'utf8');
  if (/"mode"\s*:/.test(text) && !text.includes(mark)) {
    throw new BadInput(
      `${file} is a state that this lab did not make, and Terraform would use it where the configuration has no backend. ` +
        'Move it, run the command elsewhere, or give the configuration a backend "local" {}.',
    );
  }
}

/** Variables that say which clusters, and for whom: where a file sets them otherwise, the lab has none such. */
const IDENTIFYING =
  /^cc_(cloud_api_key|env_primary|env_secondary|service_account|primary_cluster_id|secondary_cluster_id)$/;

async function refuseOtherClusters(lab: LabFolder, { variables }: LabRecord, cwd: string): Promise<void> {
  for (const file of automaticTfvars(cwd)) {
    const { values } = await readTfvars(file).catch((error: Error) => {
      throw new BadInput(
        `${relative(cwd, file)} cannot be read: ${error.message}. Mend it: Terraform would refuse it too.`,
      );
    });
    const others = Object.entries(values)
      .filter(([name, value]) => IDENTIFYING.test(name) && value !== '' && value !== variables[name])
      .map(([name]) => name);
    if (others.length > 0) {
      const name = relative(cwd, file);
      throw new BadInput(
        `${name} goes before the lab's variables, and sets ${others.join(', ')} to what is not in the lab. Start the lab ` +
          `with clusters of these names, ${labCommand(lab, 'up', `--var-file ${name}`)}, or run the command where the file is not.`,
      );
    }
  }
}

/** The providers run in the lab's process, and read there what they would read in the command's environment. */
function passProviderVariables({ providerEnvironment }: LabFolder): void {
  writeFileSync(providerEnvironment, JSON.stringify(providerVariables(process.env)), { mode: 0o600 });
}

/** Prints keys and passwords as well; they open nothing but the lab. */
export async function env(options: LabOptions): Promise<void> {
  const { folder, record } = await theLab(options);
  noteUse(folder, record, process.cwd());
  const variables = labVariables(folder, record, process.env);
  if (options.json) {
    printDocument('lab-env', variables);
    return;
  }
  realVariables(process.env).forEach((name) => console.log(`unset ${name}`));
  for (const [name, value] of Object.entries(variables)) {
    console.log(`export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`);
  }
}
