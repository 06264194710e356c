import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { putRunCommand, RUN_COMMAND } from '../../../packages/confluent-dr-lab/src/azure/run-commands';
import { type Lab, startLab } from '../../../packages/confluent-dr-lab/src/lab';
import { LabProxies, type ShownProxy } from '../../../packages/confluent-dr-lab/src/nginx/lab-proxies';
import { renderConvergeScript } from '../../../lib/proxy/rendering/render';

export const MACHINE = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm';
type Role = 'primary' | 'secondary';
type Wish = 'none' | 'reject' | 'blackhole' | `${'reject' | 'blackhole'} for at most ${number} seconds`;

/** In what a script differs from the usual one. */
interface Deviation {
  readonly change?: (script: string) => string;
  readonly capacity?: { readonly helloTimeoutSeconds: number };
}

/** A lab whose only VM is sent converge scripts, past Terraform. */
export class LabWithProxy {
  public proxies!: LabProxies;
  public lab!: Lab;
  private runs = 0;

  constructor(public readonly folder = mkdtempSync(join(tmpdir(), 'lab-proxy-'))) {}

  public async start(): Promise<void> {
    const found = await LabProxies.prepare({ folder: this.proxyFolder });
    if (typeof found === 'string') {
      throw new Error(`This suite runs nginx as the lab does, and this machine has no ${found}.`);
    }
    this.proxies = found;
    this.lab = await startLab({ folder: this.folder, proxies: found });
    this.lab.azure.put('azurerm_linux_virtual_machine', { id: MACHINE, network_interface_ids: [] });
  }

  public get proxyFolder(): string {
    return join(this.folder, 'proxy');
  }

  public async shown(): Promise<ShownProxy> {
    return (await this.proxies.show())[0];
  }

  public async hosts(): Promise<Record<Role, string>> {
    const { primary, secondary } = this.lab.cloud.sample!;
    return this.lab.cloud.observe(({ kafkaClusters }) => ({
      primary: kafkaClusters.get(primary.clusterId)!.bootstrapHost,
      secondary: kafkaClusters.get(secondary.clusterId)!.bootstrapHost,
    }));
  }

  /** Sends the script with these wishes, as each apply sends a command of another name. */
  public async converge(primary: Wish, { change = (text) => text, capacity }: Deviation = {}): Promise<string> {
    const hosts = await this.hosts();
    const rendered = renderConvergeScript({
      instances: [{ name: 'primary' }, { name: 'secondary' }],
      routes: (['primary', 'secondary'] as const).map((instance) => ({
        pattern: `(b[0-9]+-)?${hosts[instance].replaceAll('.', String.raw`\.`)}`,
        instance,
      })),
      capacity,
    });
    const script = change(rendered);
    this.runs += 1;
    const parameters = [
      { name: 'OUTAGE_PRIMARY', value: primary },
      { name: 'OUTAGE_SECONDARY', value: 'none' },
    ];
    const id = `${MACHINE}/runCommands/run-${this.runs}`;
    const command = { id, virtualMachineId: MACHINE, parameters, protectedParameters: [], timeoutInSeconds: 1800 };
    const kept = await putRunCommand(
      this.lab.azure,
      { ...command, source: { script }, treatFailureAsDeploymentFailure: true },
      { id, virtual_machine_id: MACHINE, source: [{ script }], parameter: parameters },
    );
    return (kept.instance_view as { output: string }[])[0].output;
  }

  /** TLS to a name by the front; the socket once it is secure. */
  public async session(host: string): Promise<TLSSocket> {
    const socket = connect({
      host: (await this.shown()).address,
      port: this.proxies.httpsPort,
      servername: host,
      ca: readFileSync(this.proxies.caFile),
    });
    await once(socket, 'secureConnect');
    return socket;
  }

  /** The status of Kafka REST through the proxy on an open session. */
  public async ask(socket: TLSSocket, role: Role): Promise<string> {
    const { clusterId, kafka } = this.lab.cloud.sample![role];
    const authorization = `Basic ${Buffer.from(`${kafka.key}:${kafka.secret}`).toString('base64')}`;
    if (socket.destroyed) {
      throw new Error(`The ${role}'s session is closed`);
    }
    socket.write(`GET /kafka/v3/clusters/${clusterId} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`);
    const closed = once(socket, 'close').then(() => {
      throw new Error(`The ${role}'s session was closed before an answer`);
    });
    const [answer] = (await Promise.race([once(socket, 'data'), closed])) as [Buffer];
    return answer.toString().split('\r\n')[0];
  }

  public async reach(role: Role): Promise<string> {
    const socket = await this.session((await this.hosts())[role]);
    try {
      return await this.ask(socket, role);
    } finally {
      socket.destroy();
    }
  }

  /** What the script of the last run wrote to its error output. */
  public get lastError(): string {
    const { instance_view: view } = this.lab.azure.find(RUN_COMMAND, `${MACHINE}/runCommands/run-${this.runs}`)!;
    return (view as { error_message: string }[])[0].error_message;
  }

  /** Every process that works in its folder, masters and workers. */
  public nginxes(): number[] {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && folderOf(pid).startsWith(`${this.proxyFolder}/`));
  }
}

/** Where a process works; empty of one that has ended. */
function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
