import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { authorizeControl } from '../../model/organization/authorization';
import { newToken } from '../../model/organization/tokens';
import { organizationCrn } from '../../model/organization/crn';
import { type CloudState } from '../../model/state';
import { callerOf, type Caller } from '../authentication';
import { newPlane } from '../plane';
import { carryOut, type World } from '../world';
import { apiKeyRoutes } from './api-keys';
import { environmentRoutes } from './environments';
import { kafkaClusterRoutes } from './kafka-clusters';
import { page } from './pages';
import { registryRoutes } from './registries';
import { roleBindingRoutes } from './role-bindings';
import { serviceAccountRoutes } from './service-accounts';

export interface ControlCall {
  readonly state: CloudState;
  readonly caller: Caller;
  readonly authorize: (access: 'read' | 'write', scope: string) => void;
}

export interface ControlPlane {
  readonly app: FastifyInstance;
  readonly world: World;
  readonly call: <T>(request: FastifyRequest, command: (call: ControlCall) => T) => Promise<T>;
}

/** What api.confluent.cloud answers, and nothing of the lab's own. */
export function controlPlane(world: World): FastifyInstance {
  const app = newPlane((status, code, message) => ({
    errors: [{ id: `lab-${status}`, status: String(status), code: String(code), detail: message, source: {} }],
  }));
  const plane: ControlPlane = {
    app,
    world,
    call: (request, command) =>
      carryOut(world, request, (state) => {
        const caller = callerOf(state, 'cloud', request);
        world.noteCaller(request, caller);
        return command({
          state,
          caller,
          authorize: (access, scope) => authorizeControl(state, caller.ownerId, scope, access),
        });
      }),
  };
  environmentRoutes(plane);
  serviceAccountRoutes(plane);
  roleBindingRoutes(plane);
  apiKeyRoutes(plane);
  kafkaClusterRoutes(plane);
  registryRoutes(plane);
  emptyLists(plane);
  tokenRoute(plane);
  return app;
}

/** The CLI asks for these while it looks for owners and roles; the lab has none. */
function emptyLists({ app, call }: ControlPlane): void {
  for (const path of ['/iam/v2/users', '/iam/v2/identity-providers', '/iam/v2/sso/group-mappings']) {
    app.get(path, (request) => call(request, () => page(request, 'iam/v2', [])));
  }
}

/** The CLI changes its session for a token of the data plane. */
function tokenRoute({ app, call }: ControlPlane): void {
  app.post('/api/access_tokens', (request) =>
    call(request, ({ state, caller, authorize }) => {
      authorize('read', organizationCrn(state));
      return { error: '', token: newToken(state, caller.ownerId) };
    }),
  );
}
