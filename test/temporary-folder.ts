import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const BYTES_NEEDED = 1024 ** 3;
const PREFIX = 'confluent-dr-tests-';

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** What a run that was killed has left. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

/** Whether there is a folder in memory with room enough, from which programs can be run. */
function isFit(parent: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(parent);
    if (bavail * bsize < BYTES_NEEDED) {
      return false;
    }
    const trial = mkdtempSync(join(parent, PREFIX));
    const program = join(trial, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    const { status } = spawnSync(program);
    rmSync(trial, { recursive: true });
    return status === 0;
  } catch {
    return false;
  }
}

/**
 * One temporary folder for a run of jest, which goes with it: cdktf leaves a folder for each app, and the tests replace small files
 * thousands of times, for which a disk is waited for. It is in memory where the machine has room for it.
 */
export default function beginTemporaryFolder(): void {
  const parent = isFit(IN_MEMORY) ? IN_MEMORY : tmpdir();
  removeLeftovers(parent);
  process.env.TMPDIR = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
}

/** jest's `globalTeardown`, in the process of `beginTemporaryFolder`. */
export function endTemporaryFolder(): void {
  rmSync(process.env.TMPDIR!, { recursive: true, force: true });
}
