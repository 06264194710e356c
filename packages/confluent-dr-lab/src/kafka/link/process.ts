/**
 * The process of the links: copies what it is told to, and keeps nothing. It may end at any time; the next one goes on
 * where the logs of the destinations end.
 */
import { ClusterClient } from '../client/cluster-client';
import { type Kafka, loadKafka } from '../client/library';
import { type Copy, Route } from './route';

/** All that is to be copied from now on. */
export interface LinkInstructions {
  readonly number: number;
  readonly routes: readonly RouteInstructions[];
}

export interface RouteInstructions {
  readonly id: string;
  /** Addresses of the brokers by their numbers. */
  readonly source: readonly string[];
  readonly destination: readonly string[];
  readonly copies: readonly Copy[];
  readonly delayMs: number;
}

export type LinkReport =
  | { readonly kind: 'following'; readonly number: number }
  | { readonly kind: 'failed'; readonly route: string; readonly topic: string; readonly reason: string };

const routes = new Map<string, Route>();

const report = (message: LinkReport): void => void process.send?.(message);

function open({ id, source, destination }: RouteInstructions, kafka: Kafka): Route {
  return new Route({
    source: new ClusterClient(kafka, source, 'cluster-link'),
    destination: new ClusterClient(kafka, destination, 'cluster-link'),
    checksum: (bytes) => kafka.crc32c(bytes),
    failed: (topic, reason) => report({ kind: 'failed', route: id, topic, reason }),
    warn: (message) => console.log(`${new Date().toISOString()} link ${id}: ${message}`),
  });
}

async function follow(instructions: LinkInstructions, kafka: Kafka): Promise<void> {
  const wanted = new Map(instructions.routes.map((route) => [route.id, route]));
  await Promise.all([
    ...[...wanted.values()].map((route) => {
      const known = routes.get(route.id) ?? open(route, kafka);
      routes.set(route.id, known);
      return known.follow(route.copies, route.delayMs);
    }),
    ...[...routes].filter(([id]) => !wanted.has(id)).map(([, route]) => route.follow([])),
  ]);
  report({ kind: 'following', number: instructions.number });
}

void loadKafka().then((kafka) => {
  // One after the other: a later one is not to be done before an earlier one.
  let doing = Promise.resolve();
  process.on('message', (instructions: LinkInstructions) => {
    doing = doing.then(() => follow(instructions, kafka));
  });
});

// The lab is gone, however it ended.
process.on('disconnect', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => undefined);
}
