import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname, join as pathOf } from 'node:path';
import { type Parameter, ScriptFailed } from '../azure/run-command';
import { CLIENT_PORT } from '../kafka/broker/properties';
import { DebianMachine, sweepMachine } from '../machine/debian-machine';
import { imageFolder } from '../machine/image';
import { join, type Outside, type Plug } from './outside';
import { filesIn } from './script-files';
import { type ShownVm, type Vm, type VmCommand, type VmKind } from './vm';

/** In a VM's folder: the name of its machine. */
const NAME = 'machine';
const STATUS_LIMIT_MS = 5000;
/** What is kept of a script's words; Azure tells less. */
const KEPT_OUTPUT = 65_536;
/** Where Azure's agent keeps scripts. Source: Azure/run-command-handler-linux. */
const SCRIPTS = '/var/lib/waagent/run-command-handler/download';
const NOTHING_RUNS = { front: { running: false }, instances: [] };

/** VMs that are machines of their own: a Debian with systemd, on which a script runs as it is. Needs root. */
export class LabMachines implements VmKind {
  constructor(
    private readonly outside: Outside,
    private readonly httpsPort: number,
  ) {}

  public concerns({ script }: VmCommand): boolean {
    return script !== '';
  }

  public open(folder: string, address: string, name: string): LabMachine {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return new LabMachine({ folder, name, outside: this.outside, httpsPort: this.httpsPort }, address);
  }

  public end(): Promise<void> {
    return this.outside.end();
  }
}

interface LabMachineProps {
  readonly folder: string;
  /** Of the VM. */
  readonly name: string;
  readonly outside: Outside;
  /** What this machine has in the place of 443. */
  readonly httpsPort: number;
}

/** A port of this machine that leads into the VM. */
interface Entrance {
  readonly address: string;
  readonly port: number;
  readonly server: Server;
}

export class LabMachine implements Vm {
  private readonly plug: Plug;
  private readonly sockets = new Set<Socket>();
  private entrances: Entrance[] = [];
  /** The VM's ports, by those of this machine. */
  private readonly ports = new Map<number, number>();
  private machine?: Promise<DebianMachine>;
  private boot: Promise<void> = Promise.resolve();
  private opening: Promise<void> = Promise.resolve();
  private isEnded = false;

  constructor(
    private readonly props: LabMachineProps,
    private where: string,
  ) {
    this.plug = props.outside.newPlug();
    this.ports.set(CLIENT_PORT, CLIENT_PORT).set(props.httpsPort, 443);
  }

  public get address(): string {
    return this.where;
  }

  public get folder(): string {
    return this.props.folder;
  }

  /** The machine stays: another way leads to it. */
  public at(address: string): this {
    this.where = address;
    return this;
  }

  /** Runs it as Azure's agent does: as root, named parameters as variables, in a file and a folder of its own. */
  public async run({ id, script, parameters, timeoutInSeconds }: VmCommand): Promise<string> {
    const machine = await this.running();
    await this.makeWaysFor(script);
    const file = `${SCRIPTS}/${id.split('/').at(-1)}/script.sh`;
    mkdirSync(machine.path(dirname(file)), { recursive: true, mode: 0o700 });
    writeFileSync(machine.path(file), withoutOwnRoutes(script), { mode: 0o700 });
    // Its agent is a service of systemd's: those have no HOME.
    const agent = ['env', '-u', 'HOME', 'timeout', '--foreground', '--signal=KILL', String(timeoutInSeconds)];
    const child = machine.spawn([...agent, '/bin/bash', '-c', file], {
      env: variablesOf(parameters),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]!.on('data', (chunk: Buffer) => (said[name] = `${said[name]}${chunk.toString()}`.slice(-KEPT_OUTPUT)));
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) {
      throw new ScriptFailed(said.stderr, code ?? 137, said.stdout);
    }
    return said.stdout;
  }

  public async show(): Promise<ShownVm> {
    const machine = await this.machine?.catch(() => undefined);
    if (!machine?.isOn) {
      return { status: NOTHING_RUNS, pids: {} };
    }
    const { firstProcess } = machine;
    const found = await machine.run(['confluent-dr-proxy', 'status'], { timeoutMs: STATUS_LIMIT_MS });
    const status = found.status === 0 ? (JSON.parse(found.stdout) as object) : NOTHING_RUNS;
    return { status, pids: {}, firstProcess };
  }

  public async end(): Promise<void> {
    this.isEnded = true;
    this.close(this.entrances);
    this.sockets.forEach((socket) => socket.destroy());
    const machine = await this.machine?.catch(() => undefined);
    await machine?.stop();
    await this.boot.catch(() => undefined);
    this.props.outside.giveBack(this.plug);
  }

