import { type Ending, findLab, removeFiles, stopLab } from '../background/background-lab';
import { type LabFolder, labFolder } from '../background/lab-folder';
import { withLabLock } from '../background/lab-lock';
import { printDocument } from './json-output';
import { type LabOptions, tellWaiting } from './running-lab';

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
