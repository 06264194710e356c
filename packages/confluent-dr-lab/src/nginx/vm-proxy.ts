import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Nginx } from './find-nginx';
import { NginxProcess, testConfiguration } from './nginx-process';
import {
  fenceChanges,
  type Fences,
  fencesOf,
  inForce,
  type InstanceState,
  outageChanges,
  type OutageRecords,
  statusOf,
  nextOutage,
} from './outages';
import { type ProxyPlace, relocated } from './relocation';
import { failed, filesIn, instancesOf, type DesiredState, desiredStates } from './script-files';
import { type ShownVm, type Vm, type VmCommand, type VmKind } from './vm';

export interface VmProxyProps {
  readonly nginx: Nginx;
  /** Its own. */
  readonly folder: string;
  readonly place: ProxyPlace;
}

/** VMs that are processes of this machine's nginx, of whoever runs the lab. */
export class VmProxies implements VmKind {
  constructor(
    private readonly nginx: Nginx,
    private readonly place: Omit<ProxyPlace, 'address'>,
    /** The name server that they ask. */
    private readonly names: { close(): void },
  ) {}

  public concerns({ script, parameters }: VmCommand): boolean {
    const files = filesIn(script);
    if (files) {
      desiredStates(files, parameters);
    }
    return files !== undefined;
  }

  public open(folder: string, address: string): VmProxy {
    return new VmProxy({ nginx: this.nginx, folder, place: { ...this.place, address } });
  }

  public end(): Promise<void> {
    this.names.close();
    return Promise.resolve();
  }
}

const seconds = (): number => Math.floor(Date.now() / 1000);

/** What runs on a VM that a converge script makes a proxy: the front, and an instance for each cluster. */
export class VmProxy implements Vm {
  private readonly front: NginxProcess;
  private instances = new Map<string, NginxProcess>();
  private loaded: ReadonlyMap<string, string> = new Map();
  private release = '';
  private records: OutageRecords;
  private fences: Fences;
  private ending?: NodeJS.Timeout;
  private doing: Promise<unknown> = Promise.resolve();

  constructor(private readonly props: VmProxyProps) {
    for (const name of ['', 'conf', 'run/front', 'log/front']) {
      mkdirSync(join(props.folder, name), { recursive: true, mode: 0o700 });
    }
    this.front = this.process('front');
    this.records = this.kept<OutageRecords>('outages.json');
    this.fences = this.kept<Fences>('fences.json');
  }

  public get address(): string {
    return this.props.place.address;
  }

  public get folder(): string {
    return this.props.folder;
  }

  public at(address: string): VmProxy {
    const { place } = this.props;
    return place.address === address ? this : new VmProxy({ ...this.props, place: { ...place, address } });
  }

  public run({ script, parameters }: VmCommand): Promise<string> {
    const files = filesIn(script) ?? new Map<string, string>();
    return this.converge(files, desiredStates(files, parameters));
  }

  public show(): Promise<ShownVm> {
    return Promise.resolve({ status: this.status, pids: this.pids });
  }

  /**
   * Makes the proxy what a script carries, and the outages what it asks for; what need not be touched is left alone.
   *
   * @returns what the script prints
   * @throws ScriptFailed
   */
  private converge(files: ReadonlyMap<string, string>, desired: readonly DesiredState[]): Promise<string> {
    return this.inTurn(async () => {
      const changes = await this.load(files, desired).catch((error: Error) => {
        throw failed(error.message);
      });
      const said = changes.length > 0 ? changes.join('; ') : 'nothing to change';
      return `confluent-dr-proxy: release ${this.release}: ${said}\n${JSON.stringify(this.status)}\n`;
    });
  }

  private get status(): object {
    const states = [...this.instances].map(([name, instance]): InstanceState => {
      const { isRunning: running, openSessions } = instance;
      return { name, running, openSessions, record: this.records[name], fencedSince: this.fences[name] };
    });
    return statusOf(this.release, this.front.isRunning, states, seconds());
  }

  /** The masters, by the name of their configuration. */
  private get pids(): Record<string, number | undefined> {
    const instances = [...this.instances].map(([name, { pid }]): [string, number | undefined] => [name, pid]);
    return Object.fromEntries([['front', this.front.pid], ...instances]);
  }

  public async end(): Promise<void> {
    await this.inTurn(async () => {
      clearTimeout(this.ending);
      await Promise.all([this.front, ...this.instances.values()].map((each) => each.stop()));
    });
  }

