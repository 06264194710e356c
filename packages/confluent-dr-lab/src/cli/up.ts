import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type Ending,
  ENDING_SIGNALS,
  endRest,
  findLab,
  removeFiles,
  startInBackground,
  stopLab,
} from '../background/background-lab';
import { type LabFolder, labFolder, type LabRecord, type ProxyKind } from '../background/lab-folder';
import { withLabLock } from '../background/lab-lock';
import { readTfvars, sampleNamesOf, type Tfvars } from '../background/tfvars';
import { type SampleNames } from '../cloud/index';
import { NotAvailable } from '../kafka/broker/jars';
import { requireBrokerTools } from '../kafka/broker/requirements';
import { buildImage, hasImage, imagesFolder } from '../machine/image';
import { NoMachines, requireMachines } from '../machine/requirements';
import { BadInput } from './ending';
import { printDocument } from './json-output';
import { labCommand, type LabOptions, tellWaiting } from './running-lab';
import { describeLab, describeLack, labAsJson } from './status';

/** `cdktn` is the command of CDK Terrain, the successor of CDKTF. */
export type Cdk = 'cdktf' | 'cdktn';

interface UpOptions extends LabOptions {
  /** What the current project deploys with. */
  readonly cdk: Cdk;
  readonly port?: number;
  readonly pace?: number;
  readonly varFile?: string;
  readonly kafka?: boolean;
  readonly brokers?: number;
  readonly proxy?: ProxyKind;
}

export async function up({ folder: named, varFile, ...options }: UpOptions): Promise<void> {
  const { kafka, brokers } = options;
  if (brokers !== undefined && !kafka) {
    throw new BadInput(
      'received --brokers without --kafka; allowed is --kafka --brokers 3, for clusters of three brokers.',
    );
  }
  const folder = labFolder(named);
  const given = varFile === undefined ? undefined : { file: varFile, ...(await tfvars(varFile)) };
  await withLabLock(
    folder,
    () => startIn(folder, { ...options, given }),
    () => tellWaiting(folder),
  );
}

interface Start extends Omit<UpOptions, 'varFile'> {
  readonly given?: VarFile;
}

async function startIn(folder: LabFolder, start: Start): Promise<void> {
  const { port, pace, given, kafka, brokers, proxy } = start;
  const variables = given?.values;
  const found = await findLab(folder);
  if (found.kind === 'stuck') {
    throw new Error(
      `the process ${found.record.pid} of the lab ${folder.whose} does not answer. End it: ${labCommand(folder, 'down')}`,
    );
  }
  if (found.kind === 'running') {
    const isOther = proxy !== undefined && proxy !== (found.record.proxy?.kind ?? 'nginx');
    if (variables || port !== undefined || (kafka && !found.record.kafka) || isOther) {
      throw new BadInput(
        `the lab ${folder.whose} is up already; for another --port, --var-file or --proxy, or for --kafka, end it first: ${labCommand(folder, 'down')}`,
      );
    }
    tell(folder, found.record, `The lab ${folder.whose} is up already`, start);
    return;
  }
  refuseForeign(folder);
  const sample = variables && sampleNamesOf(variables);
  refuseOneCluster(sample);
  if (kafka) {
    requireBrokers();
  }
  if (proxy === 'vm') {
    await readyMachines(labCommand(folder, 'up', kafka ? '--kafka --proxy vm' : '--proxy vm'));
  }
  const record = await startInBackground(folder, {
    folder: folder.path,
    port,
    pace,
    sample,
    variables,
    brokers: kafka ? (brokers ?? 1) : undefined,
    proxy,
  });
  tell(folder, record, `The lab ${folder.whose} is up`, start, given && newsOf(given, record));
}

/** Before anything is started or written. */
function requireBrokers(): void {
  try {
    requireBrokerTools();
  } catch (error) {
    throw error instanceof NotAvailable ? new BadInput(error.message) : error;
  }
}

/** What a machine is made of is built here, where it is seen and can be interrupted. */
async function readyMachines(command: string): Promise<void> {
  try {
    requireMachines(command);
  } catch (error) {
    throw error instanceof NoMachines ? new BadInput(error.message) : error;
  }
  if (hasImage()) {
    return;
  }
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  ENDING_SIGNALS.forEach((signal) => process.once(signal, interrupt));
  console.error(`The VM of a lab is made of an image, which is built once: a minute or more, in ${imagesFolder()}`);
  try {
    await buildImage({ tell: (step) => console.error(`  ${step} …`), signal: interruption.signal });
  } finally {
    ENDING_SIGNALS.forEach((signal) => process.removeListener(signal, interrupt));
  }
}

