import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCATIONS } from '../azure/locations';
import { type Brokers, type BrokersCloud } from '../cloud';
import { type CloudState } from '../cloud/state';
import { freeAddresses } from './broker/addresses';
import { type Certificates, makeCertificates } from './broker/certificates';
import { kafkaJars } from './broker/class-archive';
import { type KafkaJars } from './broker/java';
import { endLeftovers } from './broker/leftovers';
import { CLIENT_PORT } from './broker/properties';
import { requireBrokerTools } from './broker/requirements';
import { type Kafka, loadKafka, within } from './client/library';
import { LinkProcess } from './link/link-process';
import { look, take } from './look';
import { Member } from './member';
import { commitOffsets, settle } from './settling';
import { copyKey, type DesiredCluster, desiredClusters, type DesiredRoute, desiredRoutes } from './desired-state';

export interface KafkaBrokersOptions {
  /** Everything of the brokers is in it: data, logs, certificates. */
  readonly folder: string;
  /** Of each cluster. */
  readonly brokers: number;
}

/** Where a broker is, by the name that it tells its clients. */
export interface BrokerPlace {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Undefined of one that does not run. */
  readonly pid?: number;
}

const TICK_MS = 250;
const FOLLOW_LIMIT_MS = 150_000;
const LOOK_LIMIT_MS = 6_000;

/** Real brokers for the clusters of a lab's cloud, and a process that copies between them what its links mirror. */
export class KafkaBrokers implements Brokers {
  /** @throws NotAvailable where this machine lacks what brokers need; nothing was done then */
  public static async prepare({ folder, brokers }: KafkaBrokersOptions): Promise<KafkaBrokers> {
    requireBrokerTools();
    const [jars, kafka] = await Promise.all([kafkaJars(), loadKafka()]);
    await endLeftovers(folder);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return new KafkaBrokers(folder, brokers, jars, kafka);
  }

  private readonly members = new Map<string, Member>();
  private readonly opening = new Map<string, Promise<Member>>();
  private readonly link = new LinkProcess((route, topic, reason) => this.noteFailure(route, topic, reason));
  /** Topics of which nothing more is to be copied, though the model does not know it yet: by route and topic. */
  private readonly held = new Set<string>();
  private readonly secret = randomBytes(24).toString('base64url');
  /** Of all brokers. */
  public readonly certificates: Certificates;
  private cloud!: BrokersCloud;
  private doing: Promise<unknown> = Promise.resolve();
  private looking?: Promise<void>;
  private nextLook?: Promise<void>;
  private ticking?: NodeJS.Timeout;
  private isEnding = false;
  private readonly told = new Map<string, string>();

  private constructor(
    private readonly folder: string,
    private readonly count: number,
    private readonly jars: KafkaJars,
    private readonly kafka: Kafka,
  ) {
    const names = [...LOCATIONS].map((region) => `*.${region}.azure.confluent.cloud`);
    const made = join(folder, 'certificates');
    rmSync(made, { recursive: true, force: true });
    this.certificates = makeCertificates(made, names);
  }

  public get caFile(): string {
    return this.certificates.caFile;
  }

  /** In the form of /etc/hosts: each name of the brokers and of their clusters, and where it is answered. */
  public get hostsFile(): string {
    return join(this.folder, 'hosts');
  }

  /** By cluster; the first broker answers by the cluster's own name too. */
  public get places(): Record<string, { readonly bootstrap: string; readonly brokers: readonly BrokerPlace[] }> {
    return Object.fromEntries(
      [...this.members].map(([id, { props, pids }]) => [
        id,
        {
          bootstrap: `${props.bootstrapHost}:${CLIENT_PORT}`,
          brokers: props.addresses.map((address, index) => ({
            name: `b${index}-${props.bootstrapHost}`,
            address,
            port: CLIENT_PORT,
            pid: pids[index],
          })),
        },
      ]),
    );
  }

  public get linkPid(): number | undefined {
    return this.link.pid;
  }

