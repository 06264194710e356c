import { type FastifyRequest } from 'fastify';
import { organizationCrn } from '../../model/organization/crn';
import { emailOf, findUser, listUsers } from '../../model/organization/users';
import { type CloudState } from '../../model/state';
import { param } from '../plane';
import { type ControlPlane } from './control-plane';
import { page, resourceMetadata } from './pages';

const PATH = '/iam/v2/users';

/** The CLI looks for the owners of keys and the holders of roles here; other kinds of identities the lab has none of. */
export function userRoutes({ app, call }: ControlPlane): void {
  app.get(PATH, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', organizationCrn(state));
      return page(
        request,
        'iam/v2',
        listUsers(state).map((id) => userData(request, state, id)),
      );
    }),
  );
  app.get(`${PATH}/:id`, (request) =>
    call(request, ({ state, authorize }) => {
      authorize('read', organizationCrn(state));
      return userData(request, state, findUser(state, param(request, 'id')));
    }),
  );
  for (const path of ['/iam/v2/identity-providers', '/iam/v2/sso/group-mappings']) {
    app.get(path, (request) => call(request, () => page(request, 'iam/v2', [])));
  }
}

function userData(request: FastifyRequest, state: CloudState, id: string): object {
  return {
    api_version: 'iam/v2',
    kind: 'User',
    id,
    metadata: resourceMetadata(request, `${PATH}/${id}`, `${organizationCrn(state)}/user=${id}`, 0),
    email: emailOf(id),
    full_name: 'Lab Administrator',
    auth_type: 'AUTH_TYPE_LOCAL',
  };
}
