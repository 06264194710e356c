import { type FastifyRequest } from 'fastify';
import { page, resourceMetadata } from '../http/answers';
import { Body } from '../http/body';
import { type ControlPlane } from '../http/control-call';
import { param } from '../http/plane';
import { type CloudState } from '../state';
import { authenticate } from './api-keys';
import { organizationCrn } from './crn';
import { emailOf, findUser, listUsers, newToken, ownerOfToken } from './users';

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

/** Marks a token with which a session is gone on with; the CLI knows one by it. */
const REFRESH = 'v1.';

/**
 * How the CLI logs in and finds out who it is. There are no passwords in the lab: the id of a Cloud API key counts as
 * an e-mail address, and its secret as the password.
 */
export function sessionRoutes({ app, call, cloudOf }: ControlPlane): void {
  app.get('/api/login/realm', () => ({}));
  app.post('/api/sessions', (request) =>
    cloudOf(request).perform((state) => {
      const ownerId = ownerOf(state, Body.in(request));
      const token = newToken(state, ownerId);
      return { token, refresh_token: REFRESH + token, ...profile(state, ownerId) };
    }),
  );
  app.get('/api/me', (request) =>
    call(request, ({ state, caller }) => {
      const accounts = [...state.environments.values()].map(({ id, displayName }) => ({ id, name: displayName }));
      return { ...profile(state, caller.ownerId), accounts };
    }),
  );
  // A session is changed for a token of the data plane.
  app.post('/api/access_tokens', (request) =>
    call(request, ({ state, caller, authorize }) => {
      authorize('read', organizationCrn(state));
      return { error: '', token: newToken(state, caller.ownerId) };
    }),
  );
}

function ownerOf(state: CloudState, body: Body): string {
  const refreshToken = body.text('refresh_token');
  if (refreshToken) {
    return ownerOfToken(state, refreshToken.slice(REFRESH.length));
  }
  const credentials = { key: body.text('email') ?? '', secret: body.text('password') ?? '' };
  return authenticate(state, 'cloud', credentials).ownerId;
}

function profile(state: CloudState, ownerId: string): object {
  return {
    user: { id: 1, email: emailOf(ownerId), first_name: 'Lab', last_name: 'Administrator', resource_id: ownerId },
    organization: { id: 1, resource_id: state.organizationId, name: 'lab' },
  };
}
