import { type FastifyRequest } from 'fastify';
import { type Brokers } from '../brokers';
import { type Clock } from '../clock';
import { type EventLog } from '../event-log';
import { type CloudState } from '../state';
import { type Caller } from './authentication';

/** What the HTTP layer knows of the cloud that it serves. */
export interface ServedCloud {
  readonly clock: Clock;
  readonly events: EventLog;
  /** Runs a command at the present time; resolves once the addresses that it called for are open. */
  perform<T>(command: (state: CloudState) => T): Promise<T>;
  /** Looks at the present; whatever it looks with must change nothing. */
  observe<T>(look: (state: CloudState) => T): Promise<T>;
  /** The brokers of the clusters, if they have any. */
  readonly brokers?: Brokers;
  /** The address of a cluster's or a registry's data plane. */
  endpointOf(id: string): string;
  /** Writes the state to its file now, if it has one. */
  save(): Promise<void>;
  /** Who is calling, for the event log. */
  noteCaller(request: FastifyRequest, caller: Caller): void;
}

/** A cluster or a registry of a cloud, by its id. */
export interface DataPlane {
  readonly cloud: ServedCloud;
  readonly id: string;
}

/** A GET only looks, which costs less than what may have changed something. */
export function carryOut<T>(
  cloud: ServedCloud,
  request: FastifyRequest,
  command: (state: CloudState) => T,
): Promise<T> {
  return request.method === 'GET' ? cloud.observe(command) : cloud.perform(command);
}
