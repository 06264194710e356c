import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../../../../test/support/waiting';
import { type ClusterClient } from '../../../src/kafka/client/cluster-client';
import { type Fetched, type Produced, type ProduceRequest } from '../../../src/kafka/client/record-batches';
import { type Batch, batchesIn, batchOf } from '../../../src/kafka/link/batches';
import { type Copy, Route } from '../../../src/kafka/link/route';

const TOPIC = 'orders';
const checksum = (): number => 0;
const OUT_OF_ORDER = 45;
const NOT_LEADER = 6;

interface Written {
  readonly first: number;
  readonly last: number;
  readonly base: number;
}

/** One partition of a broker that takes a writer's batches as Kafka does: once, and each after the one before. */
class MemoryBroker {
  public readonly log: Batch[] = [];
  /** What becomes of the requests to write, one after the other; those that follow are carried out. */
  public readonly fate: ('refused' | 'lost on the way back' | 'late')[] = [];
  private readonly writers = new Map<bigint, Written[]>();
  private readonly late: (readonly ProduceRequest[])[] = [];

  public get end(): number {
    return this.log.length === 0 ? 0 : this.log.at(-1)!.lastOffset + 1;
  }

  public get client(): ClusterClient {
    const client = {
      leaders: (topics: readonly string[]) => Promise.resolve(new Map(topics.map((topic) => [topic, [0]]))),
      forgetLeaders: () => undefined,
      offsets: () => Promise.resolve(new Map([[TOPIC, [this.end]]])),
      fetch: (_leader: number, [{ offset }]: readonly { offset: number }[]) => this.fetch(offset),
      produce: (_leader: number, requests: readonly ProduceRequest[]) => this.produce(requests),
    };
    return client as unknown as ClusterClient;
  }

  /** Clients write. */
  public write(...values: readonly string[]): void {
    this.append(batchOf(values, checksum));
  }

  /** What was on its way arrives. */
  public arrive(): void {
    this.late.splice(0).forEach((requests) => this.carryOut(requests));
  }

  private async fetch(offset: number): Promise<Fetched[]> {
    await sleep(1);
    const found = this.log.filter(({ lastOffset }) => lastOffset >= offset).map(({ bytes }) => bytes);
    const base = { topic: TOPIC, partition: 0, logStart: 0 };
    return [{ ...base, errorCode: offset > this.end ? 1 : 0, records: Buffer.concat(found) }];
  }

  private async produce(requests: readonly ProduceRequest[]): Promise<Produced[]> {
    const fate = this.fate.shift();
    await sleep(1);
    switch (fate) {
      case undefined:
        // Whatever is left of a killed link comes first.
        this.arrive();
        return this.carryOut(requests);
      case 'refused':
        return [answer(NOT_LEADER)];
      case 'lost on the way back':
        this.carryOut(requests);
        throw new Error('Connection closed');
      case 'late':
        this.late.push(requests);
        throw new Error('Connection closed');
    }
  }

  private carryOut([{ records }]: readonly ProduceRequest[]): Produced[] {
    const [{ bytes, baseOffset, lastOffset }] = batchesIn(records);
    const [writer, first] = [bytes.readBigInt64BE(43), bytes.readInt32BE(53)];
    const last = first + lastOffset - baseOffset;
    const known = this.writers.get(writer) ?? [];
    const again = known.slice(-5).find((each) => each.first === first && each.last === last);
    if (again) {
      return [answer(0, again.base)];
    }
    if (known.length > 0 && first !== known.at(-1)!.last + 1) {
      return [answer(OUT_OF_ORDER)];
    }
    const base = this.append(bytes);
    this.writers.set(writer, [...known, { first, last, base }]);
    return [answer(0, base)];
  }

  private append(bytes: Buffer): number {
    const copy = Buffer.from(bytes);
    const base = this.end;
    copy.writeBigInt64BE(BigInt(base), 0);
    this.log.push(...batchesIn(copy));
    return base;
  }
}

const answer = (errorCode: number, baseOffset = -1): Produced => ({
  ...{ topic: TOPIC, partition: 0, errorCode, errorMessage: null, baseOffset },
});

const copyBy = (writer: string): Copy => ({ source: TOPIC, destination: TOPIC, partitions: 1, writer });

describe('A route', () => {
  let [source, destination] = [new MemoryBroker(), new MemoryBroker()];
  const routes: Route[] = [];
  const failures: string[] = [];

  beforeEach(() => {
    [source, destination] = [new MemoryBroker(), new MemoryBroker()];
    failures.length = 0;
  });

  afterEach(() => Promise.all(routes.splice(0).map((route) => route.end())));

  const begun = (): Route => {
    const route = new Route({
      source: source.client,
      destination: destination.client,
      checksum,
      failed: (_topic, reason) => failures.push(reason),
      warn: () => undefined,
    });
    routes.push(route);
    return route;
  };

  /** Offsets and records; the header of a batch says who wrote it and in which epoch. */
  const held = ({ log }: MemoryBroker): string[] =>
    log.map(({ bytes, baseOffset, lastOffset }) => `${baseOffset}-${lastOffset} ${bytes.toString('hex', 61)}`);

  /** What the destination holds once it has as much as the source, which is to be what the source holds. */
  const copied = async (): Promise<string[]> => {
    await eventually(
      () => ({ source: source.end, destination: destination.end }),
      (ends) => ends.destination >= ends.source || failures.length > 0,
    );
    return [...failures, ...held(destination)];
  };

  test('copies batch for batch, and goes on where the log ends', async () => {
    source.write('a', 'b');
    source.write('c');
    const first = begun();
    await first.follow([copyBy('1')]);
    expect(await copied()).toEqual(held(source));
    await first.end();
    source.write('d');
    await begun().follow([copyBy('1')]);
    expect(await copied()).toEqual(held(source));
  });

  test('copies a topic again that was the source meanwhile, however little it had copied before', async () => {
    const route = begun();
    await route.follow([copyBy('1')]);
    source.write('a');
    expect(await copied()).toEqual(held(source));
    await route.follow([]);
    // The other way, by another route.
    [source, destination].forEach((broker) => broker.write('b'));
    await route.follow([copyBy('2')]);
    source.write('c');
    expect(await copied()).toEqual(held(source));
  });

  test('writes once what a link had written that was killed before it heard of it', async () => {
    destination.fate.push('lost on the way back');
    source.write('a');
    source.write('b', 'c');
    await begun().follow([copyBy('1')]);
    expect(await copied()).toEqual(held(source));
  });

  test('writes once what a link had sent that was killed, and comes late', async () => {
    destination.fate.push('late');
    source.write('a', 'b');
    await begun().follow([copyBy('1')]);
    expect(await copied()).toEqual(held(source));
    source.write('c');
    expect(await copied()).toEqual(held(source));
  });

  test('keeps the order where the first batch is refused, as by a broker that does not lead yet', async () => {
    destination.fate.push('refused');
    source.write('a');
    source.write('b');
    source.write('c');
    await begun().follow([copyBy('1')]);
    expect(await copied()).toEqual(held(source));
  });

  test('says so where somebody else wrote to the mirror', async () => {
    const route = begun();
    await route.follow([copyBy('1')]);
    source.write('a');
    expect(await copied()).toEqual(held(source));
    destination.write('x');
    source.write('b');
    await eventually(() => failures.length, Boolean);
    expect(failures).toEqual([`somebody else wrote to ${TOPIC}, partition 0: offset 1 became 2`]);
  });
});
