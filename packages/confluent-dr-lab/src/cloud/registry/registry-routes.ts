import { type FastifyRequest } from 'fastify';
import { page, resourceMetadata } from '../http/answers';
import { type ControlPlane } from '../http/control-call';
import { param, query } from '../http/plane';
import { type ServedCloud } from '../http/served-cloud';
import { environmentCrn, registryCrn } from '../organization/crn';
import { type CloudState } from '../state';
import { type SchemaRegistry } from './records';
import { findRegistry } from './registries';

const PATH = '/srcm/v3/clusters';

export function registryRoutes({ app, call, cloudOf }: ControlPlane): void {
  app.get(PATH, (request) =>
    call(request, ({ state, authorize }) => {
      const environmentId = query(request, 'environment') ?? '';
      authorize('read', environmentCrn(state, environmentId));
      const rows = [...state.schemaRegistries.values()].filter((registry) => registry.environmentId === environmentId);
      return page(
        request,
        'srcm/v3',
        rows.map((registry) => registryData(request, cloudOf(request), state, registry)),
      );
    }),
  );
  app.get(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      const environmentId = query(request, 'environment') ?? '';
      authorize('read', environmentCrn(state, environmentId));
      return registryData(request, cloudOf(request), state, findRegistry(state, param(request, 'id'), environmentId));
    }),
  );
}

function registryData(
  request: FastifyRequest,
  served: ServedCloud,
  state: CloudState,
  registry: SchemaRegistry,
): object {
  const { id, environmentId, cloud, region, createdAt } = registry;
  const endpoint = served.endpointOf(id);
  return {
    api_version: 'srcm/v3',
    kind: 'Cluster',
    id,
    metadata: resourceMetadata(request, `${PATH}/${id}`, registryCrn(state, environmentId, id), createdAt),
    spec: {
      display_name: 'Stream Governance Package',
      package: registry.package,
      http_endpoint: endpoint,
      catalog_http_endpoint: endpoint,
      ...(registry.privateRegions && {
        private_networking_config: {
          regional_endpoints: Object.fromEntries(registry.privateRegions.map((name) => [name, endpoint])),
        },
      }),
      cloud,
      region,
      environment: { id: environmentId, related: '', resource_name: environmentCrn(state, environmentId) },
    },
    status: { phase: 'PROVISIONED' },
  };
}
