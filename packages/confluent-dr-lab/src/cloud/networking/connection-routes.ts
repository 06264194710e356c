import { type FastifyRequest } from 'fastify';
import { environmentOf, page, resourceMetadata, takesIn } from '../http/answers';
import { Body } from '../http/body';
import { type ControlPlane } from '../http/control-call';
import { param } from '../http/plane';
import { environmentCrn } from '../organization/crn';
import { type CloudState } from '../state';
import { connectionPhase, createConnection, findConnection } from './connections';
import { type CloudSide, type ConnectionKind, type NetworkConnection } from './records';

interface Collection {
  readonly type: ConnectionKind;
  readonly path: string;
  readonly kind: string;
  /** As resource names call it. */
  readonly resource: string;
}

const COLLECTIONS: readonly Collection[] = [
  { type: 'peering', path: '/networking/v1/peerings', kind: 'Peering', resource: 'peering' },
  {
    type: 'privateLinkAccess',
    path: '/networking/v1/private-link-accesses',
    kind: 'PrivateLinkAccess',
    resource: 'private-link-access',
  },
];

export function networkConnectionRoutes(plane: ControlPlane): void {
  COLLECTIONS.forEach((collection) => collectionRoutes(plane, collection));
}

function collectionRoutes({ app, call }: ControlPlane, collection: Collection): void {
  const { path, type } = collection;
  const found = (state: CloudState, request: FastifyRequest, environmentId = environmentOf(request)) =>
    findConnection(state, type, param(request, 'id'), environmentId);

  app.get(path, (request) =>
    call(request, ({ state, authorize }) => {
      const environmentId = environmentOf(request);
      authorize('read', environmentCrn(state, environmentId));
      const rows = [...state.networkConnections.values()].filter(
        (connection) =>
          connection.type === type &&
          connection.environmentId === environmentId &&
          takesIn(request, 'spec.display_name', connection.displayName) &&
          takesIn(request, 'spec.network', connection.networkId) &&
          takesIn(request, 'status.phase', connectionPhase(state, connection)),
      );
      return page(
        request,
        'networking/v1',
        rows.map((connection) => connectionData(request, state, collection, connection)),
      );
    }),
  );
  app.post(path, async (request, reply) => {
    const data = await call(request, ({ state, authorize }) => {
      const spec = Body.in(request).object('spec');
      const environmentId = spec.object('environment').requiredText('id');
      authorize('write', environmentCrn(state, environmentId));
      const connection = createConnection(state, {
        type,
        environmentId,
        networkId: spec.object('network').requiredText('id'),
        displayName: spec.text('display_name'),
        cloud: cloudSide(spec.object('cloud')),
      });
      return connectionData(request, state, collection, connection);
    });
    return reply.code(202).send(data);
  });
  app.get(`${path}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', environmentCrn(state, environmentOf(request)));
      return connectionData(request, state, collection, found(state, request));
    }),
  );
  app.patch(`${path}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      const spec = Body.in(request).object('spec');
      const connection = found(state, request, spec.object('environment').requiredText('id'));
      authorize('write', environmentCrn(state, connection.environmentId));
      connection.displayName = spec.text('display_name') ?? connection.displayName;
      return connectionData(request, state, collection, connection);
    }),
  );
  app.delete(`${path}/:id`, async (request, reply) => {
    await call(request, ({ state, authorize }) => {
      authorize('write', environmentCrn(state, environmentOf(request)));
      state.networkConnections.delete(found(state, request).id);
    });
    return reply.code(204).send();
  });
}

/** What the customer's cloud calls its side; every kind needs all of its fields. */
function cloudSide(body: Body): CloudSide {
  const kind = body.requiredText('kind').replace(/^networking\.v1\./, '');
  const texts = (...names: string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, body.requiredText(name)]));
  switch (kind) {
    case 'AwsPeering':
      return { kind, ...texts('account', 'vpc', 'customer_region'), routes: body.texts('routes') };
    case 'AzurePeering':
      return { kind, ...texts('tenant', 'vnet', 'customer_region') };
    case 'GcpPeering':
      return {
        kind,
        ...texts('project', 'vpc_network'),
        import_custom_routes: body.flag('import_custom_routes') ?? false,
      };
    case 'AwsPrivateLinkAccess':
      return { kind, ...texts('account') };
    case 'AzurePrivateLinkAccess':
      return { kind, ...texts('subscription') };
    case 'GcpPrivateServiceConnectAccess':
      return { kind, ...texts('project') };
    default:
      return { kind };
  }
}

function connectionData(
  request: FastifyRequest,
  state: CloudState,
  { path, kind, resource }: Collection,
  connection: NetworkConnection,
): object {
  const { id, environmentId, networkId, displayName, cloud, createdAt } = connection;
  const environment = environmentCrn(state, environmentId);
  const network = `${environment}/network=${networkId}`;
  return {
    api_version: 'networking/v1',
    kind,
    id,
    metadata: resourceMetadata(request, `${path}/${id}`, `${network}/${resource}=${id}`, createdAt),
    spec: {
      display_name: displayName,
      cloud,
      environment: { id: environmentId, related: '', resource_name: environment },
      network: { id: networkId, environment: environmentId, related: '', resource_name: network },
    },
    status: { phase: connectionPhase(state, connection) },
  };
}
