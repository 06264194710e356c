import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type SchemaRegistry } from '../registry/records';
import { type CloudState } from '../state';

export interface RegistryCall {
  readonly state: CloudState;
  readonly registry: SchemaRegistry;
}

export interface RegistryPlane {
  readonly app: FastifyInstance;
  readonly call: <T>(request: FastifyRequest, command: (call: RegistryCall) => T) => Promise<T>;
}
