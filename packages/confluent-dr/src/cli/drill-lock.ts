import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { type Deployment, isLab } from '../deployment/deployment';
import { NothingDone } from './exit';

/** The drill of a pair that goes on. */
export interface DrillAtWork {
  readonly pid: number;
  /** @default - it has none yet */
  readonly journal?: string;
}

/** That a drill has its pair to itself. */
export interface DrillLock {
  /** Its journal's file, asked for when another drill wants to know. */
  journal?: () => string;
}

/**
 * Does the work of a drill, of which there is one at a time for a pair on a machine, whoever runs it and wherever its journal
 * is: each would take what the other does to the pair for its own.
 *
 * @throws NothingDone if a drill of the pair goes on
 */
export async function withDrillLock<T>(
  deployment: Pick<Deployment, 'members'>,
  work: (lock: DrillLock) => Promise<T>,
): Promise<T> {
  const address = addressOf(deployment);
  const lock: DrillLock = {};
  const release = (await take(address, lock)) ?? (await takeOfDead(address, lock));
  if (release === undefined) {
    throw new NothingDone(goesOnText(await holderOf(address)));
  }
  try {
    return await work(lock);
  } finally {
    release();
  }
}

export const goesOnText = (drill?: DrillAtWork): string =>
  drill === undefined
    ? 'nothing was done: a drill of this pair goes on, on this machine. Wait for its end, or end it by Ctrl-C.'
    : `nothing was done: a drill of this pair goes on, as process ${drill.pid}` +
      `${drill.journal === undefined ? '' : `, by its journal ${drill.journal}`}. ` +
      `Wait for its end, or end it: kill -INT ${drill.pid}`;

/** A socket, as the system takes it from a process that ends, in whichever way. Clusters of two labs may have the same ids. */
function addressOf({ members }: Pick<Deployment, 'members'>): string {
  const { primary, secondary } = members;
  const lab = isLab({ members }) ? [new URL(primary.restEndpoint).origin] : [];
  const pair = [primary.clusterId, secondary.clusterId, ...lab];
  const name = `confluent-dr-drill-${createHash('sha256').update(JSON.stringify(pair)).digest('hex').slice(0, 16)}`;
  // A name without a file: https://man7.org/linux/man-pages/man7/unix.7.html
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

type Release = () => void;

/** @returns undefined if somebody has it */
async function take(address: string, lock: DrillLock): Promise<Release | undefined> {
  const server = createServer((socket) => {
    const drill: DrillAtWork = { pid: process.pid, journal: lock.journal?.() };
    socket.on('error', () => undefined).end(JSON.stringify(drill));
  }).unref();
  server.listen(address);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      return undefined;
    }
    throw error;
  }
  return () => server.close();
}

/** Where a lock is a file, that of a process that was killed is still there. */
async function takeOfDead(address: string, lock: DrillLock): Promise<Release | undefined> {
  const socket = connect(address);
  try {
    await once(socket, 'connect');
    return undefined;
  } catch {
    if (!address.startsWith('\0')) {
      rmSync(address, { force: true });
    }
    return await take(address, lock);
  } finally {
    socket.destroy();
  }
}

const ANSWER_LIMIT_MS = 1000;
const DRILL = z.object({ pid: z.int().positive(), journal: z.string().max(4096).optional() });

/** @returns undefined where it does not say: it may stand still */
async function holderOf(address: string): Promise<DrillAtWork | undefined> {
  const socket = connect(address);
  const limit = setTimeout(() => socket.destroy(), ANSWER_LIMIT_MS);
  try {
    return DRILL.parse(JSON.parse(await text(socket)));
  } catch {
    return undefined;
  } finally {
    clearTimeout(limit);
    socket.destroy();
  }
}