  public attach(cloud: BrokersCloud): void {
    this.cloud = cloud;
    this.tickSoon();
  }

  public async follow(): Promise<void> {
    await within(
      FOLLOW_LIMIT_MS,
      'the brokers',
      this.inTurn(() => this.reconcile()),
    ).catch((error: Error) => this.tell('follow', error.message));
  }

  /** Each caller gets what was asked of the brokers after it called. */
  public async look(): Promise<void> {
    this.nextLook ??= (this.looking ?? Promise.resolve()).then(() => {
      this.looking = this.nextLook;
      this.nextLook = undefined;
      return this.lookOnce();
    });
    await within(LOOK_LIMIT_MS, 'looking at the brokers', this.nextLook).catch((error: Error) =>
      this.tell('look', error.message),
    );
  }

  public async produce(clusterId: string, topic: string, count: number, partition?: number): Promise<number[]> {
    const member = this.members.get(clusterId);
    if (!member?.isOn) {
      throw new Error(`The brokers of ${clusterId} do not run`);
    }
    return member.produce(topic, count, partition);
  }

  /** Whether brokers ask, who alone may know whose a token is. */
  public isBrokers(authorization = ''): boolean {
    return authorization === `Basic ${Buffer.from(`broker:${this.secret}`).toString('base64')}`;
  }

  /** A token that is good as long as the key is the same one. */
  public tokenOf(keyId: string, secret: string): string {
    return `${keyId}.${createHmac('sha256', this.secret).update(`${keyId} ${secret}`).digest('base64url')}`;
  }

  public async end(): Promise<void> {
    this.isEnding = true;
    clearTimeout(this.ticking);
    await this.doing.catch(() => undefined);
    await this.link.end();
    await Promise.all([...this.members.values()].map((member) => member.stop()));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.doing.then(work, work);
    this.doing = next.catch(() => undefined);
    return next;
  }

  private tickSoon(): void {
    this.ticking = setTimeout(() => {
      void this.tick().finally(() => !this.isEnding && this.tickSoon());
    }, TICK_MS).unref();
  }

  /** What goes on by itself: transitions of mirrors, what links carry, brokers that ended. */
  private async tick(): Promise<void> {
    await this.look();
    await this.follow();
    await this.inTurn(async () => {
      const tools = { members: this.members, cloud: this.cloud, hold: (id: string) => this.hold(id) };
      const problems = [...(await settle(tools)), ...(await commitOffsets(tools))];
      problems.forEach((problem) => this.tell(problem, problem));
      for (const member of this.members.values()) {
        await member.revive().catch((error: Error) => this.tell(member.props.id, error.message));
      }
    });
  }

  private async reconcile(): Promise<void> {
    if (this.isEnding) {
      return;
    }
    const clusters = this.cloud.change((state) => desiredClusters(state, this.count));
    for (const [id, member] of this.members) {
      if (!clusters.has(id)) {
        this.members.delete(id);
        await member.erase();
      }
    }
    await Promise.all([...clusters].map(([id, { bootstrapHost }]) => this.memberOf(id, bootstrapHost)));
    this.writeHosts();
    // Sources first: a mirror cannot begin before its source is there.
    const isFollowing = ({ topics }: DesiredCluster): boolean => [...topics.values()].some(({ follows }) => follows);
    const starting = [...clusters].filter(([id]) => this.members.get(id)!.power === 'killed');
    const following = async ([id, wanted]: [string, DesiredCluster]): Promise<void> => {
      await this.members
        .get(id)!
        .follow(wanted)
        .then(
          () => this.told.delete(id),
          (error: Error) => this.tell(id, `the brokers of ${id}: ${error.message}`),
        );
    };
    // All together, and nothing but that: what they hold is compared when each is there.
    await Promise.all(
      starting.map(([id, { power }]) =>
        this.members
          .get(id)!
          .followPower(power)
          .catch((error: Error) => this.tell(id, `the brokers of ${id}: ${error.message}`)),
      ),
    );
    const [mirroring, others] = [
      [...clusters].filter(([, wanted]) => isFollowing(wanted)),
      [...clusters].filter(([, wanted]) => !isFollowing(wanted)),
    ];
    await Promise.all(others.map(following));
    await Promise.all(mirroring.map(following));
    await this.followLinks();
  }

