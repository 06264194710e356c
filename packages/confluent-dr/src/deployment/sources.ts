import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROLES } from '../observe/pair-observation';
import { type KnownValues, type Origin, type SettingValues, shapeProblems, UnusableDeployment } from './deployment';
import { isDeployFolder, outputsOfFolder } from './folder-outputs';
import { valuesOfOutputs } from './outputs';
import { CONFIG_DOCUMENT, valuesOfDocument } from './runbook-document';
import { bootstrapHost, isSecret, SETTING_NAMES, type SettingName, variableOf } from './settings';

/**
 * The values in the text of a configuration file.
 *
 * @throws UnusableDeployment
 */
function valuesOfFile(text: string, file: string): SettingValues {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's own message can quote a secret.
    throw new UnusableDeployment(`${file} is no JSON; give it the shape of the output \`runbook\`.`);
  }
  const config = CONFIG_DOCUMENT.safeParse(document);
  if (!config.success) {
    throw shapeProblems(file, config.error);
  }
  return valuesOfDocument(config.data, { kind: 'file', detail: file });
}

/** The values in environment variables; an empty one counts as not set. */
export function valuesOfEnvironment(env: NodeJS.ProcessEnv): SettingValues {
  return Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const variable = variableOf(name);
      const value = env[variable];
      return value ? [[name, { value, origin: { kind: 'environment', detail: variable } }]] : [];
    }),
  );
}

/**
 * The values of options `name=value`.
 *
 * @throws UnusableDeployment for a name that is not known, or a secret, which others on the machine could read
 */
export function valuesOfOptions(assignments: readonly string[]): SettingValues {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const [name, ...rest] = assignment.split('=');
      const value = rest.join('=');
      const known = SETTING_NAMES.find((candidate) => candidate === name);
      if (known === undefined || (value === '' && !isSecret(known))) {
        // Only the name is repeated: the value may be a secret.
        throw new UnusableDeployment(
          `--set: received ${JSON.stringify(name)}${rest.length === 0 ? ' without a value' : ''}; allowed is ` +
            `<name>=<value> with one of the names ${SETTING_NAMES.filter((each) => !isSecret(each)).join(', ')}.`,
        );
      }
      if (isSecret(known)) {
        throw new UnusableDeployment(
          `--set: ${name} is a secret, and everyone on this machine can read the arguments of a command. ` +
            `Give it by the environment variable ${variableOf(known)} or in the file of --config.`,
        );
      }
      return [known satisfies SettingName, { value, origin: { kind: 'option', detail: `--set ${name}` } }];
    }),
  );
}

/** Where a deployment is described. */
export interface DeploymentSources {
  /** A file of outputs; `-` for standard input. */
  readonly outputs?: string;
  /** The folder of cdktf or Terraform. @default - the current one, if it is such a folder and `outputs` is not given */
  readonly from?: string;
  /** Which stack, if there are several. @default - the only one */
  readonly stack?: string;
  /** The folder that the proxy is deployed from, where that is another. @default - that of `from` */
  readonly proxyFrom?: string;
  /** The proxy's stack. @default - the only one of `proxyFrom`; without that, the pair's */
  readonly proxyStack?: string;
  /** A file in the shape of the output `runbook`. */
  readonly config?: string;
  /** `name=value` */
  readonly set?: readonly string[];
}

type ProxySources = Pick<DeploymentSources, 'from' | 'stack' | 'proxyFrom' | 'proxyStack'>;

/** Whether the proxy is said to be in a stack of its own. */
export const isProxyApart = ({ proxyFrom, proxyStack }: ProxySources): boolean =>
  proxyFrom !== undefined || proxyStack !== undefined;

/** From where the proxy is deployed. */
export function placeOfProxy(sources: ProxySources): { readonly folder: string; readonly stack?: string } {
  const { from = '.', stack, proxyFrom = from, proxyStack } = sources;
  return { folder: proxyFrom, stack: isProxyApart(sources) ? proxyStack : stack };
}

/**
 * The values of all sources; those that come first win: options, environment, file, outputs. A current folder that cannot
 * be read is no error yet: the others may be enough.
 *
 * @throws UnusableDeployment
 */
export async function readSources(sources: DeploymentSources, surroundings: Surroundings): Promise<KnownValues> {
  const known = await readPairSources(sources, surroundings);
  if (!isProxyApart(sources)) {
    return known;
  }
  const { folder, stack } = placeOfProxy(sources);
  const { env, cwd, signal } = surroundings;
  const { text, source, stackName } = await outputsOfFolder(resolve(cwd, folder), { env, stack, signal });
  const outputs = valuesOfOutputs(text, source, stackName);
  checkProxyOfPair(outputs, known, source);
  const ofProxy = Object.fromEntries(Object.entries(outputs).filter(([name]) => OF_PROXY.has(name)));
  const isNear = ({ origin }: { readonly origin: Origin }) => origin.kind !== 'outputs' && origin.kind !== 'default';
  const near = known.sources.filter((values) => Object.values(values).every(isNear));
  return { ...known, sources: [...near, ofProxy, ...known.sources.filter((values) => !near.includes(values))] };
}

/** What a proxy in a stack of its own tells; of the pair it knows the bootstrap hosts alone. */
const OF_PROXY: ReadonlySet<string> = new Set<SettingName>([
  'proxyAddress',
  'activeMember',
  'activeVariable',
  'outageWished',
  'outageVariable',
]);

/** @throws UnusableDeployment if the proxy is known to lead elsewhere */
function checkProxyOfPair(ofProxy: SettingValues, { sources }: KnownValues, source: string): void {
  for (const role of ROLES) {
    const name = `${role}.bootstrapEndpoint` as const;
    const led = ofProxy[name]?.value;
    const own = sources.find((values) => values[name])?.[name]?.value;
    if (led !== undefined && own !== undefined && !isSameBootstrap(led, own)) {
      throw new UnusableDeployment(
        `the proxy of ${source}: received one whose ${role} is ${led}; allowed is one that leads to the pair's, ${own}. ` +
          'Name the folder and stack of its proxy by --proxy-from and --proxy-stack.',
      );
    }
  }
}

/** Whether two endpoints are of one host, with or without `SASL_SSL://`. */
export const isSameBootstrap = (one: string, other: string): boolean =>
  bootstrapHost(one).toLowerCase() === bootstrapHost(other).toLowerCase();

interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly signal?: AbortSignal;
}

async function readPairSources(
  { outputs, from, stack, config, set = [] }: DeploymentSources,
  { env, cwd, signal }: Surroundings,
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
