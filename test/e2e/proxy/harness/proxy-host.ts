import { spawnSync } from 'node:child_process';
import { writeFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProxyPlan } from '../../../../lib/proxy/rendering/proxy-plan';
import { renderConvergeScript } from '../../../../lib/proxy/rendering/render';
import { Namespace, type Outcome, type RunOptions } from './namespace';
import { requireTools } from './tools';

export interface InstanceStatus {
  readonly name: string;
  readonly blocked: 'none' | 'reject' | 'blackhole';
  readonly running: boolean;
  readonly openSessions: number;
  readonly outage: { wish: string; since: string; until: string | null; ended: string | null } | null;
}

export interface ProxyStatus {
  readonly release: string;
  readonly front: { readonly running: boolean };
  readonly instances: readonly InstanceStatus[];
}

export interface Convergence extends Outcome {
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

let hosts = 0;

/**
 * A host of the proxy in namespaces of its own, on a small network that the test's process is on too.
 *
 * The test is the world: its clients and servers listen on `worldAddress(n)` of this machine, which are no private
 * addresses, and reach the proxy at `address`.
 */
export class ProxyHost {
  /** The proxy's own address; it listens on 9092 and 443. */
  readonly address: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'proxy-host-'));

  static async create(): Promise<ProxyHost> {
    requireTools();
    return new ProxyHost(await Namespace.create());
  }

  private readonly net: string;
  private readonly link: string;

  private constructor(readonly namespace: Namespace) {
    const number = (process.pid * 8 + hosts++) % 500;
    this.net = `198.${number < 250 ? 18 : 19}.${(number % 250) + 1}`;
    this.link = `cdr${number}`;
    this.address = `${this.net}.2`;
    const peer = `${this.link}p`;
    this.ip('link', 'add', this.link, 'type', 'veth', 'peer', 'name', peer, 'netns', namespace.pid);
    this.ip('address', 'add', `${this.net}.1/24`, 'dev', this.link);
    this.ip('link', 'set', this.link, 'up');
    const inside = `ip address add ${this.address}/24 dev ${peer}; ip link set ${peer} up; ip route add default via ${this.net}.1`;
    const setup = `rm -f /etc/resolv.conf; echo nameserver ${this.net}.1 >/etc/resolv.conf; ${inside}`;
    spawnSync('nsenter', ['-t', namespace.pid, '-m', '-n', '--', 'bash', '-ec', setup], { stdio: 'inherit' });
  }

  /** An address of the world, for a server; 1 is the name server's. */
  worldAddress(number: number): string {
    const address = `${this.net}.${number}`;
    if (number !== 1) {
      spawnSync('ip', ['address', 'add', `${address}/24`, 'dev', this.link]);
    }
    return address;
  }

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
    const file = join(this.folder, `${Math.random().toString(36).slice(2)}.sh`);
    writeFileSync(file, script);
    const outcome = await this.run(['bash', '--norc', file], options);
    const lines = outcome.stdout.trim().split('\n');
    const state = outcome.status === 0 ? (JSON.parse(lines.at(-1)!) as ProxyStatus) : undefined;
    return { ...outcome, report: (state ? lines.at(-2) : lines.at(-1)) ?? '', state };
  }

  async run(command: string[], options?: RunOptions): Promise<Outcome> {
    return this.namespace.run(command, options);
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

  /** Loses power and boots: processes, /run and the kernel's tables are gone, the disks are not. */
  async reboot({ network = true } = {}): Promise<void> {
    await this.powerOff();
    if (!network) {
      await this.unplug();
    }
    await this.sh('systemctl boot');
  }

  async powerOff(): Promise<void> {
    await this.sh('systemctl crash; sleep 0.2; nft flush ruleset; find /run -mindepth 1 -delete; mkdir -p /run/lock');
  }

  async unplug(): Promise<void> {
    await this.sh(`ip link set ${this.link}p down`);
  }

  async plugIn(): Promise<void> {
    await this.sh(`ip link set ${this.link}p up; ip route replace default via ${this.net}.1`);
  }

  async dispose(): Promise<void> {
    await this.namespace.dispose();
    spawnSync('ip', ['link', 'delete', this.link]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private ip(...words: string[]): void {
    const { status, stderr } = spawnSync('ip', words, { encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`ip ${words.join(' ')}: ${stderr}`);
    }
  }
}
