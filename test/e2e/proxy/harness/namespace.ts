import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Record<string, string>;
  /** Sends this signal after so many milliseconds. */
  readonly kill?: { readonly after: number; readonly signal: NodeJS.Signals };
}

/** Places that the proxy writes to: each is a memory disk of its own, so the machine is never touched. */
const SETUP = `
set -e
mount --make-rprivate /
ip link set lo up
mkdir -p /var/lib/confluent-dr-proxy /var/log/confluent-dr-proxy
mount -t tmpfs -o size=64m etc /mnt && cp -a /etc/. /mnt/ && mount --move /mnt /etc
mount -t tmpfs -o mode=0755 run /run && mkdir -p /run/lock
mount -t tmpfs -o size=16m lib /var/lib/confluent-dr-proxy
mount -t tmpfs -o size=256m log /var/log/confluent-dr-proxy
mount -t tmpfs sbin /usr/local/sbin
rm -rf /etc/confluent-dr-proxy /etc/systemd/system/confluent-dr-proxy* /etc/systemd/system/*/confluent-dr-proxy*
cp "$1.mjs" /usr/local/sbin/systemctl-stand-in.mjs
cp "$1.sh" /usr/local/sbin/systemctl
chmod 0755 /usr/local/sbin/systemctl
echo ready
# As the first process here it also has to collect the orphans that ended.
while :; do sleep 3600 & wait; done
`;

/** A machine in a machine: mounts, network and processes of its own; all of it ends with its first process. */
export class Namespace {
  static async create(): Promise<Namespace> {
    const first = spawn(
      'unshare',
      [
        '--mount',
        '--net',
        '--pid',
        '--fork',
        '--kill-child',
        '--mount-proc',
        'bash',
        '-c',
        SETUP,
        'setup',
        join(__dirname, 'systemctl'),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let problems = '';
    first.stderr.on('data', (data: Buffer) => (problems += data.toString()));
    await new Promise<void>((resolve, reject) => {
      first.stdout.once('data', () => resolve());
      first.once('exit', () => reject(new Error(`no namespace could be made: ${problems}`)));
    });
    const [pid] = readFileSync(`/proc/${first.pid}/task/${first.pid}/children`, 'utf8').trim().split(' ');
    return new Namespace(first, pid);
  }

  private constructor(
    private readonly first: ChildProcess,
    public readonly pid: string,
  ) {}

  async run(command: string[], { input, env, kill }: RunOptions = {}): Promise<Outcome> {
    const child = spawn('nsenter', ['-t', this.pid, '-m', '-n', '-p', '--', ...command], {
      env: { LANG: 'C.UTF-8', ...env, PATH: `/usr/local/sbin:/usr/sbin:/sbin:${process.env.PATH}` },
      cwd: '/',
      detached: true,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    const timer = kill && setTimeout(() => process.kill(-child.pid!, kill.signal), kill.after);
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    clearTimeout(timer);
    return { status, stdout, stderr };
  }

  async dispose(): Promise<void> {
    const gone = new Promise((resolve) => this.first.once('exit', resolve));
    spawnSync('kill', ['-9', this.pid]);
    this.first.kill('SIGKILL');
    await gone;
  }
}
