import { type FastifyRequest } from 'fastify';
import { page, resourceMetadata } from '../http/answers';
import { Body } from '../http/body';
import { type ControlPlane } from '../http/control-call';
import { param, query } from '../http/plane';
import { type CloudState } from '../state';
import { organizationCrn } from './crn';
import { type RoleBinding } from './records';
import { createRoleBinding, deleteRoleBinding, findRoleBinding, listRoleBindings } from './role-bindings';

const PATH = '/iam/v2/role-bindings';

export function roleBindingRoutes({ app, call }: ControlPlane): void {
  app.get(PATH, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', organizationCrn(state));
      const bindings = listRoleBindings(state, {
        principal: query(request, 'principal'),
        roleName: query(request, 'role_name'),
        crnPattern: query(request, 'crn_pattern'),
      });
      return page(
        request,
        'iam/v2',
        bindings.map((binding) => bindingData(request, state, binding)),
      );
    }),
  );
  app.post(PATH, async (request, reply) => {
    const data = await call(request, ({ state, authorize }) => {
      const body = Body.in(request);
      const crnPattern = body.requiredText('crn_pattern');
      authorize('write', crnPattern);
      const wanted = {
        principal: body.requiredText('principal'),
        roleName: body.requiredText('role_name'),
        crnPattern,
      };
      return bindingData(request, state, createRoleBinding(state, wanted));
    });
    return reply.code(201).send(data);
  });
  app.get(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', organizationCrn(state));
      return bindingData(request, state, findRoleBinding(state, param(request, 'id')));
    }),
  );
  app.delete(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      const binding = findRoleBinding(state, param(request, 'id'));
      authorize('write', binding.crnPattern);
      // The provider reads a body here, unlike with other deletions.
      return bindingData(request, state, deleteRoleBinding(state, binding.id));
    }),
  );
}

function bindingData(request: FastifyRequest, state: CloudState, binding: RoleBinding): object {
  const { id, principal, roleName, crnPattern, createdAt } = binding;
  const crn = `${organizationCrn(state)}/role-binding=${id}`;
  return {
    api_version: 'iam/v2',
    kind: 'RoleBinding',
    id,
    metadata: resourceMetadata(request, `${PATH}/${id}`, crn, createdAt),
    principal,
    role_name: roleName,
    crn_pattern: crnPattern,
  };
}
