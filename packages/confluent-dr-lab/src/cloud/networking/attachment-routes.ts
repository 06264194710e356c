import { type FastifyRequest } from 'fastify';
import { environmentOf, page, resourceMetadata, takesIn } from '../http/answers';
import { Body } from '../http/body';
import { type ControlPlane } from '../http/control-call';
import { param } from '../http/plane';
import { environmentCrn } from '../organization/crn';
import { type CloudState } from '../state';
import {
  attachmentPhase,
  createAttachment,
  createAttachmentConnection,
  deleteAttachment,
  findAttachment,
  findAttachmentConnection,
} from './attachments';
import { type AttachmentConnection, type PrivateLinkAttachment } from './records';

/** What both collections have in common; each thing is in an environment and has a name that can be changed. */
interface Collection<T extends PrivateLinkAttachment | AttachmentConnection> {
  readonly path: string;
  readonly all: (state: CloudState) => Iterable<T>;
  readonly create: (state: CloudState, spec: Body, environmentId: string) => T;
  readonly find: (state: CloudState, id: string, environmentId: string) => T;
  readonly delete: (state: CloudState, found: T) => void;
  readonly spec: (found: T) => object;
  readonly status: (state: CloudState, found: T) => object;
  readonly kind: string;
}

const ATTACHMENTS: Collection<PrivateLinkAttachment> = {
  path: '/networking/v1/private-link-attachments',
  kind: 'PrivateLinkAttachment',
  all: ({ privateLinkAttachments }) => privateLinkAttachments.values(),
  create: (state, spec, environmentId) =>
    createAttachment(state, {
      environmentId,
      displayName: spec.requiredText('display_name'),
      cloud: spec.requiredText('cloud'),
      region: spec.requiredText('region'),
    }),
  find: findAttachment,
  delete: deleteAttachment,
  spec: ({ cloud, region }) => ({ cloud, region }),
  status: (state, attachment) => {
    const phase = attachmentPhase(state, attachment);
    return { phase, ...(phase !== 'PROVISIONING' && addresses(attachment)) };
  },
};

const CONNECTIONS: Collection<AttachmentConnection> = {
  path: '/networking/v1/private-link-attachment-connections',
  kind: 'PrivateLinkAttachmentConnection',
  all: ({ attachmentConnections }) => attachmentConnections.values(),
  create: (state, spec, environmentId) =>
    createAttachmentConnection(state, {
      environmentId,
      displayName: spec.requiredText('display_name'),
      attachmentId: spec.object('private_link_attachment').requiredText('id'),
      privateEndpointId: spec.object('cloud').requiredText('private_endpoint_resource_id'),
    }),
  find: findAttachmentConnection,
  delete: ({ attachmentConnections }, { id }) => attachmentConnections.delete(id),
  spec: ({ attachmentId, privateEndpointId }) => ({
    cloud: { kind: 'AzurePrivateLinkAttachmentConnection', private_endpoint_resource_id: privateEndpointId },
    private_link_attachment: { id: attachmentId, related: '', resource_name: attachmentId },
  }),
  status: ({ now }, { readyAt }) => ({ phase: readyAt > now ? 'PROVISIONING' : 'READY' }),
};

export function attachmentRoutes(plane: ControlPlane): void {
  collectionRoutes(plane, ATTACHMENTS);
  collectionRoutes(plane, CONNECTIONS);
}

function collectionRoutes<T extends PrivateLinkAttachment | AttachmentConnection>(
  { app, call }: ControlPlane,
  collection: Collection<T>,
): void {
  const { path } = collection;
  const render = (request: FastifyRequest, state: CloudState, found: T): object =>
    dataOf(request, state, collection, found);

  app.get(path, (request) =>
    call(request, ({ state, authorize }) => {
      const environmentId = environmentOf(request);
      authorize('read', environmentCrn(state, environmentId));
      const rows = [...collection.all(state)]
        .filter((row) => row.environmentId === environmentId)
        .filter(({ displayName }) => takesIn(request, 'spec.display_name', displayName));
      return page(
        request,
        'networking/v1',
        rows.map((row) => render(request, state, row)),
      );
    }),
  );
  app.post(path, async (request, reply) => {
    const data = await call(request, ({ state, authorize }) => {
      const spec = Body.in(request).object('spec');
      const environmentId = spec.object('environment').requiredText('id');
      authorize('write', environmentCrn(state, environmentId));
      return render(request, state, collection.create(state, spec, environmentId));
    });
    return reply.code(202).send(data);
  });
  app.get(`${path}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      const environmentId = environmentOf(request);
      authorize('read', environmentCrn(state, environmentId));
      return render(request, state, collection.find(state, param(request, 'id'), environmentId));
    }),
  );
  app.patch(`${path}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      const spec = Body.in(request).object('spec');
      const environmentId = spec.object('environment').requiredText('id');
      authorize('write', environmentCrn(state, environmentId));
      const found = collection.find(state, param(request, 'id'), environmentId);
      found.displayName = spec.text('display_name') ?? found.displayName;
      return render(request, state, found);
    }),
  );
  app.delete(`${path}/:id`, async (request, reply) => {
    await call(request, ({ state, authorize }) => {
      const environmentId = environmentOf(request);
      authorize('write', environmentCrn(state, environmentId));
      collection.delete(state, collection.find(state, param(request, 'id'), environmentId));
    });
    return reply.code(204).send();
  });
}

function dataOf<T extends PrivateLinkAttachment | AttachmentConnection>(
  request: FastifyRequest,
  state: CloudState,
  { path, kind, spec, status }: Collection<T>,
  found: T,
): object {
  const { id, environmentId, displayName, createdAt } = found;
  const environment = environmentCrn(state, environmentId);
  return {
    api_version: 'networking/v1',
    kind,
    id,
    metadata: resourceMetadata(request, `${path}/${id}`, `${environment}/${path.split('/').at(-1)}=${id}`, createdAt),
    spec: {
      display_name: displayName,
      ...spec(found),
      environment: { id: environmentId, related: '', resource_name: environment },
    },
    status: status(state, found),
  };
}

function addresses({ id, cloud, region }: PrivateLinkAttachment): object {
  return {
    dns_domain: `${region}.${cloud.toLowerCase()}.private.confluent.cloud`,
    cloud: {
      kind: 'AzurePrivateLinkAttachmentStatus',
      private_link_service_alias: `${id}.lab.${region}.azure.privatelinkservice`,
      private_link_service_resource_id: `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/lab/providers/Microsoft.Network/privateLinkServices/${id}`,
    },
  };
}
