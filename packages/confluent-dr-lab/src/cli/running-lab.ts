import { findLab } from '../background/background-lab';
import { type LabFolder, labFolder, type LabRecord } from '../background/lab-folder';
import { type Sample } from '../cloud/index';
import { BadInput } from './ending';

/** Text as one word of bash, in quotes only where they are needed. */
const shellWord = (word: string): string =>
  /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

export interface LabOptions {
  readonly folder?: string;
  readonly json?: boolean;
}

/** The lab that runs; without one a command has nothing to do. */
export async function theLab({ folder: named }: LabOptions): Promise<{ folder: LabFolder; record: LabRecord }> {
  const folder = labFolder(named);
  const lab = await findLab(folder);
  if (lab.kind === 'none') {
    throw new Error(`there is no lab ${folder.whose}. Start one: ${labCommand(folder, 'up')}`);
  }
  if (lab.kind === 'stuck') {
    throw new Error(
      `the process ${lab.record.pid} of the lab ${folder.whose} does not answer at ${lab.record.url}. End it: ${labCommand(folder, 'down')}`,
    );
  }
  return { folder, record: lab.record };
}

/** Of another command that begins or ends the same lab. */
export function tellWaiting({ whose }: LabFolder): void {
  console.error(`Another lab up or lab down is at work on the lab ${whose}: waiting for it.`);
}

/**
 * A command for this very lab, as a line for a shell in the folder where one is; with the folder of the lab where it is
 * not the project's own.
 *
 * @param words what stands after the options: `-- npx cdktf deploy`
 */
export function labCommand({ path, project }: LabFolder, command: string, words = ''): string {
  const folder = project === undefined ? `--folder ${shellWord(path)}` : '';
  return ['npx confluent-dr lab', command, folder, words].filter(Boolean).join(' ');
}

/** The id of what a person calls the primary, the secondary and so on. */
export function targetId(name: string, { primary, secondary }: Sample): string {
  const ids: Record<string, string> = {
    'control-plane': 'control-plane',
    primary: primary.clusterId,
    secondary: secondary.clusterId,
    'primary-registry': primary.registryId,
    'secondary-registry': secondary.registryId,
  };
  if (!Object.hasOwn(ids, name) && !/^(lkc|lsrc)-/.test(name)) {
    throw new BadInput(
      `received the target ${JSON.stringify(name)}; allowed are ${Object.keys(ids).join(', ')}, and any lkc-… or lsrc-…`,
    );
  }
  return ids[name] ?? name;
}

export function clusterIdOf(member: string, { primary, secondary }: Sample): string {
  if (member !== 'primary' && member !== 'secondary') {
    throw new BadInput(`received the member ${JSON.stringify(member)}; allowed are primary and secondary`);
  }
  return { primary, secondary }[member].clusterId;
}
