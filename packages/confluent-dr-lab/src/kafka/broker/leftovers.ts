import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 10_000;

/**
 * Ends the brokers that a lab left running in a folder when it was killed. A process that has such a number by now and
 * is no broker of this folder is left alone.
 */
export async function endLeftovers(folder: string): Promise<void> {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pid')) : [];
  for (const name of files) {
    const file = join(folder, name);
    const pid = Number(readFileSync(file, 'utf8'));
    const properties = file.replace(/\.pid$/, '.properties');
    if (isBroker(pid, properties)) {
      process.kill(pid, 'SIGKILL');
      await untilGone(pid, properties);
    }
    rmSync(file, { force: true });
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
