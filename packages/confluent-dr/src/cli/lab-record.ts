import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** What the lab that runs in a folder says of itself, as far as this tool asks. */
interface LabRecord {
  /** Addresses by cluster and registry. */
  readonly endpoints?: Readonly<Record<string, string>>;
}

/** The folder where the lab of this environment or project is kept, whether one runs or not. */
export function labFolder(): string {
  if (process.env.CONFLUENT_DR_LAB) {
    return resolve(process.env.CONFLUENT_DR_LAB);
  }
  const states = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  const project = projectFolder(process.cwd());
  const mark = createHash('sha256').update(project).digest('hex').slice(0, 8);
  return join(states, 'confluent-dr', 'labs', `${basename(project)}-${mark}`);
}

/** Undefined where no lab runs. */
export function readLabRecord(folder: string): LabRecord | undefined {
  const file = join(folder, 'lab.json');
  if (!existsSync(file)) {
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LabRecord;
  } catch (error) {
    throw new Error(`${file} is no record of a lab: ${(error as Error).message}. End that lab and remove the file.`, {
      cause: error,
    });
  }
}

/** The nearest folder with a `cdktf.json`, here or above; where there is none, the folder itself. */
function projectFolder(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'cdktf.json'))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      return cwd;
    }
  }
}