  private async followLinks(): Promise<void> {
    const routes = this.cloud.change((state) => desiredRoutes(state));
    for (const key of this.held) {
      // The model knows by now.
      if (!routes.some(({ id, copies }) => copies.some(({ destination }) => key === copyKey(id, destination)))) {
        this.held.delete(key);
      }
    }
    await this.link.follow(routes.flatMap((route) => this.instructionsFor(route)));
  }

  private instructionsFor({ id, sourceClusterId, clusterId, copies, delayMs }: DesiredRoute) {
    const [source, destination] = [this.members.get(sourceClusterId), this.members.get(clusterId)];
    if (!source || !destination) {
      return [];
    }
    const wanted = copies.filter(
      (copy) =>
        !this.held.has(copyKey(id, copy.destination)) &&
        source.topics.has(copy.source) &&
        destination.topics.has(copy.destination),
    );
    const addresses = { source: source.props.addresses, destination: destination.props.addresses };
    return [{ id, ...addresses, copies: source.isOn && destination.isOn ? wanted : [], delayMs }];
  }

  /** Nothing more is copied of a mirror once this has resolved. */
  private async hold(key: string): Promise<void> {
    this.held.add(key);
    await this.followLinks();
  }

  private async memberOf(id: string, bootstrapHost: string): Promise<Member> {
    const known = this.opening.get(id);
    if (known) {
      return known;
    }
    const opening = this.open(id, bootstrapHost);
    this.opening.set(id, opening);
    opening.catch(() => this.opening.delete(id));
    return opening;
  }

  private async open(id: string, bootstrapHost: string): Promise<Member> {
    const taken = [...this.members.values()].flatMap(({ props }) => props.addresses);
    const addresses = await freeAddresses(id, this.count, taken);
    const member = new Member({
      id,
      bootstrapHost,
      addresses,
      folder: this.folder,
      jars: this.jars,
      kafka: this.kafka,
      keystore: this.certificates.keystoreFile,
      keys: { url: `${this.cloud.url}/lab/v1/brokers/${id}`, secret: this.secret },
      other: (clusterId) => this.members.get(clusterId),
    });
    this.members.set(id, member);
    return member;
  }

  private writeHosts(): void {
    const lines = Object.values(this.places).flatMap(({ bootstrap, brokers }) => [
      `${brokers[0].address} ${bootstrap.split(':')[0]}`,
      ...brokers.map(({ address, name }) => `${address} ${name}`),
    ]);
    const text = ['127.0.0.1 localhost', ...lines, ''].join('\n');
    if (!existsSync(this.hostsFile) || readFileSync(this.hostsFile, 'utf8') !== text) {
      writeFileSync(this.hostsFile, text, { mode: 0o644 });
    }
  }

  private async lookOnce(): Promise<void> {
    const seen = await look(this.members, this.cloud);
    this.cloud.change((state) => take(state, seen));
  }

  private noteFailure(routeId: string, topic: string, reason: string): void {
    this.tell(`${routeId} ${topic}`, `the mirror ${topic} has failed: ${reason}`);
    this.cloud.change((state: CloudState) => {
      const [linkId, clusterId] = routeId.split('/');
      const mirror = state.clusterLinks.get(linkId)?.sides.get(clusterId)?.mirrors.get(topic);
      if (mirror) {
        mirror.failure = reason;
      }
    });
  }

  /** Into the lab's log; the same thing about the same part once. */
  private tell(part: string, message: string): void {
    if (this.told.get(part) !== message && !this.isEnding) {
      this.told.set(part, message);
      console.log(`${new Date().toISOString()} ${message}`);
    }
  }
}