  /** One that went off by itself is booted. */
  private async running(): Promise<DebianMachine> {
    this.machine ??= this.create().catch((error: Error) => {
      this.machine = undefined;
      throw error;
    });
    const machine = await this.machine;
    await this.boot.catch(() => undefined);
    if (!machine.isOn) {
      this.startBoot(machine);
      await this.boot;
    }
    return machine;
  }

  private async create(): Promise<DebianMachine> {
    const { folder, name, outside } = this.props;
    const mark = machineName(folder);
    writeFileSync(pathOf(folder, NAME), mark, { mode: 0o600 });
    sweepMachine(mark);
    const disk = pathOf(folder, 'disk');
    mkdirSync(disk, { recursive: true, mode: 0o755 });
    const machine = await DebianMachine.create({
      image: imageFolder(),
      disk,
      name: mark,
      plugIn: (firstProcess) => outside.plugIn(this.plug, firstProcess),
      onFailedUnits: (units) => this.tell(`these units failed: ${units}`),
      onOff: (how) => this.wentOff(machine, how),
    });
    const hostName = /^[A-Za-z0-9-]+$/.test(name) ? name : 'proxy';
    machine.onDisk(
      `sed -i 's|^Address=.*|Address=${this.plug.address}/24|' /etc/systemd/network/eth0.network; echo ${hostName} >/etc/hostname`,
    );
    return machine;
  }

  private startBoot(machine: DebianMachine): void {
    this.boot = machine.boot();
    this.boot.catch((error: Error) => !this.isEnded && this.tell(error.message));
  }

  private wentOff(machine: DebianMachine, how: 'reboot' | 'poweroff'): void {
    if (this.isEnded) {
      return;
    }
    this.tell(how === 'reboot' ? 'it boots again' : 'it is off until the next script is sent');
    if (how === 'reboot') {
      this.startBoot(machine);
    }
  }

  /** What the script's proxy listens at and asks is known by its files. */
  private async makeWaysFor(script: string): Promise<void> {
    const files = readable(script);
    const health = Number(/^ *listen ([0-9]+) default_server;/m.exec(files?.get('front.conf') ?? '')?.[1] ?? 0);
    if (health > 0) {
      this.ports.set(health, health);
    }
    const resolvers = (files?.get('resolvers') ?? '').split('\n').filter((line) => /^[0-9.]+$/.test(line));
    for (const resolver of resolvers) {
      await this.props.outside.answerAt(resolver);
    }
    this.opening = this.opening.then(
      () => this.openEntrances(),
      () => this.openEntrances(),
    );
    await this.opening;
  }

  private async openEntrances(): Promise<void> {
    this.close(this.entrances.filter(({ address }) => address !== this.where));
    this.entrances = this.entrances.filter(({ address }) => address === this.where);
    for (const [port, inside] of this.ports) {
      if (!this.entrances.some((entrance) => entrance.port === port)) {
        this.entrances.push(await this.openEntrance(this.where, port, inside));
      }
    }
  }

  private openEntrance(address: string, port: number, inside: number): Promise<Entrance> {
    const server = createServer((client) => this.takeIn(client, inside));
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: address, port }, () => resolve({ address, port, server }));
    });
  }

  private takeIn(client: Socket, port: number): void {
    this.sockets.add(client);
    client.pause();
    client.once('close', () => this.sockets.delete(client));
    client.on('error', () => client.destroy());
    this.props.outside.connect(this.plug.address, port).then(
      (inside) => (client.destroyed ? inside.destroy() : join(client, inside)),
      () => client.destroy(),
    );
  }

  private close(entrances: readonly Entrance[]): void {
    entrances.forEach(({ server }) => server.close());
  }

  private tell(message: string): void {
    console.log(`${new Date().toISOString()} the machine of ${this.props.name}: ${message}`);
  }
}

/**
 * The lab's REST APIs are at addresses of this machine, where Confluent Cloud has names: the script would refuse to make
 * a route of an address, and nobody could use it.
 */
export const withoutOwnRoutes = (script: string): string =>
  script.replace(/^"~\*\^127\\\.0\\\.0\\\.1\\z" [a-z0-9-]+;\n/gm, '');

/** Empty values and names do not reach a script. */
export const variablesOf = (parameters: readonly Parameter[]): Record<string, string> =>
  Object.fromEntries(
    parameters.filter(({ name, value }) => name !== '' && value !== '').map(({ name, value }) => [name, value]),
  );

/** Undefined of what is no proxy's, or not whole: bash will say it. */
function readable(script: string): ReadonlyMap<string, string> | undefined {
  try {
    return filesIn(script);
  } catch {
    return undefined;
  }
}

/** Of a control group that no other lab has. */
const machineName = (folder: string): string =>
  `confluent-dr-lab-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;

/** Ends the machines of a lab that was killed; folders are those of its VMs. */
export function endMachinesIn(folders: readonly string[]): void {
  folders
    .map((folder) => pathOf(folder, NAME))
    .filter((file) => existsSync(file))
    .forEach((file) => sweepMachine(readFileSync(file, 'utf8')));
}
