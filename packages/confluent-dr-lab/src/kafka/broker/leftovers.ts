import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 10_000;

/**
 * Ends the brokers that a lab left running in a folder when it was killed. A process that has such a number by now and
 * is no broker of this folder is left alone.
 */
export async function endLeftovers(folder: string): Promise<void> {
  // Another one may be started until then.
  for (let files = pidFiles(folder); files.length > 0; files = pidFiles(folder)) {
    for (const file of files) {
      await endBroker(file);
      rmSync(file, { force: true });
    }
  }
}

const pidFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.pid'))
        .map((name) => join(folder, name))
    : [];

/** It may end by itself meanwhile. */
async function endBroker(pidFile: string): Promise<void> {
  const properties = pidFile.replace(/\.pid$/, '.properties');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (isBroker(pid, properties)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
    await untilGone(pid, properties);
  }
}

function isBroker(pid: number, properties: string): boolean {
  try {
    return pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(properties);
  } catch {
    return false;
  }
}

async function untilGone(pid: number, properties: string): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  while (isBroker(pid, properties)) {
    if (Date.now() > end) {
      throw new Error(`The broker of process ${pid} has not ended ${LIMIT_MS / 1000} s after SIGKILL`);
    }
    await sleep(20);
  }
}
