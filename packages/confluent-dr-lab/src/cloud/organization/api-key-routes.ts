import { type FastifyRequest } from 'fastify';
import { page, resourceMetadata } from '../http/answers';
import { Body } from '../http/body';
import { type ControlPlane } from '../http/control-call';
import { param, query } from '../http/plane';
import { type CloudState } from '../state';
import { createApiKey, deleteApiKey, findApiKey, listApiKeys } from './api-keys';
import { mayReadControl } from './authorization';
import { clusterRbacCrn, organizationCrn, registryCrn } from './crn';
import { type ApiKey } from './records';

const PATH = '/iam/v2/api-keys';

export function apiKeyRoutes({ app, call }: ControlPlane): void {
  app.get(PATH, (request) =>
    call(request, ({ state, caller }) => {
      const seen = listApiKeys(state, query(request, 'spec.owner'), query(request, 'spec.resource')).filter(
        ({ resource, ownerId }) =>
          ownerId === caller.ownerId || mayReadControl(state, caller.ownerId, scopeOf(state, resource.id)),
      );
      return page(
        request,
        'iam/v2',
        seen.map((key) => keyData(request, state, key)),
      );
    }),
  );
  app.post(PATH, async (request, reply) => {
    const data = await call(request, ({ state, authorize }) => {
      const body = Body.in(request);
      const spec = body.object('spec');
      const resourceId = spec.object('resource').text('id') || undefined;
      authorize('write', scopeOf(state, resourceId));
      const key = createApiKey(state, {
        ownerId: spec.object('owner').requiredText('id'),
        resourceId,
        displayName: spec.text('display_name'),
        description: spec.text('description'),
      });
      return keyData(request, state, key, key.secret);
    });
    // The service creates keys in the background, and says so.
    return reply.code(202).send(data);
  });
  app.get(`${PATH}/:id`, (request) =>
    call(request, ({ state, caller, authorize }) => {
      const key = findApiKey(state, param(request, 'id'));
      if (key.ownerId !== caller.ownerId) {
        authorize('read', scopeOf(state, key.resource.id));
      }
      return keyData(request, state, key);
    }),
  );
  app.patch(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      const key = findApiKey(state, param(request, 'id'));
      authorize('write', scopeOf(state, key.resource.id));
      const spec = Body.in(request).object('spec');
      key.displayName = spec.text('display_name') ?? key.displayName;
      key.description = spec.text('description') ?? key.description;
      return keyData(request, state, key);
    }),
  );
  app.delete(`${PATH}/:id`, async (request, reply) => {
    await call(request, ({ state, authorize }) => {
      const key = findApiKey(state, param(request, 'id'));
      authorize('write', scopeOf(state, key.resource.id));
      deleteApiKey(state, key.id);
    });
    return reply.code(204).send();
  });
}

function scopeOf(state: CloudState, resourceId: string | undefined): string {
  const cluster = state.kafkaClusters.get(resourceId ?? '');
  const registry = state.schemaRegistries.get(resourceId ?? '');
  if (cluster) {
    return clusterRbacCrn(state, cluster.environmentId, cluster.id);
  }
  return registry ? registryCrn(state, registry.environmentId, registry.id) : organizationCrn(state);
}

const API_VERSIONS = { Cluster: 'cmk/v2', SchemaRegistry: 'srcm/v3', Cloud: 'iam/v2', Global: 'global/v1' };

/** The secret is told once, at creation. */
function keyData(request: FastifyRequest, state: CloudState, key: ApiKey, secret?: string): object {
  const { id, ownerId, resource, displayName, description, createdAt } = key;
  const crn = `${organizationCrn(state)}/api-key=${id}`;
  return {
    api_version: 'iam/v2',
    kind: 'ApiKey',
    id,
    metadata: resourceMetadata(request, `${PATH}/${id}`, crn, createdAt),
    spec: {
      ...(secret !== undefined && { secret }),
      display_name: displayName,
      description,
      owner: {
        id: ownerId,
        api_version: 'iam/v2',
        kind: ownerId.startsWith('u-') ? 'User' : 'ServiceAccount',
        related: '',
        resource_name: `${organizationCrn(state)}/principal=${ownerId}`,
      },
      resource: {
        id: resource.id,
        api_version: API_VERSIONS[resource.kind],
        kind: resource.kind,
        related: '',
        resource_name: scopeOf(state, resource.id),
        ...environmentOf(state, resource.id),
      },
    },
  };
}

function environmentOf(state: CloudState, resourceId: string): object {
  const owner = state.kafkaClusters.get(resourceId) ?? state.schemaRegistries.get(resourceId);
  return owner ? { environment: owner.environmentId } : {};
}
