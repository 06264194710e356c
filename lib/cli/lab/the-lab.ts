import { findLab } from '../../lab/background/background-lab';
import { type LabFolder, labFolder } from '../../lab/background/lab-folder';
import { type LabRecord } from '../../lab/background/lab-record';
import { type Sample } from '../../lab/simulator';
import { BadInput } from '../bad-input';

export interface LabOptions {
  readonly folder?: string;
  readonly json?: boolean;
}

/** The lab that runs; without one a command has nothing to do. */
export async function theLab({ folder: named }: LabOptions): Promise<{ folder: LabFolder; record: LabRecord }> {
  const folder = labFolder(named);
  const lab = await findLab(folder);
  if (lab.kind === 'none') {
    throw new Error(`no lab runs in ${folder.path}. Start one: confluent-dr lab up`);
  }
  if (lab.kind === 'stuck') {
    throw new Error(
      `the lab's process ${lab.record.pid} does not answer at ${lab.record.url}. End it: confluent-dr lab down`,
    );
  }
  return { folder, record: lab.record };
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
