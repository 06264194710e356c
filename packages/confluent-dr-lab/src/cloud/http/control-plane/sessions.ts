import { authenticate } from '../../model/organization/api-keys';
import { organizationCrn } from '../../model/organization/crn';
import { newToken, ownerOfToken } from '../../model/organization/tokens';
import { emailOf } from '../../model/organization/users';
import { type CloudState } from '../../model/state';
import { Body } from '../body';
import { type ControlPlane } from './control-plane';

/** Marks a token with which a session is gone on with; the CLI knows one by it. */
const REFRESH = 'v1.';

/**
 * How the CLI logs in and finds out who it is. There are no passwords in the lab: the id of a Cloud API key counts as
 * an e-mail address, and its secret as the password.
 */
export function sessionRoutes({ app, call, worldOf }: ControlPlane): void {
  app.get('/api/login/realm', () => ({}));
  app.post('/api/sessions', (request) =>
    worldOf(request).perform((state) => {
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
