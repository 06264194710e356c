import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type CloudState } from '../state';
import { type Caller } from './authentication';
import { type SubjectOf } from './plane';
import { type ServedCloud } from './served-cloud';

export interface ControlCall {
  readonly state: CloudState;
  readonly caller: Caller;
  readonly authorize: (access: 'read' | 'write', scope: string) => void;
}

export interface ControlPlane {
  readonly app: FastifyInstance;
  readonly cloudOf: SubjectOf<ServedCloud>;
  readonly call: <T>(request: FastifyRequest, command: (call: ControlCall) => T) => Promise<T>;
}
