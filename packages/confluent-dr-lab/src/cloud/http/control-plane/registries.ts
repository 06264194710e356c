import { type FastifyRequest } from 'fastify';
import { environmentCrn, registryCrn } from '../../model/organization/crn';
import { type SchemaRegistry } from '../../model/registry/records';
import { findRegistry } from '../../model/registry/registries';
import { type CloudState } from '../../model/state';
import { param, query } from '../plane';
import { type World } from '../world';
import { type ControlPlane } from './control-plane';
import { page, resourceMetadata } from './pages';

const PATH = '/srcm/v3/clusters';

export function registryRoutes({ app, call, worldOf }: ControlPlane): void {
  app.get(PATH, (request) =>
    call(request, ({ state, authorize }) => {
      const environmentId = query(request, 'environment') ?? '';
      authorize('read', environmentCrn(state, environmentId));
      const rows = [...state.schemaRegistries.values()].filter((registry) => registry.environmentId === environmentId);
      return page(
        request,
        'srcm/v3',
        rows.map((registry) => registryData(request, worldOf(request), state, registry)),
      );
    }),
  );
  app.get(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      const environmentId = query(request, 'environment') ?? '';
      authorize('read', environmentCrn(state, environmentId));
      return registryData(request, worldOf(request), state, findRegistry(state, param(request, 'id'), environmentId));
    }),
  );
}

function registryData(request: FastifyRequest, world: World, state: CloudState, registry: SchemaRegistry): object {
  const { id, environmentId, cloud, region, createdAt } = registry;
  const endpoint = world.endpointOf(id);
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
      cloud,
      region,
      environment: { id: environmentId, related: '', resource_name: environmentCrn(state, environmentId) },
    },
    status: { phase: 'PROVISIONED' },
  };
}
