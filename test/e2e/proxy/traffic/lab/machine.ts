import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A machine in miniature: network, mount and process namespaces of its own.
 *
 * Its first process reads a pipe that this process holds, so the kernel ends everything in it when the test ends, also
 * when the test is killed.
 */
export class Machine {
  private constructor(
    private readonly holder: ChildProcess,
    /** As the machine outside sees it. */
    private readonly firstProcess: number,
  ) {}

  /** @param setUp shell commands that run inside, before anything else: private mounts, addresses. */
  static async start(setUp = ''): Promise<Machine> {
    const script = `set -e; ip link set lo up; ${setUp}\necho ready; exec cat >/dev/null`;
    const holder = spawn(
      'unshare',
      [
        '--net',
        '--mount',
        '--pid',
        '--fork',
        '--kill-child',
        '--mount-proc',
        '--propagation',
        'private',
        'sh',
        '-c',
        script,
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let complaint = '';
    holder.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const word = await Promise.race([
      once(holder.stdout, 'data').then(([chunk]) => String(chunk).trim()),
      once(holder, 'exit').then(() => `ended: ${complaint}`),
      once(holder, 'error').then(([error]) => String(error)),
    ]);
    if (word !== 'ready') throw new Error(`No namespaces (root, unshare and ip from iproute2 are needed): ${word}`);
    const children = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8');
    return new Machine(holder, Number(children.trim()));
  }

  /** Joins two machines by a cable. */
  static async cable(a: Machine, aName: string, b: Machine, bName: string): Promise<void> {
    const network = `--net=/proc/${a.firstProcess}/ns/net`;
    const link = ['ip', 'link', 'add', aName, 'type', 'veth', 'peer', 'name', bName, 'netns', String(b.firstProcess)];
    await execute('nsenter', [network, ...link]);
  }

  /** A file of the machine, by the name it has outside. */
  path(inside: string): string {
    return `/proc/${this.firstProcess}/root${inside}`;
  }

  spawn(command: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const enter = ['-t', String(this.firstProcess), '-n', '-m', '-p', `--wd=${process.cwd()}`];
    return spawn('nsenter', [...enter, ...command], options);
  }

  /** Runs a command to its end; the caller judges the exit code. */
  async run(command: readonly string[], options: { input?: string; timeoutMs?: number } = {}): Promise<Finished> {
    const seconds = String((options.timeoutMs ?? 60_000) / 1000);
    const child = this.spawn(['timeout', '-k', '1', seconds, ...command], { stdio: ['pipe', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout!.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr!.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    child.stdin!.on('error', () => undefined);
    child.stdin!.end(options.input ?? '');
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? -1, ...output };
  }

  /** Runs shell commands that must succeed and returns what they print. */
  async shell(script: string, timeoutMs?: number): Promise<string> {
    const { code, stdout, stderr } = await this.run(['sh', '-ec', script], { timeoutMs });
    if (code !== 0) throw new Error(`exit ${code} of: ${script}\n${stderr}${stdout}`);
    return stdout;
  }

  async stop(): Promise<void> {
    if (this.holder.exitCode !== null || this.holder.signalCode !== null) return;
    const gone = once(this.holder, 'exit');
    this.holder.stdin!.end();
    await gone;
  }
}
