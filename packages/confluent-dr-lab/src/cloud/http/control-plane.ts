import { type FastifyInstance } from 'fastify';
import { kafkaClusterRoutes } from '../kafka/kafka-cluster-routes';
import { attachmentRoutes } from '../networking/attachment-routes';
import { networkConnectionRoutes } from '../networking/connection-routes';
import { networkRoutes } from '../networking/network-routes';
import { apiKeyRoutes } from '../organization/api-key-routes';
import { authorizeControl } from '../organization/authorization';
import { environmentRoutes } from '../organization/environment-routes';
import { roleBindingRoutes } from '../organization/role-binding-routes';
import { serviceAccountRoutes } from '../organization/service-account-routes';
import { sessionRoutes, userRoutes } from '../organization/user-routes';
import { registryRoutes } from '../registry/registry-routes';
import { callerOf } from './authentication';
import { type ControlPlane } from './control-call';
import { newPlane, Plane, type SubjectOf } from './plane';
import { carryOut, type ServedCloud } from './served-cloud';

/** What api.confluent.cloud answers, and nothing of the lab's own. */
export const CONTROL_PLANE = new Plane<ServedCloud>(controlRoutes);

function controlRoutes(cloudOf: SubjectOf<ServedCloud>): FastifyInstance {
  const app = newPlane({
    errorBody: (status, code, detail, word = String(code)) => ({
      errors: [{ id: `lab-${status}`, status: String(status), code: word, detail, source: {} }],
    }),
    rewriteUrl: withoutPrefix,
  });
  const plane: ControlPlane = {
    app,
    cloudOf,
    call: (request, command) => {
      const cloud = cloudOf(request);
      return carryOut(cloud, request, (state) => {
        const caller = callerOf(state, 'cloud', request);
        cloud.noteCaller(request, caller);
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
  attachmentRoutes(plane);
  userRoutes(plane);
  sessionRoutes(plane);
  return app;
}

/** A CLI whose server is not confluent.cloud puts `/api` before every path. */
function withoutPrefix(url: string): string {
  return url.replace(/^\/api(?=\/[a-z]+\/v\d+\/)/, '');
}
