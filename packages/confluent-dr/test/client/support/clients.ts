import { type Lab } from '../../../../confluent-dr-lab/test/cloud/support/lab';
import { type Side } from '../../../../confluent-dr-lab/test/cloud/support/model-pair';
import { type HttpClientOptions, type RequestEvent } from '../../../src/client/http-client';
import { KafkaRestClient } from '../../../src/client/kafka-rest-client';
import { SchemaRegistryClient } from '../../../src/client/schema-registry-client';

type Options = Partial<HttpClientOptions>;

/** Waits are short and limits wide; a test that is about them says otherwise. */
const QUICK = { retry: { firstWaitMs: 1 } };

const open: { close(): Promise<void> }[] = [];

/** Closes the clients that a test opened. */
export async function closeClients(): Promise<void> {
  await Promise.all(open.splice(0).map((client) => client.close()));
}

export function kafkaClient(lab: Lab, side: Side, options: Options = {}): KafkaRestClient {
  const { clusterId, kafka } = lab.member(side);
  const url = lab.cloud.endpointOf(clusterId);
  return opened(new KafkaRestClient({ clusterId, url, credentials: kafka, ...QUICK, ...options }));
}

export function registryClient(lab: Lab, side: Side, options: Options = {}): SchemaRegistryClient {
  const { registryId, schemaRegistry } = lab.member(side);
  const url = lab.cloud.endpointOf(registryId);
  return opened(new SchemaRegistryClient({ url, credentials: schemaRegistry, ...QUICK, ...options }));
}

/** A listener, and what it heard. */
export function recorder(): { readonly events: RequestEvent[]; readonly onRequest: (event: RequestEvent) => void } {
  const events: RequestEvent[] = [];
  return { events, onRequest: (event) => events.push(event) };
}

/** How often the cloud was called on a path that holds this text. */
export function callsOf(lab: Lab, method: string, path: string): number {
  return lab.cloud.events.list().filter((event) => event.method === method && event.path.includes(path)).length;
}

function opened<T extends { close(): Promise<void> }>(client: T): T {
  open.push(client);
  return client;
}
