import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { authorizeControl } from '../../model/organization/authorization';
import { type CloudState } from '../../model/state';
import { callerOf, type Caller } from '../authentication';
import { newPlane, Plane, type SubjectOf } from '../plane';
import { carryOut, type World } from '../world';
import { apiKeyRoutes } from './api-keys';
import { environmentRoutes } from './environments';
import { kafkaClusterRoutes } from './kafka-clusters';
import { networkConnectionRoutes } from './network-connections';
import { networkRoutes } from './networks';
import { registryRoutes } from './registries';
import { roleBindingRoutes } from './role-bindings';
import { serviceAccountRoutes } from './service-accounts';
import { sessionRoutes } from './sessions';
import { userRoutes } from './users';

export interface ControlCall {
  readonly state: CloudState;
  readonly caller: Caller;
  readonly authorize: (access: 'read' | 'write', scope: string) => void;
}

export interface ControlPlane {
  readonly app: FastifyInstance;
  readonly worldOf: SubjectOf<World>;
  readonly call: <T>(request: FastifyRequest, command: (call: ControlCall) => T) => Promise<T>;
}

/** What api.confluent.cloud answers, and nothing of the lab's own. */
export const CONTROL_PLANE = new Plane<World>(controlRoutes);

function controlRoutes(worldOf: SubjectOf<World>): FastifyInstance {
  const app = newPlane({
    errorBody: (status, code, detail, word = String(code)) => ({
      errors: [{ id: `lab-${status}`, status: String(status), code: word, detail, source: {} }],
    }),
    rewriteUrl: withoutPrefix,
  });
  const plane: ControlPlane = {
    app,
    worldOf,
    call: (request, command) => {
      const world = worldOf(request);
      return carryOut(world, request, (state) => {
        const caller = callerOf(state, 'cloud', request);
        world.noteCaller(request, caller);
        return command({
          state,
          caller,
          authorize: (access, scope) => authorizeControl(state, caller.ownerId, scope, access),
        });
      });
    },
  };
  environmentRoutes(plane);
  serviceAccountRoutes(plane);
  roleBindingRoutes(plane);
  apiKeyRoutes(plane);
  kafkaClusterRoutes(plane);
  registryRoutes(plane);
  networkRoutes(plane);
  networkConnectionRoutes(plane);
  userRoutes(plane);
  sessionRoutes(plane);
  return app;
}

/** A CLI whose server is not confluent.cloud puts `/api` before every path. */
function withoutPrefix(url: string): string {
  return url.replace(/^\/api(?=\/[a-z]+\/v\d+\/)/, '');
}