  private kept<T extends object>(file: string): T {
    const path = join(this.props.folder, file);
    return (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}) as T;
  }

  private keep(file: string, records: object): void {
    const path = join(this.props.folder, file);
    writeFileSync(`${path}.new`, JSON.stringify(records), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  private process(name: string, sockets?: readonly string[]): NginxProcess {
    const { nginx, folder } = this.props;
    return new NginxProcess({ nginx, folder, name, sockets });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.doing.then(work, work);
    this.doing = next.catch(() => undefined);
    return next;
  }

  private async load(files: ReadonlyMap<string, string>, desired: readonly DesiredState[]): Promise<string[]> {
    const names = instancesOf(files);
    const configurations = relocated(files, this.props.place);
    await this.take(configurations, names);
    this.release = releaseOf(files);
    // Outages first: an instance that is to be down is not started for a moment.
    const changes = await this.record(desired);
    for (const name of names) {
      const configuration = `instance-${name}.conf`;
      const change = await this.bringUp(name, this.differs(configurations, configuration, 'resolvers.conf'));
      changes.push(...change);
    }
    if (!this.front.isRunning) {
      await this.front.start();
      changes.push('front started');
    } else if (this.differs(configurations, 'front.conf', 'routes.conf')) {
      await this.front.reload();
      changes.push('front reloaded');
    }
    for (const [name, instance] of [...this.instances].filter(([name]) => !names.includes(name))) {
      await instance.stop();
      this.instances.delete(name);
      changes.push(`instance ${name} removed`);
    }
    this.loaded = configurations;
    return changes;
  }

  /** Puts new configurations in the place of the old ones, once nginx has found nothing wrong with them. */
  private async take(configurations: ReadonlyMap<string, string>, names: readonly string[]): Promise<void> {
    const { folder, nginx } = this.props;
    for (const name of names) {
      mkdirSync(join(folder, 'run', name), { recursive: true, mode: 0o700 });
      mkdirSync(join(folder, 'log', name), { recursive: true, mode: 0o700 });
    }
    const [now, draft] = [join(folder, 'conf'), join(folder, 'conf.new')];
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    configurations.forEach((text, path) => writeFileSync(join(draft, path), text, { mode: 0o600 }));
    if ([...configurations.keys()].every((path) => !this.differs(configurations, path))) {
      rmSync(draft, { recursive: true });
      return;
    }
    const former = join(folder, 'conf.old');
    rmSync(former, { recursive: true, force: true });
    cpSync(now, former, { recursive: true });
    rmSync(now, { recursive: true });
    renameSync(draft, now);
    try {
      await Promise.all(
        ['front', ...names.map((name) => `instance-${name}`)].map((name) => testConfiguration(nginx, folder, name)),
      );
      rmSync(former, { recursive: true });
    } catch (error) {
      rmSync(now, { recursive: true });
      renameSync(former, now);
      throw new Error(`the new configuration is wrong, nothing was changed: ${(error as Error).message}`);
    }
  }

  private differs(configurations: ReadonlyMap<string, string>, ...paths: readonly string[]): boolean {
    return paths.some((path) => this.loaded.get(path) !== configurations.get(path));
  }

  private async bringUp(name: string, differs: boolean): Promise<string[]> {
    const known = this.instances.get(name);
    const sockets = ['9092', '443'].map((port) => `run/${name}/${port}.sock`);
    const instance = known ?? this.process(`instance-${name}`, sockets);
    this.instances.set(name, instance);
    if (this.isShut(name)) {
      return [];
    }
    if (!instance.isRunning) {
      await instance.start();
      this.enforceOn(name);
      return [`instance ${name} started`];
    }
    if (differs) {
      await instance.reload();
      return [`instance ${name} reloaded`];
    }
    return [];
  }

  private manner(name: string): 'reject' | 'blackhole' | undefined {
    return inForce(this.records[name], seconds())?.manner;
  }

  private isShut(name: string): boolean {
    return this.manner(name) === 'reject' || name in this.fences;
  }

  /** Takes away what is to be away. What is to come back is started with the others. */
  private async record(desired: readonly DesiredState[]): Promise<string[]> {
    const [now, before, fences] = [seconds(), this.records, this.fences];
    this.records = Object.fromEntries(
      desired.flatMap((state) => {
        const record = nextOutage(before[state.instance], state, now);
        return record ? [[state.instance, record]] : [];
      }),
    );
    this.fences = fencesOf(fences, desired, now);
    this.keep('outages.json', this.records);
    this.keep('fences.json', this.fences);
    this.endInTime();
    await this.enforce();
    return [...outageChanges(before, this.records, desired, now), ...fenceChanges(fences, this.fences)];
  }

  private async enforce(): Promise<void> {
    for (const [name, instance] of this.instances) {
      if (this.isShut(name)) {
        await instance.stop();
      }
      this.enforceOn(name);
    }
  }

  private enforceOn(name: string): void {
    const instance = this.instances.get(name)!;
    if (this.manner(name) === 'blackhole') {
      instance.freeze();
    } else if (instance.isRunning) {
      instance.thaw();
    }
  }

  /** An outage may end by itself. */
  private endInTime(): void {
    clearTimeout(this.ending);
    const ends = Object.values(this.records).flatMap((record) => inForce(record, seconds())?.until ?? []);
    if (ends.length === 0) {
      return;
    }
    // A timer takes no more than 2^31 ms.
    const wait = Math.min(Math.max(Math.min(...ends) * 1000 - Date.now(), 0), 2 ** 31 - 1);
    this.ending = setTimeout(() => {
      void this.inTurn(async () => {
        this.endInTime();
        await this.enforce();
        for (const name of this.instances.keys()) {
          await this.bringUp(name, false);
        }
      }).catch((error: Error) => console.log(`${new Date().toISOString()} ${error.message}`));
    }, wait).unref();
  }
}

/** Twelve digits that change with the files and not with the outages that it asks for. */
function releaseOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  [...files].filter(([path]) => path !== 'wishes').forEach(([path, text]) => hash.update(`${path}\0${text}\0`));
  return hash.digest('hex').slice(0, 12);
}
