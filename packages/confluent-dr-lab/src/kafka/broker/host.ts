import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** A machine on which brokers run: this one, or one that a test makes. */
export interface Host {
  spawn(command: readonly string[], options: SpawnOptions): ChildProcess;
  /** Whether somebody accepts connections there. */
  isOpen(address: string, port: number): Promise<boolean>;
}

export const THIS_MACHINE: Host = {
  // A session of its own: the terminal's signals are the lab's to handle.
  spawn: ([command, ...args], options) => spawn(command, args, { ...options, detached: true }),
  isOpen: (address, port) =>
    new Promise((resolve) => {
      const socket = connect({ host: address, port, timeout: 1000 });
      const end = (isOpen: boolean): void => {
        socket.destroy();
        resolve(isOpen);
      };
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
      socket.once('timeout', () => end(false));
    }),
};

/** Runs a command to its end; fails with what it said when it ends with anything but 0. */
export async function run(host: Host, command: readonly string[]): Promise<void> {
  const child = host.spawn(command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new Error(`${command[0]} … ${command.slice(-6).join(' ')} ended with ${code}: ${said.trim().slice(-2000)}`);
  }
}

/** Ends a child by a signal, and waits until it has ended; a hard one follows where it takes too long. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals, limitMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return;
  }
  const gone = once(child, 'exit');
  child.kill(signal);
  const hard = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await gone;
  clearTimeout(hard);
}
