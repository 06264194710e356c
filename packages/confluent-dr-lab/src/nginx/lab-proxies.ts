import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePublicAddress } from '../azure/addresses';
import { type Azure, type AzureHost } from '../azure/azure';
import { LOCATIONS } from '../azure/locations';
import { type RunCommand } from '../azure/run-command';
import { RUN_COMMAND } from '../azure/run-commands';
import { type Cloud } from '../cloud';
import { portsToTry } from '../cloud/http/ports';
import { freeAddresses, isFree } from '../kafka/broker/addresses';
import { makeCertificates } from '../kafka/broker/certificates';
import { CLIENT_PORT } from '../kafka/broker/properties';
import { type KafkaBrokers } from '../kafka/kafka-brokers';
import { block, blocks, text } from '../schema/value';
import { addressesOf, MACHINE } from '../terraform/azurerm/machine';
import { findNginx, type Nginx } from './find-nginx';
import { HttpsEntrance } from './https-entrance';
import { LabBalancers } from './lab-balancers';
import { type FindAddress, NameServer } from './name-server';
import { endMachinesIn, LabMachines } from './lab-machine';
import { endNginxIn } from './nginx-process';
import { Outside } from './outside';
import { type ShownVm, type Vm, type VmCommand, type VmKind } from './vm';
import { VmProxies } from './vm-proxy';

export interface LabProxiesOptions {
  /** Everything of the proxies is in it. */
  readonly folder: string;
  /** @default - the clusters have none, and their REST API alone is reached */
  readonly brokers?: KafkaBrokers;
  /** Whether VMs are machines of their own, which needs root and an image. @default false: this machine's nginx */
  readonly machines?: boolean;
}

/** What runs for one VM. */
export interface ShownProxy extends ShownVm {
  readonly machine: string;
  readonly address: string;
}

/** Where proxies are on this machine. */
interface Place {
  /** Three numbers of it are the same for all VMs: `127.200.7`. */
  readonly network: string;
  readonly httpsPort: number;
}

/** Not one of those for brokers. */
const FIRST_NETWORK = 192;
const NETWORKS = 32;
const ATTEMPTS = 20;

