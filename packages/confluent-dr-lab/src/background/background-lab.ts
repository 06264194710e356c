import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SampleNames } from '../cloud';
import { endLeftovers } from '../kafka/broker/leftovers';
import { endProxies } from '../nginx/lab-proxies';
import { LabApi } from './lab-api';
import { type LabFolder, type LabRecord, type ProxyKind, readRecord, removeRecord } from './lab-folder';
import { removeTerraformData } from './terraform-environment';

/** What `startInBackground` forks. */
const PROGRAM = join(__dirname, 'process');

/**
 * Whether this process is a lab's. A lab that was killed leaves its number behind, which the system gives to others
 * later: theirs must not be taken for it, nor be ended.
 */
function isLab(pid: number): boolean {
  // Another version of this package may have started it, from another folder.
  return isAlive(pid) && (commandLine(pid)?.includes(join('background', 'process')) ?? true);
}

function isAlive(pid: number): boolean {
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

const STOP_LIMIT_MS = 30_000;
/** By which a lab is told to end, also while it begins. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What the process of a lab is told when it is started. */
export interface Instructions {
  readonly folder: string;
  readonly port?: number;
  readonly pace?: number;
  readonly sample?: SampleNames;
  /** How many brokers each cluster has. @default - none */
  readonly brokers?: number;
  /** What a VM is. @default nginx: that of this machine, with what a script carries */
  readonly proxy?: ProxyKind;
  /** Values of the app that is rehearsed, which go before the lab's own. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** What it says once, when it is up or cannot be. */
export type Report = { readonly record: LabRecord } | { readonly error: string };

/** What is known of the lab of a folder. */
export type LabState =
  | { readonly kind: 'running'; readonly record: LabRecord }
  /** The process is there and does not answer. */
  | { readonly kind: 'stuck'; readonly record: LabRecord }
  | { readonly kind: 'none' };

/** Looks for the lab of a folder, and clears away the record of one that ended without notice. */
export async function findLab(folder: LabFolder): Promise<LabState> {
  const record = readRecord(folder);
  if (!record) {
    return { kind: 'none' };
  }
  if (await new LabApi(record.url).isOf(record)) {
    return { kind: 'running', record };
  }
  if (isLab(record.pid)) {
    return { kind: 'stuck', record };
  }
  await endRest(folder);
  removeRecord(folder);
  return { kind: 'none' };
}

/** Ends what a lab started in its folder that is gone itself. Of one that goes on, or begins, it ends that as well. */
export async function endRest(folder: LabFolder): Promise<void> {
  await endLeftovers(folder.brokers);
  await endProxies(folder.proxies);
}

/**
 * Starts a lab that outlives this process. The folder must have none.
 *
 * @throws when it cannot start, or when this process is interrupted before it has; nothing is left of it then
 */
export async function startInBackground(folder: LabFolder, instructions: Instructions): Promise<LabRecord> {
  const isNew = !folder.files.some((file) => existsSync(file));
  let child: ChildProcess | undefined;
  let isInterrupted = false;
  const interrupt = (): void => {
    isInterrupted = true;
    child?.kill('SIGTERM');
  };
  ENDING_SIGNALS.forEach((signal) => process.once(signal, interrupt));
  try {
    mkdirSync(folder.path, { recursive: true, mode: 0o700 });
    const log = openSync(folder.log, 'a', 0o600);
    child = fork(PROGRAM, [], { detached: true, stdio: ['ignore', log, log, 'ipc'] });
    const record = await reportOf(child, instructions, folder);
    if (isInterrupted) {
      // Too late to keep it from starting: it ends of the same signal.
      await endOf(child);
      removeRecord(folder);
      throw new Error('interrupted');
    }
    return record;
  } catch (error) {
    await endRest(folder);
    if (isNew) {
      removeFiles(folder);
    }
    throw isInterrupted ? new DOMException('interrupted before the lab was up', 'AbortError') : error;
  } finally {
    ENDING_SIGNALS.forEach((signal) => process.removeListener(signal, interrupt));
    child?.removeAllListeners();
    child?.unref();
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, 'exit');
  }
}

function reportOf(child: ChildProcess, instructions: Instructions, folder: LabFolder): Promise<LabRecord> {
  return new Promise<LabRecord>((resolve, reject) => {
    let failure: string | undefined;
    child.once('message', (report: Report) => {
      if ('record' in report) {
        resolve(report.record);
      } else {
        failure = report.error;
      }
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const end = `the lab ended with ${signal ?? code} before it was ready: ${lastWords(folder)}`;
      reject(new Error(failure ?? end));
    });
    child.send(instructions);
  });
}

export interface Ending {
  /** Whether the clouds are kept, so that the next lab of the folder goes on with them. */
  readonly keep: boolean;
}

/** Ends the lab of a folder, and takes away what it wrote. */
export async function stopLab(folder: LabFolder, record: LabRecord, { keep }: Ending): Promise<void> {
  const { pid } = record;
  process.kill(pid, 'SIGTERM');
  const end = Date.now() + STOP_LIMIT_MS;
  while (isLab(pid)) {
    if (Date.now() > end) {
      throw new Error(
        `The lab's process ${pid} has not ended ${STOP_LIMIT_MS / 1000} s after SIGTERM; see ${folder.log}`,
      );
    }
    await sleep(20);
  }
  removeRecord(folder);
  if (!keep) {
    removeFiles(folder);
  }
}

/** Takes away what labs wrote: into their folder, the folder if nothing else is in it, and Terraform's data for them. */
export function removeFiles(folder: LabFolder): boolean {
  removeTerraformData(folder);
  const there = folder.files.filter((file) => existsSync(file));
  there.forEach((file) => rmSync(file, { recursive: true }));
  try {
    rmdirSync(folder.path);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
  return there.length > 0;
}

function lastWords({ log }: LabFolder): string {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n') || 'it said nothing';
}
