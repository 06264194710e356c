import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends what hangs. @default 300_000 */
  readonly timeoutMs?: number;
}

/** A machine in this one: namespaces of its own, entered by the id of its first process. */
export abstract class Machine {
  /** As the machine outside sees it. */
  public abstract readonly firstProcess: number;

  /** The options of `nsenter`, beside the process. */
  protected abstract readonly enter: readonly string[];

  /** The environment of what runs inside. */
  protected abstract readonly environment: NodeJS.ProcessEnv;

  /** A file of the machine, by the name it has outside. */
  public path(inside: string): string {
    return `/proc/${this.firstProcess}/root${inside}`;
  }

  public spawn(command: readonly string[], { env, ...options }: SpawnOptions = {}): ChildProcess {
    return spawn('nsenter', ['-t', String(this.firstProcess), ...this.enter, '--', ...command], {
      ...options,
      env: { ...this.environment, ...env },
    });
  }

  /** Runs a command to its end; the caller judges the status. */
  public async run(
    command: readonly string[],
    { input, env, timeoutMs = 300_000 }: RunOptions = {},
  ): Promise<Finished> {
    const child = this.spawn(['timeout', '-k', '1', String(timeoutMs / 1000), ...command], { env, stdio: 'pipe' });
    const output = { stdout: '', stderr: '' };
    child.stdout!.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr!.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    child.stdin!.on('error', () => undefined);
    child.stdin!.end(input ?? '');
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, ...output };
  }

  /** Runs bash commands that must succeed and returns what they print. */
  public async shell(script: string, timeoutMs?: number): Promise<string> {
    const { status, stdout, stderr } = await this.run(['bash', '--norc', '-ec', script], { timeoutMs });
    if (status !== 0) {
      throw new Error(`status ${status} of: ${script}\n${stderr}${stdout}`);
    }
    return stdout;
  }

  public abstract stop(): Promise<void>;
}

/**
 * The files and programs of this machine, with mounts, a network and processes of its own.
 *
 * Its first process reads a pipe that this process holds, so the kernel ends everything in it when this process ends, also
 * when it is killed.
 */
export class NamespaceMachine extends Machine {
  protected readonly enter = ['-n', '-m', '-p', `--wd=${process.cwd()}`];
  protected readonly environment = process.env;

  private constructor(
    private readonly holder: ChildProcess,
    public readonly firstProcess: number,
  ) {
    super();
  }

  /** @param setUp shell commands that run inside, before anything else: private mounts, addresses. */
  public static async start(setUp = ''): Promise<NamespaceMachine> {
    const script = `set -e; ip link set lo up; ${setUp}\necho ready; exec cat >/dev/null`;
    const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const holder = spawn('unshare', [...namespaces, '--propagation', 'private', 'sh', '-c', script], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // A process group of its own: Ctrl-C is for whoever holds it.
      detached: true,
    });
    let complaint = '';
    holder.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const word = await Promise.race([
      once(holder.stdout, 'data').then(([chunk]) => String(chunk).trim()),
      once(holder, 'exit').then(() => `ended: ${complaint}`),
      once(holder, 'error').then(([error]) => String(error)),
    ]);
    if (word !== 'ready') {
      throw new Error(`no namespaces (root, unshare and ip from iproute2 are needed): ${word}`);
    }
    const children = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8');
    return new NamespaceMachine(holder, Number(children.trim()));
  }

  /** Runs shell commands in the machine's network alone, where process ids are those of outside. */
  public async fromOutside(script: string): Promise<void> {
    await execute('nsenter', [`--net=/proc/${this.firstProcess}/ns/net`, 'sh', '-ec', script]);
  }

  public async stop(): Promise<void> {
    if (this.holder.exitCode !== null || this.holder.signalCode !== null) {
      return;
    }
    const gone = once(this.holder, 'exit');
    this.holder.stdin!.end();
    await gone;
  }
}