/** What the scripts on the lab's VMs make of them: proxies on this machine, or on machines of their own. */
export class LabProxies implements AzureHost {
  /** @returns a phrase on what this machine lacks for it; nothing was done then */
  public static async prepare({ folder, brokers, machines }: LabProxiesOptions): Promise<LabProxies | string> {
    await endProxies(folder);
    const nginx = machines ? undefined : findNginx();
    if (typeof nginx === 'string') {
      return nginx;
    }
    if (!brokers && spawnSync('openssl', ['version']).status !== 0) {
      return 'openssl, for a certificate: apt-get install openssl';
    }
    // Root may take the port itself.
    const place = await freeNetwork(folder, [...(machines ? [443] : []), ...portsToTry()]);
    if (typeof place === 'string') {
      return place;
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return LabProxies.with(place, folder, nginx, brokers);
  }

  private static async with(place: Place, folder: string, nginx?: Nginx, brokers?: KafkaBrokers): Promise<LabProxies> {
    const made = join(folder, 'certificates');
    rmSync(made, { recursive: true, force: true });
    const regions = [...LOCATIONS].map((region) => `*.${region}.azure.confluent.cloud`);
    const { caFile, keystoreFile } = brokers?.certificates ?? makeCertificates(made, regions);
    const find = (name: string): Promise<string | undefined> => proxies.addressOf(name);
    const proxies: LabProxies = new LabProxies({
      ...place,
      folder,
      brokers,
      caFile,
      keystore: readFileSync(keystoreFile, 'utf8'),
      vms: nginx ? await onThisMachine(nginx, place, find) : await onTheirOwn(place, find),
    });
    return proxies;
  }

  private readonly proxies = new Map<string, Vm>();
  private readonly leaving = new Map<string, Promise<void>>();
  private readonly httpsEntrances = new Map<string, Promise<HttpsEntrance>>();
  private readonly ownAddresses = new Map<string, Promise<string>>();
  private balancers?: LabBalancers;
  private settling: Promise<void> = Promise.resolve();
  private azure!: Azure;
  private cloud!: Cloud;

  private constructor(
    private readonly props: Place & {
      readonly folder: string;
      readonly brokers?: KafkaBrokers;
      readonly caFile: string;
      readonly keystore: string;
      readonly vms: VmKind;
    },
  ) {}

  /** Of the authority by which the clusters' REST APIs are signed behind the proxy, and their brokers. */
  public get caFile(): string {
    return this.props.caFile;
  }

  /** What the proxies take in place of 443. */
  public get httpsPort(): number {
    return this.props.httpsPort;
  }

  public show(): Promise<ShownProxy[]> {
    return Promise.all(
      [...this.proxies].map(async ([id, vm]) => ({ machine: nameOf(id), address: vm.address, ...(await vm.show()) })),
    );
  }

  /** Called once; what an earlier lab of the folder had deployed comes up again, as after a reboot. */
  public async attach(azure: Azure, cloud: Cloud): Promise<void> {
    this.azure = azure;
    this.cloud = cloud;
    this.balancers = new LabBalancers({
      azure,
      portOf: (port) => (port === 443 ? this.httpsPort : port),
      addressOf: (machine) => this.proxies.get(machine.toLowerCase())?.address,
    });
    const commands = azure.all(RUN_COMMAND).sort((one, other) => Number(one.run) - Number(other.run));
    for (const { id, virtual_machine_id: machine, source, parameter, timeout_in_seconds: limit } of commands) {
      const command = {
        id: text(id),
        script: text(block(source).script),
        parameters: blocks(parameter).map(({ name, value }) => ({ name: text(name), value: text(value) })),
        timeoutInSeconds: Number(limit),
      };
      await this.converge(text(machine), command).catch((error: Error) =>
        console.log(`${new Date().toISOString()} the proxy of ${text(machine)}: ${error.message}`),
      );
    }
    await this.settleBalancers();
  }

  public balancersChanged(): void {
    void this.settleBalancers();
  }

  /** Where sessions come in: at the balancer, where there is one, and not at its VMs. */
  public get entrances(): string[] {
    const balanced = this.balancers?.addresses ?? [];
    return balanced.length > 0 ? balanced : [...this.proxies.values()].map(({ address }) => address);
  }

  public privateAddress(taken: readonly string[]): string {
    const known = [...this.proxies.values()].map(({ address }) => address);
    return freeIn(this.props.network, [...taken, ...known, ...this.publicAddresses], this.azure.next());
  }

  public publicAddress(taken: readonly string[], turn: number, version: string): string {
    return version === 'IPv4' ? freeIn(this.props.network, taken, turn) : freePublicAddress(taken, turn, version);
  }

  public async run({ virtualMachineId, source, ...command }: RunCommand): Promise<string | undefined> {
    const { id, parameters, protectedParameters, timeoutInSeconds } = command;
    return this.converge(virtualMachineId, {
      id,
      script: source.script ?? '',
      parameters: [...parameters, ...protectedParameters],
      timeoutInSeconds,
    });
  }

  public machineDeleted(id: string): void {
    const key = id.toLowerCase();
    const proxy = this.proxies.get(key);
    this.proxies.delete(key);
    if (proxy) {
      const left = proxy.end().then(() => rmSync(proxy.folder, { recursive: true, force: true }));
      this.leaving.set(key, left);
    }
  }

  public async end(): Promise<void> {
    this.balancers?.end();
    await Promise.all([...this.leaving.values(), ...[...this.proxies.values()].map((proxy) => proxy.end())]);
    const opened = await Promise.all(
      [...this.httpsEntrances.values()].map((entrance) => entrance.catch(() => undefined)),
    );
    opened.forEach((entrance) => entrance?.close());
    await this.props.vms.end();
  }

  private async converge(machineId: string, command: VmCommand): Promise<string | undefined> {
    const { vms, folder } = this.props;
    if (!vms.concerns(command)) {
      return undefined;
    }
    const key = machineId.toLowerCase();
    await this.leaving.get(key);
    const known = this.proxies.get(key);
    const address = this.addressFor(key, known?.address);
    const mark = createHash('sha256').update(key).digest('hex').slice(0, 8);
    const proxy = known?.at(address) ?? vms.open(join(folder, mark), address, nameOf(key));
    // Before anything is waited for: another VM that converges meanwhile would take the same address.
    this.proxies.set(key, proxy);
    if (known && known !== proxy) {
      // Its address went to a balancer, or came back from one.
      const left = known.end();
      this.leaving.set(key, left);
      await left;
    }
    try {
      return await proxy.run(command);
    } finally {
      await this.settleBalancers();
    }
  }

  /** One without a public address, or from before there was an nginx, is where nobody else is. */
  private addressFor(key: string, now?: string): string {
    const machine = this.azure.find(MACHINE, key) ?? {};
    const told = text(addressesOf(machine, this.azure).public_ip_address);
    if (told.startsWith('127.')) {
      return told;
    }
    const others = [...this.proxies].filter(([other]) => other !== key).map(([, other]) => other.address);
    const taken = [...others, ...this.publicAddresses, ...(this.balancers?.addresses ?? [])];
    return now !== undefined && !taken.includes(now) ? now : freeIn(this.props.network, taken, 0);
  }

  private settleBalancers(): Promise<void> {
    this.settling = this.settling.then(() => this.balancers?.settle());
    return this.settling;
  }

  private get publicAddresses(): string[] {
    return this.azure.all('azurerm_public_ip').map(({ ip_address: address }) => text(address));
  }

  /** Of a cluster or one of its brokers; its HTTPS is open once this has resolved. */
  private async addressOf(name: string): Promise<string | undefined> {
    const host = name.replace(/^b\d+-/, '');
    const cluster = await this.cloud.observe(({ kafkaClusters }) =>
      [...kafkaClusters.values()].find(({ bootstrapHost }) => bootstrapHost.toLowerCase() === host),
    );
    if (!cluster) {
      return undefined;
    }
    const { brokers } = this.props;
    const places = brokers?.places[cluster.id]?.brokers ?? [];
    const own = brokers ? places[0]?.address : name === host ? await this.ownAddressOf(cluster.id) : undefined;
    if (own === undefined) {
      return undefined;
    }
    await this.entranceOf(cluster.id, own);
    return name === host ? own : places.find((broker) => broker.name.toLowerCase() === name)?.address;
  }

  private ownAddressOf(id: string): Promise<string> {
    const known = this.ownAddresses.get(id);
    const address = known ?? freeAddresses(id, 1).then(([first]) => first);
    this.ownAddresses.set(id, address);
    return address;
  }

  private entranceOf(id: string, address: string): Promise<HttpsEntrance> {
    const { httpsPort: port, keystore } = this.props;
    const known = this.httpsEntrances.get(id);
    const entrance = known ?? HttpsEntrance.open({ address, port, keystore, service: () => this.cloud.endpointOf(id) });
    this.httpsEntrances.set(id, entrance);
    entrance.catch(() => this.httpsEntrances.delete(id));
    return entrance;
  }
}

const nameOf = (id: string): string => text(id.split('/').at(-1));

async function onThisMachine(nginx: Nginx, { httpsPort }: Place, find: FindAddress): Promise<VmKind> {
  const names = await NameServer.start(find);
  return new VmProxies(nginx, { httpsPort, resolver: names.address, streamModule: nginx.streamModule }, names);
}

const onTheirOwn = async ({ httpsPort }: Place, find: FindAddress): Promise<VmKind> =>
  new LabMachines(await Outside.start(find, httpsPort), httpsPort);

/** Ends what runs there of a lab that was killed. */
export async function endProxies(folder: string): Promise<void> {
  const machines = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  if (machines.length > 0) {
    await endNginxIn(machines);
    endMachinesIn(machines);
  }
}

function freeIn(network: string, taken: readonly string[], turn: number): string {
  const all = Array.from({ length: 254 }, (_, index) => `${network}.${index + 1}`);
  const free = all.filter((address) => !taken.includes(address));
  return free[turn % free.length];
}

/** The same folder gets the same one again as long as it is free. */
async function freeNetwork(folder: string, httpsPorts: readonly number[]): Promise<Place | string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [second, third] = createHash('sha256').update(`${folder}:${attempt}`).digest();
    const network = `127.${FIRST_NETWORK + (second % NETWORKS)}.${third}`;
    if (await isFree(`${network}.1`, CLIENT_PORT)) {
      for (const httpsPort of httpsPorts) {
        if (httpsPort !== 0 && (await isFree(`${network}.1`, httpsPort))) {
          return { network, httpsPort };
        }
      }
    }
  }
  return (
    `addresses for it: of ${ATTEMPTS} networks within 127.0.0.0/8 none is free for port ${CLIENT_PORT}. ` +
    'Linux has all these addresses, unless something listens there on every one; on macOS the loopback has 127.0.0.1 alone'
  );
}
