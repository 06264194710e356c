import { type FastifyRequest } from 'fastify';
import { page, resourceMetadata } from '../http/answers';
import { Body } from '../http/body';
import { type ControlPlane } from '../http/control-call';
import { param, query } from '../http/plane';
import { type CloudState } from '../state';
import { organizationCrn } from './crn';
import { type ServiceAccount } from './records';
import { createServiceAccount, deleteServiceAccount, findServiceAccount } from './service-accounts';

const PATH = '/iam/v2/service-accounts';

export function serviceAccountRoutes({ app, call }: ControlPlane): void {
  app.get(PATH, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', organizationCrn(state));
      const wanted = query(request, 'display_name');
      const seen = [...state.serviceAccounts.values()].filter(({ displayName }) => !wanted || displayName === wanted);
      return page(
        request,
        'iam/v2',
        seen.map((account) => accountData(request, state, account)),
      );
    }),
  );
  app.post(PATH, async (request, reply) => {
    const data = await call(request, ({ state, authorize }) => {
      authorize('write', organizationCrn(state));
      const body = Body.in(request);
      const account = createServiceAccount(state, body.text('display_name') ?? '', body.text('description'));
      return accountData(request, state, account);
    });
    return reply.code(201).send(data);
  });
  app.get(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', organizationCrn(state));
      return accountData(request, state, findServiceAccount(state, param(request, 'id')));
    }),
  );
  app.patch(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('write', organizationCrn(state));
      const account = findServiceAccount(state, param(request, 'id'));
      account.description = Body.in(request).text('description') ?? account.description;
      return accountData(request, state, account);
    }),
  );
  app.delete(`${PATH}/:id`, async (request, reply) => {
    await call(request, ({ state, authorize }) => {
      authorize('write', organizationCrn(state));
      deleteServiceAccount(state, param(request, 'id'));
    });
    return reply.code(204).send();
  });
}

function accountData(request: FastifyRequest, state: CloudState, account: ServiceAccount): object {
  const { id, displayName, description, createdAt } = account;
  const crn = `${organizationCrn(state)}/service-account=${id}`;
  return {
    api_version: 'iam/v2',
    kind: 'ServiceAccount',
    id,
    metadata: resourceMetadata(request, `${PATH}/${id}`, crn, createdAt),
    display_name: displayName,
    description,
  };
}
