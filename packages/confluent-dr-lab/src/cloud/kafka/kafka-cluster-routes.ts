import { type FastifyRequest } from 'fastify';
import { environmentOf, page, resourceMetadata } from '../http/answers';
import { Body } from '../http/body';
import { type ControlCall, type ControlPlane } from '../http/control-call';
import { param, query } from '../http/plane';
import { type ServedCloud } from '../http/served-cloud';
import { authorizeControl } from '../organization/authorization';
import { clusterCrn, clusterRbacCrn, environmentCrn } from '../organization/crn';
import { type CloudState } from '../state';
import { type KafkaCluster } from './acls';
import {
  type ClusterChange,
  createKafkaCluster,
  deleteKafkaCluster,
  findKafkaCluster,
  isPrivate,
  isProvisioned,
  updateKafkaCluster,
} from './kafka-clusters';

const PATH = '/cmk/v2/clusters';

export function kafkaClusterRoutes({ app, call, cloudOf }: ControlPlane): void {
  const render = (request: FastifyRequest, state: CloudState, cluster: KafkaCluster): object =>
    clusterData(request, cloudOf(request), state, cluster);

  app.get(PATH, (request) =>
    call(request, ({ state, caller }) => {
      const environmentId = environmentOf(request);
      authorizeControl(state, caller.ownerId, environmentCrn(state, environmentId), 'read');
      const name = query(request, 'spec.display_name');
      const rows = [...state.kafkaClusters.values()]
        .filter((cluster) => cluster.environmentId === environmentId)
        .filter(({ displayName }) => !name || displayName === name);
      return page(
        request,
        'cmk/v2',
        rows.map((cluster) => render(request, state, cluster)),
      );
    }),
  );
  app.post(PATH, async (request, reply) => {
    const id = await call(request, ({ state, authorize }) => {
      const spec = Body.in(request).object('spec');
      const environmentId = spec.object('environment').requiredText('id');
      authorize('write', environmentCrn(state, environmentId));
      return create(state, spec, environmentId).id;
    });
    // Only now is the address of its data plane open, and part of the answer.
    const data = await call(request, ({ state }) => render(request, state, findKafkaCluster(state, id)));
    return reply.code(202).send(data);
  });
  app.get(`${PATH}/:id`, (request) =>
    call(request, (control) => render(request, control.state, found(request, control, 'read'))),
  );
  app.patch(`${PATH}/:id`, (request) =>
    call(request, (control) => {
      const spec = Body.in(request).object('spec');
      const { id } = found(request, control, 'write', spec.object('environment').text('id'));
      const change = { displayName: spec.text('display_name'), ...capacityIn(spec) };
      return render(request, control.state, updateKafkaCluster(control.state, id, change));
    }),
  );
  app.delete(`${PATH}/:id`, async (request, reply) => {
    await call(request, (control) => deleteKafkaCluster(control.state, found(request, control, 'write').id));
    return reply.code(204).send();
  });
}

function found(
  request: FastifyRequest,
  { state, authorize }: ControlCall,
  access: 'read' | 'write',
  environmentId = environmentOf(request),
): KafkaCluster {
  const id = param(request, 'id');
  authorize(access, clusterRbacCrn(state, environmentId, id));
  return findKafkaCluster(state, id, environmentId);
}

function create(state: CloudState, spec: Body, environmentId: string): KafkaCluster {
  return createKafkaCluster(state, {
    ...capacityIn(spec),
    environmentId,
    displayName: spec.text('display_name') ?? '',
    availability: spec.text('availability') ?? 'SINGLE_ZONE',
    cloud: spec.text('cloud') ?? '',
    region: spec.text('region') ?? '',
    kind: spec.object('config').text('kind') ?? '',
    networkId: spec.object('network').text('id'),
  });
}

function capacityIn(spec: Body): ClusterChange {
  const config = spec.object('config');
  return {
    kind: config.text('kind'),
    cku: config.number('cku'),
    maxEcku: config.number('max_ecku'),
    deletionProtection: spec.flag('deletion_protection'),
  };
}

/** Dedicated clusters need status.cku: without it the CLI crashes, and another number reads as a resizing. */
function clusterData(request: FastifyRequest, served: ServedCloud, state: CloudState, cluster: KafkaCluster): object {
  const { id, environmentId, displayName, availability, cloud, region, kind, cku, networkId, createdAt } = cluster;
  const endpoint = served.endpointOf(id);
  return {
    api_version: 'cmk/v2',
    kind: 'Cluster',
    id,
    metadata: resourceMetadata(request, `${PATH}/${id}`, clusterCrn(state, environmentId, id), createdAt),
    spec: {
      display_name: displayName,
      availability,
      cloud,
      region,
      config: {
        kind,
        ...(cku !== undefined && { cku, zones: ['1', '2', '3'] }),
        ...(cluster.maxEcku !== undefined && { max_ecku: cluster.maxEcku }),
      },
      deletion_protection: cluster.deletionProtection ?? false,
      kafka_bootstrap_endpoint: `${isPrivate(cluster) ? '' : 'SASL_SSL://'}${cluster.bootstrapHost}:9092`,
      http_endpoint: endpoint,
      api_endpoint: endpoint,
      ...(cluster.accessPoints && {
        endpoints: Object.fromEntries(
          cluster.accessPoints.map((point) => [point, accessPointEndpoints(cluster, point, endpoint)]),
        ),
      }),
      environment: {
        id: environmentId,
        related: '',
        resource_name: environmentCrn(state, environmentId),
      },
      ...(networkId && { network: { id: networkId, related: '', resource_name: networkId } }),
    },
    status: {
      phase: isProvisioned(state, cluster) ? 'PROVISIONED' : 'PROVISIONING',
      ...(cku !== undefined && { cku }),
    },
  };
}

/** Its REST API is at the same address: nothing is out of Terraform's reach. */
function accessPointEndpoints({ id, region, cloud }: KafkaCluster, point: string, endpoint: string): object {
  const host = `${id}-${point.replace('-', '')}.${region}.${cloud.toLowerCase()}.accesspoint.glb.confluent.cloud`;
  return { kafka_bootstrap_endpoint: `${host}:9092`, http_endpoint: endpoint, connection_type: 'PRIVATE_LINK' };
}
