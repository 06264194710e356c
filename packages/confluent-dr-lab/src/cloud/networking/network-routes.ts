import { type FastifyRequest } from 'fastify';
import { environmentOf, page, resourceMetadata, takesIn } from '../http/answers';
import { Body } from '../http/body';
import { type ControlPlane } from '../http/control-call';
import { param } from '../http/plane';
import { environmentCrn } from '../organization/crn';
import { type CloudState } from '../state';
import { networkStatus } from './network-status';
import { createNetwork, deleteNetwork, findNetwork, networkPhase } from './networks';
import { type Network } from './records';

const PATH = '/networking/v1/networks';

export function networkRoutes({ app, call }: ControlPlane): void {
  app.get(PATH, (request) =>
    call(request, ({ state, authorize }) => {
      const environmentId = environmentOf(request);
      authorize('read', environmentCrn(state, environmentId));
      const rows = [...state.networks.values()].filter(
        (network) =>
          network.environmentId === environmentId &&
          takesIn(request, 'spec.display_name', network.displayName) &&
          takesIn(request, 'spec.cloud', network.cloud) &&
          takesIn(request, 'spec.region', network.region) &&
          takesIn(request, 'spec.cidr', network.cidr) &&
          takesIn(request, 'status.phase', networkPhase(state, network)),
      );
      return page(
        request,
        'networking/v1',
        rows.map((network) => networkData(request, state, network)),
      );
    }),
  );
  app.post(PATH, async (request, reply) => {
    const data = await call(request, ({ state, authorize }) => {
      const spec = Body.in(request).object('spec');
      const environmentId = spec.object('environment').requiredText('id');
      authorize('write', environmentCrn(state, environmentId));
      return networkData(request, state, create(state, spec, environmentId));
    });
    return reply.code(202).send(data);
  });
  app.get(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', environmentCrn(state, environmentOf(request)));
      return networkData(request, state, findNetwork(state, param(request, 'id'), environmentOf(request)));
    }),
  );
  app.patch(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      const spec = Body.in(request).object('spec');
      const network = findNetwork(state, param(request, 'id'), spec.object('environment').text('id'));
      authorize('write', environmentCrn(state, network.environmentId));
      network.displayName = spec.text('display_name') ?? network.displayName;
      return networkData(request, state, network);
    }),
  );
  app.delete(`${PATH}/:id`, async (request, reply) => {
    await call(request, ({ state, authorize }) => {
      authorize('write', environmentCrn(state, environmentOf(request)));
      deleteNetwork(state, findNetwork(state, param(request, 'id'), environmentOf(request)).id);
    });
    return reply.code(204).send();
  });
}

function create(state: CloudState, spec: Body, environmentId: string): Network {
  return createNetwork(state, {
    environmentId,
    displayName: spec.text('display_name'),
    cloud: spec.text('cloud') ?? '',
    region: spec.text('region') ?? '',
    connectionTypes: spec.texts('connection_types'),
    zones: spec.texts('zones'),
    zonesInfo: spec.objects('zones_info').map((zone) => ({
      zoneId: zone.text('zone_id') ?? '',
      cidr: zone.text('cidr') ?? '',
    })),
    cidr: spec.text('cidr'),
    reservedCidr: spec.text('reserved_cidr'),
    dnsResolution: spec.object('dns_config').text('resolution'),
  });
}

function networkData(request: FastifyRequest, state: CloudState, network: Network): object {
  const { id, environmentId, displayName, cloud, region, connectionTypes, zones, createdAt } = network;
  const environment = environmentCrn(state, environmentId);
  return {
    api_version: 'networking/v1',
    kind: 'Network',
    id,
    metadata: resourceMetadata(request, `${PATH}/${id}`, `${environment}/network=${id}`, createdAt),
    spec: {
      display_name: displayName,
      cloud,
      region,
      connection_types: connectionTypes,
      zones,
      zones_info: (network.zonesInfo ?? []).map(({ zoneId, cidr }) => ({ zone_id: zoneId, cidr })),
      ...(network.cidr !== undefined && { cidr: network.cidr }),
      ...(network.reservedCidr !== undefined && { reserved_cidr: network.reservedCidr }),
      ...(network.dnsResolution !== undefined && { dns_config: { resolution: network.dnsResolution } }),
      environment: { id: environmentId, related: '', resource_name: environment },
    },
    status: networkStatus(state, network),
  };
}
