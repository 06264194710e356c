import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type KafkaCluster } from '../kafka/acls';
import { type KafkaAction } from '../organization/authorization';
import { type CloudState } from '../state';
import { type Caller } from './authentication';

/** What a handler works with, once the caller is known. */
export interface KafkaCall {
  readonly state: CloudState;
  readonly cluster: KafkaCluster;
  readonly caller: Caller;
  /** The address that resources name as their own. */
  readonly base: string;
  readonly authorize: (...actions: KafkaAction[]) => void;
}

export interface KafkaPlane {
  readonly app: FastifyInstance;
  readonly root: string;
  readonly call: <T>(request: FastifyRequest, command: (call: KafkaCall) => T) => Promise<T>;
}