interface VarFile extends Tfvars {
  readonly file: string;
}

/** What became of the file: the values may be secrets, so names say it. */
interface VarFileNews {
  readonly file: string;
  readonly ignored: readonly string[];
  readonly made_up: readonly string[];
}

function newsOf({ file, values, ignored }: VarFile, { variables }: LabRecord): VarFileNews {
  return { file, ignored, made_up: Object.keys(variables).filter((name) => values[name] === undefined) };
}

function describeVarFile({ file, ignored, made_up: madeUp }: VarFileNews): string[] {
  return [
    ...(ignored.length > 0
      ? [`Left out of ${file}: ${ignored.join(', ')}. Taken are texts, numbers, true and false.`]
      : []),
    ...(madeUp.length > 0 ? [`Not set in ${file}, so made up: ${madeUp.join(', ')}.`] : []),
  ];
}

/** A folder with anything else in it is somebody's. */
function refuseForeign(folder: LabFolder): void {
  const own = folder.files.map((file) => basename(file));
  const foreign = existsSync(folder.path) ? readdirSync(folder.path).filter((name) => !own.includes(name)) : [];
  if (foreign.length > 0) {
    throw new BadInput(
      `${folder.path} holds ${foreign.slice(0, 3).join(', ')}, which no lab wrote; allowed is a folder that is empty, ` +
        'is not there yet, or had a lab before. Name another one with --folder.',
    );
  }
}

function refuseOneCluster(sample?: SampleNames): void {
  const id = sample?.primary?.clusterId;
  if (id !== undefined && id === sample?.secondary?.clusterId) {
    throw new BadInput(`the --var-file names ${id} for both members; allowed are two clusters.`);
  }
}

function tfvars(file: string): Promise<Tfvars> {
  return readTfvars(file).catch((error: Error) => {
    throw new BadInput(`--var-file ${file} cannot be read: ${error.message}`);
  });
}

function tell(
  folder: LabFolder,
  record: LabRecord,
  news: string,
  { json, cdk }: Pick<UpOptions, 'json' | 'cdk'>,
  varFile?: VarFileNews,
): void {
  if (json) {
    printDocument('lab-up', { ...labAsJson(folder, record), ...(varFile && { var_file: varFile }) });
    return;
  }
  console.log(`${news} (process ${record.pid}):\n${describeLab(record)}`);
  if (record.lacksForProxy !== undefined) {
    console.error(`${describeLack(record.lacksForProxy)} Get it, and start the lab anew.`);
  }
  (varFile ? describeVarFile(varFile) : []).forEach((line) => console.error(line));
  console.log(`\n${waysOn(folder, cdk)}`);
}

/** What can be done with a lab that is up. */
export const waysOn = (folder: LabFolder, cdk: Cdk): string =>
  [
    `Run Terraform with it:  ${labCommand(folder, 'exec', `-- npx ${cdk} deploy`)}`,
    `Or in this shell:       eval "$(${labCommand(folder, 'env')})"`,
    `End it:                 ${labCommand(folder, 'down')}`,
  ].join('\n');

interface DownOptions extends LabOptions {
  readonly keep?: boolean;
}

export async function down({ folder: named, json, keep = false }: DownOptions): Promise<void> {
  const folder = labFolder(named);
  await withLabLock(
    folder,
    () => endIn(folder, { json, keep }),
    () => tellWaiting(folder),
  );
}

async function endIn(folder: LabFolder, { json, keep }: Ending & LabOptions): Promise<void> {
  const lab = await findLab(folder);
  if (lab.kind === 'none') {
    // One that was killed before it was up has left no record of itself.
    await endRest(folder);
    const removed = !keep && removeFiles(folder);
    const news = removed ? 'No lab ran; what an earlier one left is removed.' : 'No lab runs: nothing to do.';
    if (json) {
      printDocument('lab-down', { stopped: false, removed });
    } else {
      console.log(news);
    }
    return;
  }
  await stopLab(folder, lab.record, { keep });
  if (json) {
    printDocument('lab-down', { stopped: true, kept: keep });
  } else {
    console.log(
      keep ? `The lab is down. Its clouds are in ${folder.path}.` : 'The lab is down, and nothing of it is left.',
    );
  }
}
