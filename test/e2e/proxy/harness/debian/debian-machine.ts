import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Machine } from '../machine';
import { temporaryFolder } from '../temporary-folder';
import { type Image, imageFolder } from './images';

export interface Disk {
  /** What it holds at the start. @default packaged */
  readonly image?: Image;
  /** Folders with a file system of their own, and its size. */
  readonly partitions?: Readonly<Record<string, string>>;
}

const SCRIPT = join(__dirname, 'machine.sh');
const BOOT_LIMIT_MS = 120_000;

/** The first line that a process prints; an error with what it complained of when it ends without. */
async function firstLine(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr!.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const lines = createInterface({ input: child.stdout! });
  return Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'close').then(() => Promise.reject(new Error(`no machine could be made: ${complaint}`))),
  ]);
}

/**
 * A Debian with systemd as process 1: a disk in memory over an image, which stays over reboots, and for each boot new
 * namespaces and control groups. Everything ends with this process, however it ends: a holder beside it reads a pipe.
 */
export class DebianMachine extends Machine {
  protected readonly enter = ['-a'];
  protected readonly environment = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    HOME: '/root',
  };
  private booted?: { readonly process: ChildProcess; readonly systemd: number };

  private constructor(
    private readonly holder: ChildProcess,
    private readonly disk: string,
    private readonly plugIn: (firstProcess: number) => Promise<void>,
  ) {
    super();
  }

  /**
   * A machine that is off.
   * @param plugIn gives the machine its network, before systemd starts.
   */
  static async create(
    { image = 'packaged', partitions = {} }: Disk,
    plugIn: (firstProcess: number) => Promise<void>,
  ): Promise<DebianMachine> {
    const { path: disk } = temporaryFolder('debian-machine');
    const hold = ['--mount', '--propagation', 'private', 'bash', SCRIPT, 'hold', imageFolder(image), disk, '768m'];
    hold.push(...Object.entries(partitions).map(([folder, size]) => `${folder}=${size}`));
    // A process group of its own: Ctrl-C is for the test; the holder ends after it and cleans up.
    const holder = spawn('unshare', hold, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    await firstLine(holder);
    return new DebianMachine(holder, disk, plugIn);
  }

  get firstProcess(): number {
    if (!this.booted) throw new Error('the machine is off');
    return this.booted.systemd;
  }

  /** Boots, and returns when systemd says that it has. */
  async boot({ network = true } = {}): Promise<void> {
    const enter = ['-t', String(this.holder.pid), '-m', '--', 'bash', SCRIPT, 'boot', this.disk];
    const process = spawn('nsenter', enter, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.booted = { process, systemd: Number(await firstLine(process)) };
    if (network) await this.connect();
    process.stdin.write('\n');
    const end = Date.now() + BOOT_LIMIT_MS;
    for (;;) {
      const { stdout } = await this.run(['systemctl', 'is-system-running', '--wait'], { timeoutMs: BOOT_LIMIT_MS });
      if (stdout === 'running\n') break;
      if (stdout === 'degraded\n' || Date.now() > end) {
        const { stdout: failed } = await this.run(['systemctl', '--failed', '--no-legend', '--plain']);
        throw new Error(`the machine did not boot well, it is '${stdout.trim()}': ${failed}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (network) {
      const there = `[[ -n $(ip route show default) ]] && grep -q ^nameserver /run/systemd/resolve/resolv.conf`;
      await this.shell(`until ${there}; do sleep 0.05; done`, BOOT_LIMIT_MS);
    }
  }

  /** Puts the cable in. */
  async connect(): Promise<void> {
    await this.plugIn(this.firstProcess);
  }

  /** Takes the power away: what was not on the disk is gone. */
  async powerOff(): Promise<void> {
    if (!this.booted) return;
    const { process, systemd } = this.booted;
    this.booted = undefined;
    const gone = process.exitCode === null && process.signalCode === null ? once(process, 'exit') : undefined;
    spawnSync('kill', ['-9', String(systemd)]);
    process.stdin!.end();
    await gone;
  }

  async reboot(options?: { network?: boolean }): Promise<void> {
    await this.powerOff();
    await this.boot(options);
  }

  /** Runs bash commands on the disk of a machine that is off. */
  onDisk(script: string): string {
    const enter = ['-t', String(this.holder.pid), '-m', '--', 'chroot', `${this.disk}/root`, 'bash', '-ec', script];
    const { status, stdout, stderr } = spawnSync('nsenter', enter, { encoding: 'utf8', env: this.environment });
    if (status !== 0) throw new Error(`status ${status} of: ${script}\n${stderr}`);
    return stdout;
  }

  /** Makes the disk so full that this many KiB are left, or gives all of it back. */
  leaveRoom(kib: number | 'all'): void {
    const enter = ['-t', String(this.holder.pid), '-m', '--', 'bash', SCRIPT, 'leave-room', this.disk, String(kib)];
    const { status, stderr } = spawnSync('nsenter', enter, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the disk could not be resized: ${stderr}`);
  }

  async stop(): Promise<void> {
    await this.powerOff();
    const gone = once(this.holder, 'exit');
    this.holder.stdin!.end();
    await gone;
  }
}
