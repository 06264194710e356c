import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type LabFolder } from './lab-folder';

/**
 * Does what begins or ends the lab of a folder, in one process at a time: two labs in one folder would take each other's
 * files.
 *
 * @param waits told once, if another process is at it
 */
export async function withLabLock<T>(folder: LabFolder, work: () => Promise<T>, waits: () => void): Promise<T> {
  const address = addressOf(folder);
  let lock = await take(address);
  if (!lock) {
    waits();
  }
  while (!lock) {
    await untilReleased(address);
    lock = await take(address);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

interface Lock {
  release(): void;
}

/** A socket, as the system takes it from a process that ends, in whichever way. */
function addressOf({ path }: LabFolder): string {
  const mark = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const name = `confluent-dr-lab-${userInfo().uid}-${mark}`;
  // A name without a file: https://man7.org/linux/man-pages/man7/unix.7.html
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

async function take(address: string): Promise<Lock | undefined> {
  const waiting = new Set<Socket>();
  const server = createServer((socket) => {
    waiting.add(socket.unref());
    socket.on('error', () => undefined).on('close', () => waiting.delete(socket));
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
  return {
    release: () => {
      server.close();
      waiting.forEach((socket) => socket.destroy());
    },
  };
}

async function untilReleased(address: string): Promise<void> {
  const socket = connect(address);
  socket.resume();
  try {
    await once(socket, 'close');
  } catch (error) {
    // The file of a process that was killed.
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED' && !address.startsWith('\0')) {
      rmSync(address, { force: true });
    }
  }
}
