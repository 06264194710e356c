import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `startInBackground` forks. */
export const PROGRAM = join(__dirname, 'process');

/**
 * Whether this process is a lab's. A lab that was killed leaves its number behind, which the system gives to others
 * later: theirs must not be taken for it, nor be ended.
 */
export function isLab(pid: number): boolean {
  // Another version of this package may have started it, from another folder.
  return isAlive(pid) && (commandLine(pid)?.includes(join('background', 'process')) ?? true);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Undefined where the system does not tell. */
function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    try {
      return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
    } catch {
      return undefined;
    }
  }
}
