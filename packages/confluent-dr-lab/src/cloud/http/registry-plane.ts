import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { authorizeRegistry } from '../organization/authorization';
import { invalid } from '../refusal';
import { exporterRoutes } from '../registry/exporter-routes';
import { findRegistry } from '../registry/registries';
import { schemaRoutes } from '../registry/schema-routes';
import { callerOf } from './authentication';
import { mediaTypeIn, newPlane, Plane, type SubjectOf } from './plane';
import { type RegistryPlane } from './registry-call';
import { carryOut, type DataPlane } from './served-cloud';

/** The media types of a registry, the one it likes best first: it reads all, and answers in that which is accepted. */
const MEDIA_TYPES = [
  'application/vnd.schemaregistry.v1+json',
  'application/vnd.schemaregistry+json',
  'application/json',
];

/** A Schema Registry: its exporters, and as much of the rest as clients ask for first. */
export const REGISTRY_PLANE = new Plane<DataPlane>(registryRoutes);

function registryRoutes(dataPlaneOf: SubjectOf<DataPlane>): FastifyInstance {
  const app = newPlane({
    errorBody: (_status, code, message) => ({ error_code: code, message }),
    reads: [...MEDIA_TYPES, 'application/octet-stream'],
  });
  const plane: RegistryPlane = {
    app,
    call: (request, command) => {
      const { cloud, id: registryId } = dataPlaneOf(request);
      return carryOut(cloud, request, (state) => {
        const caller = callerOf(state, registryId, request);
        cloud.noteCaller(request, caller);
        if (acceptedBy(request) === undefined) {
          throw invalid('HTTP 406 Not Acceptable', 406);
        }
        const registry = findRegistry(state, registryId);
        authorizeRegistry(state, registry, caller.ownerId);
        return command({ state, registry });
      });
    },
  };
  app.addHook('onSend', async (request, reply) => {
    if (reply.hasHeader('content-type')) {
      reply.header('content-type', acceptedBy(request) ?? MEDIA_TYPES[0]);
    }
  });
  schemaRoutes(plane);
  exporterRoutes(plane);
  return app;
}

/** Clients send the registry's own preferences back as `qs`, which is no weight: every type that is named will do. */
function acceptedBy({ headers }: FastifyRequest): string | undefined {
  const accepted = (headers.accept ?? '*/*').split(',').map(mediaTypeIn);
  return MEDIA_TYPES.find((type) => [type, 'application/*', '*/*', ''].some((name) => accepted.includes(name)));
}
