import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { UnusableDeployment } from './deployment';

/** Outputs as `terraform output -json` prints them. */
export interface FolderOutputs {
  readonly text: string;
  /** What to call them in messages. */
  readonly source: string;
  /** Where Terraform itself runs. */
  readonly directory: string;
  /** Undefined where the folder is Terraform's own. */
  readonly stackName?: string;
}

interface FolderOptions {
  readonly env: NodeJS.ProcessEnv;
  /** @default - the only one */
  readonly stack?: string;
  readonly signal?: AbortSignal;
}

/** Whether cdktf or Terraform deploys from the folder. */
export function isDeployFolder(folder: string): boolean {
  return isCdktfFolder(folder) || isTerraformFolder(folder);
}

/**
 * Asks Terraform for the outputs of what was deployed from a folder.
 *
 * It is asked in the folder that cdktf synthesized, which takes a fifth of a second; `cdktf output` would take ten.
 *
 * @throws UnusableDeployment
 */
export async function outputsOfFolder(folder: string, { env, stack, signal }: FolderOptions): Promise<FolderOutputs> {
  if (!isDeployFolder(folder)) {
    throw new UnusableDeployment(
      `received the folder ${JSON.stringify(folder)}; allowed is one with a cdktf.json or with Terraform's files.`,
    );
  }
  const { directory, stackName } = isCdktfFolder(folder)
    ? synthesizedStack(folder, stack)
    : { directory: folder, stackName: undefined };
  return { text: await terraformOutput(directory, env, signal), source: nameOf(directory), directory, stackName };
}

const isCdktfFolder = (folder: string): boolean => existsSync(join(folder, 'cdktf.json'));

function isTerraformFolder(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((file) => /\.tf(\.json)?$|^terraform\.tfstate$/.test(file));
}

const MANIFEST = z.object({ stacks: z.record(z.string(), z.object({ workingDirectory: z.string() })) });
const PROJECT = z.object({ output: z.string().default('cdktf.out') });

function synthesizedStack(folder: string, wanted?: string): { directory: string; stackName: string } {
  const project = PROJECT.safeParse(readJson(join(folder, 'cdktf.json')));
  const out = resolve(folder, project.data?.output ?? 'cdktf.out');
  const manifest = MANIFEST.safeParse(readJson(join(out, 'manifest.json')));
  if (!manifest.success) {
    throw new UnusableDeployment(
      `${nameOf(out)} holds no synthesized stack: nothing was deployed from here. Deploy first, or, if it was deployed ` +
        'from elsewhere, run `npx cdktf output`, or `npx cdktn output`, here once.',
    );
  }
  const { stacks } = manifest.data;
  const names = Object.keys(stacks);
  const chosen = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined || !Object.hasOwn(stacks, chosen)) {
    throw new UnusableDeployment(
      `${nameOf(out)} holds the stacks ${names.join(', ')}; received ` +
        `${wanted === undefined ? 'no choice' : `--stack ${wanted}`}. Choose one: --stack <name>.`,
    );
  }
  return { directory: join(out, stacks[chosen].workingDirectory), stackName: chosen };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Within its time, and without its output in any message: that holds secrets. */
function terraformOutput(directory: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string> {
  const terraform = env.TERRAFORM_BINARY_NAME || 'terraform';
  const options = { cwd: directory, env, signal, maxBuffer: 64 * 2 ** 20, timeout: 120_000 };
  return new Promise((done, fail) => {
    execFile(terraform, ['output', '-json', '-no-color'], options, (error, stdout, stderr) => {
      if (error === null) {
        done(stdout);
      } else if (signal?.aborted) {
        fail(signal.reason as Error);
      } else if (error.code === 'ENOENT') {
        fail(
          new UnusableDeployment(
            `there is no command ${terraform}. Install Terraform, or give the outputs: --outputs <file>.`,
          ),
        );
      } else {
        fail(
          new UnusableDeployment(
            `\`${terraform} output\` failed in ${nameOf(directory)}: ${firstError(stderr) ?? error.message}\n` +
              cureOf(directory, env),
          ),
        );
      }
    });
  });
}

/** The first of what went wrong, without the warnings and the boxes drawn around it. */
const firstError = (stderr: string): string | undefined => /\bError: (.+)/.exec(stderr)?.[1].trim();

function cureOf(directory: string, { TF_DATA_DIR }: NodeJS.ProcessEnv): string {
  const inLab = TF_DATA_DIR === undefined && readdirSync(directory).some((file) => file.startsWith('.terraform-lab-'));
  return inLab
    ? 'It was deployed to a lab: run the same command again, with `npx confluent-dr lab exec --` before it.'
    : 'Deploy first; or, if it was deployed from elsewhere, run `npx cdktf output`, `npx cdktn output` or `terraform init` once.';
}

const nameOf = (path: string): string => relative('', path) || '.';
