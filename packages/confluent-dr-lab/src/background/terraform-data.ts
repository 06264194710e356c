import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabFolder } from './lab-folder';
import { type LabRecord } from './lab-record';
import { terraformDataFolder } from './terraform-environment';

interface Use {
  readonly lab: string;
  readonly folder: string;
}

/** Notes that Terraform runs for the lab in this folder, or below its cdktf.out. */
export function noteUse(folder: LabFolder, { id }: LabRecord, cwd: string): void {
  const known = usesOf(folder);
  if (!known.some((use) => use.lab === id && use.folder === cwd)) {
    const lines = [...known, { lab: id, folder: cwd }].map((use) => `${use.lab} ${use.folder}`);
    writeFileSync(folder.usedIn, lines.join('\n'), { mode: 0o600 });
  }
}

/** Removes Terraform's data and the states of the folder's labs, of those that ended without notice too. */
export function removeTerraformData(folder: LabFolder): void {
  for (const { lab, folder: used } of usesOf(folder)) {
    const stacks = join(used, 'cdktf.out', 'stacks');
    const synthesized = existsSync(stacks) ? readdirSync(stacks).map((name) => join(stacks, name)) : [];
    for (const place of [used, ...synthesized]) {
      rmSync(join(place, terraformDataFolder({ id: lab })), { recursive: true, force: true });
    }
  }
}

function usesOf({ usedIn }: LabFolder): Use[] {
  const lines = existsSync(usedIn) ? readFileSync(usedIn, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => {
    const [lab, ...path] = line.split(' ');
    return { lab, folder: path.join(' ') };
  });
}
