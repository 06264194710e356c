import { type FastifyRequest } from 'fastify';
import { page, resourceMetadata } from '../http/answers';
import { Body } from '../http/body';
import { type ControlPlane } from '../http/control-call';
import { param } from '../http/plane';
import { type CloudState } from '../state';
import { mayReadControl } from './authorization';
import { environmentCrn, organizationCrn } from './crn';
import { createEnvironment, deleteEnvironment, findEnvironment, updateEnvironment } from './environments';
import { type Environment } from './records';

const PATH = '/org/v2/environments';
const ORGANIZATIONS = '/org/v2/organizations';

export function environmentRoutes({ app, call }: ControlPlane): void {
  app.get(ORGANIZATIONS, (request) =>
    call(request, ({ state }) => page(request, 'org/v2', [organizationData(request, state)])),
  );
  app.get(PATH, (request) =>
    call(request, ({ state, caller }) => {
      const seen = [...state.environments.values()].filter(({ id }) =>
        mayReadControl(state, caller.ownerId, environmentCrn(state, id)),
      );
      return page(
        request,
        'org/v2',
        seen.map((environment) => environmentData(request, state, environment)),
      );
    }),
  );
  app.post(PATH, async (request, reply) => {
    const data = await call(request, ({ state, authorize }) => {
      authorize('write', organizationCrn(state));
      const body = Body.in(request);
      return environmentData(request, state, createEnvironment(state, { displayName: '', ...requestIn(body) }));
    });
    return reply.code(201).send(data);
  });
  app.get(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', environmentCrn(state, param(request, 'id')));
      return environmentData(request, state, findEnvironment(state, param(request, 'id')));
    }),
  );
  app.patch(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('write', environmentCrn(state, param(request, 'id')));
      const wanted = requestIn(Body.in(request));
      return environmentData(request, state, updateEnvironment(state, param(request, 'id'), wanted));
    }),
  );
  app.delete(`${PATH}/:id`, async (request, reply) => {
    await call(request, ({ state, authorize }) => {
      authorize('write', environmentCrn(state, param(request, 'id')));
      deleteEnvironment(state, param(request, 'id'));
    });
    return reply.code(204).send();
  });
}

function requestIn(body: Body): { displayName?: string; streamGovernance?: string } {
  const [displayName, streamGovernance] = [
    body.text('display_name'),
    body.object('stream_governance_config').text('package'),
  ];
  return { ...(displayName !== undefined && { displayName }), ...(streamGovernance && { streamGovernance }) };
}

/** There is one, to which everybody belongs. */
function organizationData(request: FastifyRequest, state: CloudState): object {
  const id = state.organizationId;
  const metadata = resourceMetadata(request, `${ORGANIZATIONS}/${id}`, organizationCrn(state), 0);
  return { api_version: 'org/v2', kind: 'Organization', id, metadata, display_name: 'lab' };
}

function environmentData(request: FastifyRequest, state: CloudState, environment: Environment): object {
  const { id, displayName, streamGovernance, createdAt } = environment;
  return {
    api_version: 'org/v2',
    kind: 'Environment',
    id,
    metadata: resourceMetadata(request, `${PATH}/${id}`, environmentCrn(state, id), createdAt),
    display_name: displayName,
    ...(streamGovernance && { stream_governance_config: { package: streamGovernance } }),
  };
}
