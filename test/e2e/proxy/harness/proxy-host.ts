import { mkdirSync, writeFileSync } from 'node:fs';
import { type ProxyPlan } from '../../../../lib/proxy/rendering/proxy-plan';
import { renderConvergeScript } from '../../../../lib/proxy/rendering/render';
import { type DebianMachine } from '../../../../packages/confluent-dr-lab/src/machine/debian-machine';
import { type Finished, type RunOptions } from '../../../../packages/confluent-dr-lab/src/machine/machine';
import { PROXY_ADDRESS } from './network';

export interface InstanceStatus {
  readonly name: string;
  readonly blocked: 'none' | 'reject' | 'blackhole';
  readonly running: boolean;
  readonly openSessions: number;
  readonly outage: { wish: string; since: string; until: string | null; ended: string | null } | null;
  readonly fence: { since: string | null } | null;
}

export interface ProxyStatus {
  readonly release: string;
  readonly front: { readonly running: boolean };
  readonly instances: readonly InstanceStatus[];
}

export interface Convergence extends Finished {
  /** The one line on what was changed. */
  readonly report: string;
  readonly state?: ProxyStatus;
}

export interface SessionLine {
  readonly time: string;
  readonly client: string;
  readonly sni: string;
  readonly instance: string;
  readonly port: number;
  readonly upstream: string;
  readonly received: number;
  readonly sent: number;
  readonly seconds: number;
  readonly status: number;
  readonly ended: string;
}

/** What is done on a machine of the proxy, and what it tells. */
export class ProxyHost {
  private scripts = 0;

  constructor(
    readonly machine: DebianMachine,
    /** The proxy listens there on 9092 and 443. */
    readonly address = PROXY_ADDRESS,
  ) {}

  /** Runs the rendered converge script as root, as the run command does. */
  async converge(plan: ProxyPlan, options?: RunOptions): Promise<Convergence> {
    return this.convergeByScript(renderConvergeScript(plan), options);
  }

  /** Converges, and throws what the script says when it does not succeed. */
  async convergeWell(plan: ProxyPlan): Promise<Convergence> {
    const outcome = await this.converge(plan);
    if (outcome.status !== 0 || outcome.stderr !== '') {
      throw new Error(`the converge script ended with ${outcome.status}: ${outcome.stderr}`);
    }
    return outcome;
  }

  async convergeByScript(script: string, options?: RunOptions): Promise<Convergence> {
    const outcome = await this.run(['bash', '--norc', this.scriptFile(script)], options);
    const lines = outcome.stdout.trim().split('\n');
    const state = outcome.status === 0 ? (JSON.parse(lines.at(-1)!) as ProxyStatus) : undefined;
    return { ...outcome, report: (state ? lines.at(-2) : lines.at(-1)) ?? '', state };
  }

  /**
   * Converges, and has all of it killed at once by systemd, after so many milliseconds in which it ran: a part of what it
   * takes on this machine.
   */
  async killConverging(script: string, after: number, env: Readonly<Record<string, string>> = {}): Promise<void> {
    const told = Object.entries(env).map(([name, value]) => `--setenv=${name}=${value}`);
    const killed = ['--property=KillSignal=SIGKILL', `--property=RuntimeMaxSec=${Math.round(after)}ms`];
    const service = ['systemd-run', '--quiet', '--wait', '--collect', ...killed, ...told];
    await this.run([...service, 'bash', '--norc', this.scriptFile(script)]);
  }

  async run(command: string[], options?: RunOptions): Promise<Finished> {
    return this.machine.run(command, options);
  }

  /** The output of a bash command that must succeed. */
  async sh(command: string): Promise<string> {
    const { status, stdout, stderr } = await this.run(['bash', '--norc', '-c', command]);
    if (status !== 0) {
      throw new Error(`'${command}' ended with ${status}: ${stdout}${stderr}`);
    }
    return stdout.trim();
  }

  async status(): Promise<ProxyStatus> {
    return JSON.parse(await this.sh('confluent-dr-proxy status')) as ProxyStatus;
  }

  async instance(name: string): Promise<InstanceStatus> {
    return (await this.status()).instances.find((instance) => instance.name === name)!;
  }

  /** The session log of `front` or of an instance. */
  async sessions(place: string): Promise<SessionLine[]> {
    const text = await this.sh(`cat /var/log/confluent-dr-proxy/${place}/sessions.log`);
    return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as SessionLine);
  }

  /** The process id of a unit's main process, as seen inside. */
  async mainPid(unit: string): Promise<number> {
    return Number(await this.sh(`systemctl show --property MainPID --value ${unit}`));
  }

  /** Loses power and boots: processes, /run and the kernel's tables are gone, the disk is not. */
  async reboot(options?: { network?: boolean }): Promise<void> {
    await this.machine.reboot(options);
  }

  private scriptFile(script: string): string {
    // In memory, for the disk may be full.
    const file = `/run/given/converge-${this.scripts++}.sh`;
    mkdirSync(this.machine.path('/run/given'), { recursive: true, mode: 0o700 });
    writeFileSync(this.machine.path(file), script, { mode: 0o600 });
    return file;
  }
}
