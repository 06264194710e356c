import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabFolder } from './lab-folder';
import { type LabRecord } from './lab-record';
import { terraformDataFolder } from './terraform-environment';

/** Notes that Terraform runs for the lab in this folder, or below its cdktf.out. */
export function noteUse(folder: LabFolder, cwd: string): void {
  const known = usedFolders(folder);
  if (!known.includes(cwd)) {
    writeFileSync(folder.usedIn, [...known, cwd].join('\n'), { mode: 0o600 });
  }
}

/** Removes Terraform's data and the states of this lab, and of no other. */
export function removeTerraformData(folder: LabFolder, record: LabRecord): void {
  for (const used of usedFolders(folder)) {
    const stacks = join(used, 'cdktf.out', 'stacks');
    const synthesized = existsSync(stacks) ? readdirSync(stacks).map((name) => join(stacks, name)) : [];
    for (const place of [used, ...synthesized]) {
      rmSync(join(place, terraformDataFolder(record)), { recursive: true, force: true });
    }
  }
}

function usedFolders({ usedIn }: LabFolder): string[] {
  return existsSync(usedIn) ? readFileSync(usedIn, 'utf8').split('\n').filter(Boolean) : [];
}
