import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dataFile } from '../places';
import { Machine } from './machine';

export interface DebianMachineProps {
  /** The folder of an image, which is only read. */
  readonly image: string;
  /** An empty folder where the disk is while the machine is there; it goes with the machine. */
  readonly disk: string;
  /** Of its control group: letters, digits, hyphens; one that no other machine has. */
  readonly name: string;
  /** Folders with a file system of their own, and its size. @default - none */
  readonly partitions?: Readonly<Record<string, string>>;
  /** Gives the machine its network, before systemd starts. */
  readonly plugIn: (firstProcess: number) => Promise<void>;
  /** Told of units that failed at a boot. @default - such a boot fails */
  readonly onFailedUnits?: (units: string) => void;
  /** Told when it ends by itself, as by `reboot` or `poweroff` on it; it is off then. @default - nobody is */
  readonly onOff?: (how: 'reboot' | 'poweroff') => void;
}

const SCRIPT = dataFile('machine/machine.sh');
const BOOT_LIMIT_MS = 120_000;
const WAKE_EVERY_MS = 500;
const DISK_SIZE = '768m';
/** How the kernel ends process 1 of a namespace that asks for power off; for a reboot it is another signal. */
const SIGINT_OF_POWER_OFF = 128 + 2;

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
 * At its end systemd stops all processes before it ends them, and a nsenter stops with the one that it began inside. Process
 * 1 waits until that one was waited for, so nsenter is told to go on.
 */
function wakeVisitors(systemd: number): void {
  const now = textOf(`/proc/${systemd}/cmdline`);
  if (now !== '' && !now.includes('systemd-shutdown')) {
    // It is not ending.
    return;
  }
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const [command, ...words] = textOf(`/proc/${pid}/cmdline`).split('\0');
      return command.endsWith('nsenter') && words.includes(String(systemd)) && / T /.test(textOf(`/proc/${pid}/stat`));
    })
    .forEach((pid) => process.kill(Number(pid), 'SIGCONT'));
}

/** Empty of a process that is gone. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

interface Boot {
  readonly process: ChildProcess;
  readonly systemd: number;
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
  private booted?: Boot;

  private constructor(
    private readonly holder: ChildProcess,
    private readonly props: DebianMachineProps,
  ) {
    super();
  }

  /** A machine that is off. */
  public static async create(props: DebianMachineProps): Promise<DebianMachine> {
    const { image, disk, name, partitions = {} } = props;
    const hold = ['--mount', '--propagation', 'private', 'bash', SCRIPT, 'hold', image, disk, name, DISK_SIZE];
    hold.push(...Object.entries(partitions).map(([folder, size]) => `${folder}=${size}`));
    // A process group of its own: Ctrl-C is for this process; the holder ends after it and cleans up.
    const holder = spawn('unshare', hold, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    await firstLine(holder);
    return new DebianMachine(holder, props);
  }

  public get firstProcess(): number {
    if (!this.booted) {
      throw new Error('the machine is off');
    }
    return this.booted.systemd;
  }

  public get isOn(): boolean {
    return this.booted !== undefined;
  }

  /** Boots, and returns when systemd says that it has. */
  public async boot({ network = true } = {}): Promise<void> {
    const enter = ['-t', String(this.holder.pid), '-m', '--', 'bash', SCRIPT, 'boot', this.props.disk];
    const process = spawn('nsenter', enter, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    const boot = { process, systemd: Number(await firstLine(process)) };
    this.booted = boot;
    process.once('exit', (code) => this.onExit(boot, code));
    const waking = setInterval(() => wakeVisitors(boot.systemd), WAKE_EVERY_MS).unref();
    process.once('exit', () => clearInterval(waking));
    if (network) {
      await this.connect().catch(async (error: Error) => {
        await this.powerOff();
        throw error;
      });
    }
    process.stdin.write('\n');
    await this.hasBooted();
    if (network) {
      const there = `[[ -n $(ip route show default) ]] && grep -q ^nameserver /run/systemd/resolve/resolv.conf`;
      await this.shell(`until ${there}; do sleep 0.05; done`, BOOT_LIMIT_MS);
    }
  }

  /** Puts the cable in. */
  public async connect(): Promise<void> {
    await this.props.plugIn(this.firstProcess);
  }

  /** Takes the power away: what was not on the disk is gone. */
  public async powerOff(): Promise<void> {
    if (!this.booted) {
      return;
    }
    const { process, systemd } = this.booted;
    this.booted = undefined;
    const gone = process.exitCode === null && process.signalCode === null ? once(process, 'exit') : undefined;
    spawnSync('kill', ['-9', String(systemd)]);
    process.stdin!.end();
    await gone;
  }

  public async reboot(options?: { network?: boolean }): Promise<void> {
    await this.powerOff();
    await this.boot(options);
  }

  /** Runs bash commands on the disk of a machine that is off. */
  public onDisk(script: string): string {
    const root = `${this.props.disk}/root`;
    const enter = ['-t', String(this.holder.pid), '-m', '--', 'chroot', root, 'bash', '-ec', script];
    const { status, stdout, stderr } = spawnSync('nsenter', enter, { encoding: 'utf8', env: this.environment });
    if (status !== 0) {
      throw new Error(`status ${status} of: ${script}\n${stderr}`);
    }
    return stdout;
  }

  /** Makes the disk so full that this many KiB are left, or gives all of it back. */
  public leaveRoom(kib: number | 'all'): void {
    const { disk } = this.props;
    const enter = ['-t', String(this.holder.pid), '-m', '--', 'bash', SCRIPT, 'leave-room', disk, String(kib)];
    const { status, stderr } = spawnSync('nsenter', enter, { encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`the disk could not be resized: ${stderr}`);
    }
  }

  public async stop(): Promise<void> {
    await this.powerOff();
    const isGone = this.holder.exitCode !== null || this.holder.signalCode !== null;
    const gone = isGone ? undefined : once(this.holder, 'exit');
    this.holder.stdin!.end();
    await gone;
  }

  private async hasBooted(): Promise<void> {
    const end = Date.now() + BOOT_LIMIT_MS;
    for (;;) {
      const { stdout } = await this.run(['systemctl', 'is-system-running', '--wait'], { timeoutMs: BOOT_LIMIT_MS });
      const state = stdout.trim();
      if (state === 'running') {
        return;
      }
      if (state === 'degraded' || Date.now() > end) {
        const { stdout: failed } = await this.run(['systemctl', '--failed', '--no-legend', '--plain']);
        if (state !== 'degraded' || !this.props.onFailedUnits) {
          throw new Error(`the machine did not boot well, it is '${state}': ${failed}`);
        }
        this.props.onFailedUnits(failed.trim());
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private onExit(boot: Boot, code: number | null): void {
    if (this.booted === boot) {
      this.booted = undefined;
      boot.process.stdin!.end();
      this.props.onOff?.(code === SIGINT_OF_POWER_OFF ? 'poweroff' : 'reboot');
    }
  }
}

/** Ends what is left of a machine whose holder was killed too. */
export function sweepMachine(name: string): void {
  const sweep = ['--mount', '--propagation', 'private', 'bash', SCRIPT, 'sweep', name];
  const { status, stderr } = spawnSync('unshare', sweep, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`the machine ${name} that a lab left could not be ended: ${stderr}`);
  }
}
