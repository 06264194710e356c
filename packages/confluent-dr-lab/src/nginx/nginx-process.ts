import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Nginx } from './find-nginx';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;
const RESTART_MS = 200;

export interface NginxProcessProps {
  readonly nginx: Nginx;
  /** Holds `conf`, `run` and `log`; all paths of the configuration are relative to it. */
  readonly folder: string;
  /** Of the configuration, without its end. */
  readonly name: string;
  /** What it listens on in the folder, which one that was killed leaves behind. @default - ports alone */
  readonly sockets?: readonly string[];
}

/** One nginx, with a master and workers, that runs until it is stopped: one that ends comes back. */
export class NginxProcess {
  private child?: ChildProcess;
  private shouldRun = false;
  private isFrozen = false;
  private told = '';

  constructor(private readonly props: NginxProcessProps) {}

  public get pid(): number | undefined {
    return this.isRunning ? this.child!.pid : undefined;
  }

  public get isRunning(): boolean {
    return this.child?.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @throws Error with what nginx says, where it does not come up */
  public async start(): Promise<void> {
    this.shouldRun = true;
    if (!this.isRunning) {
      try {
        await this.spawn();
      } catch (error) {
        this.shouldRun = false;
        throw error;
      }
    }
  }

  /** Cuts its sessions, whose lines are not written: on the VM root closes their sockets for that. */
  public async stop(): Promise<void> {
    this.shouldRun = false;
    const { child } = this;
    if (!child || !this.isRunning) {
      return;
    }
    const gone = once(child, 'exit');
    // Before they are thawed: nothing of a session that stalled comes through.
    this.signalAll('SIGTERM');
    this.thaw();
    const late = setTimeout(() => this.signalAll('SIGKILL'), STOP_LIMIT_MS);
    await gone;
    clearTimeout(late);
    this.signalAll('SIGKILL');
  }

  /** Its sessions stay, and nothing comes through. */
  public freeze(): void {
    this.isFrozen = true;
    this.signalAll('SIGSTOP');
  }

  public thaw(): void {
    this.isFrozen = false;
    this.signalAll('SIGCONT');
  }

  /** Takes the configuration that is there now: for all new sessions, once it has resolved. Others go on by the old one. */
  public async reload(): Promise<void> {
    const before = this.workers;
    const handedOver = (): boolean => {
      const now = this.workers;
      return now.some((pid) => !before.includes(pid)) && !before.some(takesSessions);
    };
    this.child!.kill('SIGHUP');
    if (!this.isFrozen) {
      await this.until(handedOver, 'does not take its new configuration');
    }
  }

  /** Sessions that clients have with it now. */
  public get openSessions(): number {
    const sockets = new Set(this.workers.flatMap(socketsOf));
    const paths = this.props.sockets ?? [];
    return establishedSockets().filter(({ inode, path }) => sockets.has(inode) && paths.includes(path)).length;
  }

  private get workers(): number[] {
    return this.pid === undefined ? [] : childrenOf(this.pid);
  }

  private async spawn(): Promise<void> {
    const { nginx, folder, name, sockets = [] } = this.props;
    sockets.forEach((socket) => rmSync(join(folder, socket), { force: true }));
    const said = join(folder, 'log', `${name}.output`);
    const out = openSync(said, 'w', 0o600);
    // A group of its own: it is frozen as a whole, and the terminal's signals are the lab's to handle.
    const child = spawn(nginx.command, nginxArguments(folder, name), {
      cwd: folder,
      env: nginx.env,
      detached: true,
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    this.child = child;
    child.once('error', () => undefined);
    child.once('exit', () => this.onExit(child));
    await this.until(
      () => this.workers.length > 0 && sockets.every((socket) => existsSync(join(folder, socket))),
      'does not come up',
      () => lastLines(said),
    );
    if (this.isFrozen) {
      this.freeze();
    }
  }

  private onExit(child: ChildProcess): void {
    if (child !== this.child || !this.shouldRun) {
      return;
    }
    // Workers outlive a master that was killed, and hold what it listened on.
    this.signalAll('SIGKILL');
    setTimeout(() => {
      if (this.shouldRun && !this.isRunning) {
        this.spawn().catch((error: Error) => this.tell(error.message));
      }
    }, RESTART_MS).unref();
  }

  /** Into the lab's log; what goes on in the same way once. */
  private tell(message: string): void {
    if (message !== this.told) {
      this.told = message;
      console.log(`${new Date().toISOString()} ${message}`);
    }
  }

  private async until(isSo: () => boolean, problem: string, words: () => string = () => ''): Promise<void> {
    const end = Date.now() + START_LIMIT_MS;
    while (!isSo()) {
      if (!this.isRunning || Date.now() > end) {
        throw new Error(`${this.props.name} ${problem}${words() && `: ${words()}`}`);
      }
      await sleep(10);
    }
  }

  private signalAll(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.child!.pid!, signal);
    } catch {
      // There is none left.
    }
  }
}

/** @throws Error with what nginx says of a configuration that it does not take */
export async function testConfiguration(nginx: Nginx, folder: string, name: string): Promise<void> {
  await promisify(execFile)(nginx.command, [...nginxArguments(folder, name), '-t'], {
    cwd: folder,
    env: nginx.env,
  }).catch((error: { readonly stderr?: string; readonly message: string }) => {
    const words = (error.stderr ?? error.message).split('\n').filter((line) => /emerg|alert|crit|error/.test(line));
    throw new Error(`${name}.conf: ${words.slice(-2).join(' ')}`);
  });
}

/** Ends each nginx that works in one of these folders: what a lab left behind that was killed. */
export async function endNginxIn(folders: readonly string[]): Promise<void> {
  const end = Date.now() + STOP_LIMIT_MS;
  for (let left = nginxIn(folders); left.length > 0; left = nginxIn(folders)) {
    if (Date.now() > end) {
      throw new Error(`The nginx of process ${left.join(', ')} has not ended ${STOP_LIMIT_MS / 1000} s after SIGKILL`);
    }
    left.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await sleep(20);
  }
}

function nginxIn(folders: readonly string[]): number[] {
  return existsSync('/proc/self/cwd')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .filter((pid) => readingProc(() => folders.includes(readlinkSync(`/proc/${pid}/cwd`)), false))
        .filter((pid) => readingProc(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'nginx', false))
    : [];
}

function nginxArguments(folder: string, name: string): string[] {
  // Started by root it would give its workers to nobody, who may not enter the folder.
  const user = process.getuid?.() === 0 ? ' user root;' : '';
  return ['-p', `${folder}/`, '-c', `conf/${name}.conf`, '-g', `daemon off;${user}`];
}

const lastLines = (file: string): string =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /emerg|alert|crit|error/.test(line) && !/could not open error log/.test(line))
    .slice(-2)
    .join(' ');

const childrenOf = (pid: number): number[] =>
  readingProc(() => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), '')
    .split(' ')
    .filter(Boolean)
    .map(Number);

/** Whether a worker has not been told to let go. */
const takesSessions = (pid: number): boolean =>
  /^nginx: worker process\0/.test(readingProc(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1'), ''));

/** The inodes of a process's sockets. */
const socketsOf = (pid: number): string[] =>
  readingProc(() => readdirSync(`/proc/${pid}/fd`), []).flatMap(
    (fd) => /^socket:\[(\d+)\]$/.exec(readingProc(() => readlinkSync(`/proc/${pid}/fd/${fd}`), ''))?.[1] ?? [],
  );

const CONNECTED = '03';

/** Those of all processes that were accepted at a path. */
const establishedSockets = (): { readonly inode: string; readonly path: string }[] =>
  readingProc(() => readFileSync('/proc/net/unix', 'utf8'), '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , , , state, , path]) => state === CONNECTED && path !== undefined)
    .map(([, , , , , , inode, path]) => ({ inode, path }));

/** A process may end while it is looked at. */
function readingProc<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
