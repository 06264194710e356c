import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeployFolder, outputsOfFolder } from './folder-outputs';
import { type KnownValues } from './originated-value';
import { valuesOfEnvironment, valuesOfFile, valuesOfOptions } from './other-sources';
import { valuesOfOutputs } from './outputs';
import { UnusableDeployment } from './unusable';

/** Where a deployment is described. */
export interface DeploymentSources {
  /** A file of outputs; `-` for standard input. */
  readonly outputs?: string;
  /** The folder of cdktf or Terraform. @default - the current one, if it is such a folder and `outputs` is not given */
  readonly from?: string;
  /** Which stack, if there are several. @default - the only one */
  readonly stack?: string;
  /** A file in the shape of the output `runbook`. */
  readonly config?: string;
  /** `name=value` */
  readonly set?: readonly string[];
}

/**
 * The values of all sources; those that come first win: options, environment, file, outputs. A current folder that cannot
 * be read is no error yet: the others may be enough.
 *
 * @throws UnusableDeployment
 */
export async function readSources(
  { outputs, from, stack, config, set = [] }: DeploymentSources,
  { env, cwd, signal }: { readonly env: NodeJS.ProcessEnv; readonly cwd: string; readonly signal?: AbortSignal },
): Promise<KnownValues> {
  if (outputs !== undefined && from !== undefined) {
    throw new UnusableDeployment('received both --outputs and --from; give one of them.');
  }
  const near = [
    valuesOfOptions(set),
    valuesOfEnvironment(env),
    ...(config ? [valuesOfFile(read(config), config)] : []),
  ];
  if (outputs !== undefined) {
    const text = read(outputs === '-' ? 0 : outputs);
    const source = outputs === '-' ? 'standard input' : outputs;
    return { sources: [...near, valuesOfOutputs(text, source, stack)] };
  }
  if (from === undefined && !isDeployFolder(cwd)) {
    return { sources: near };
  }
  try {
    const found = await outputsOfFolder(from ?? cwd, { env, stack, signal });
    return {
      sources: [...near, valuesOfOutputs(found.text, found.source, found.stackName)],
      terraform: resolve(cwd, found.directory),
    };
  } catch (error) {
    if (
      error instanceof UnusableDeployment &&
      from === undefined &&
      near.some((values) => Object.keys(values).length > 0)
    ) {
      return { sources: near, unread: error.message };
    }
    throw error;
  }
}

function read(file: string | 0): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UnusableDeployment(`${file === 0 ? 'standard input' : file} cannot be read: ${(error as Error).message}`);
  }
}
