import { type FastifyInstance } from 'fastify';
import { type Cloud } from '../cloud';
import { hasCredentials, opens } from '../cloud/organization/api-keys';
import { type KafkaBrokers } from './kafka-brokers';

const TOKEN_SECONDS = 3600;

/** What the brokers ask the lab: whether a key and its secret are good for a cluster, and whose they are. */
export function keyRoutes(app: FastifyInstance, brokers: KafkaBrokers, cloud: () => Cloud): void {
  void app.register((own, _options, done) => {
    own.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, new URLSearchParams(body.toString())),
    );
    own.post<{ Params: { cluster: string } }>('/lab/v1/brokers/:cluster/token', async (request, reply) => {
      const { key, secret } = basicCredentials(request.headers.authorization);
      const { cluster } = request.params;
      const isGood = await cloud().observe((state) => hasCredentials(state, cluster, { key, secret }));
      return isGood
        ? { access_token: brokers.tokenOf(key, secret), token_type: 'bearer', expires_in: TOKEN_SECONDS }
        : reply.code(401).send({ error: 'invalid_client' });
    });
    own.post<{ Params: { cluster: string } }>('/lab/v1/brokers/:cluster/introspect', async (request, reply) => {
      if (!brokers.isBrokers(request.headers.authorization)) {
        return reply.code(401).send({ error: 'invalid_client' });
      }
      const token = (request.body as URLSearchParams).get('token') ?? '';
      const found = await cloud().observe((state) => {
        const key = state.apiKeys.get(token.split('.')[0]);
        return key && opens(state, key, request.params.cluster) ? key : undefined;
      });
      if (found === undefined || brokers.tokenOf(found.id, found.secret) !== token) {
        return { active: false };
      }
      const { id, ownerId } = found;
      const exp = Math.floor(Date.now() / 1000) + TOKEN_SECONDS;
      return { active: true, sub: ownerId, username: ownerId, client_id: id, iss: 'lab', token_type: 'bearer', exp };
    });
    done();
  });
  app.get('/lab/v1/brokers', () => ({
    caFile: brokers.caFile,
    hostsFile: brokers.hostsFile,
    clusters: brokers.places,
    link: { pid: brokers.linkPid },
  }));
}

function basicCredentials(authorization = ''): { key: string; secret: string } {
  const [scheme, value = ''] = authorization.split(' ');
  const text = scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString() : '';
  const [key, ...secret] = text.split(':');
  return { key, secret: secret.join(':') };
}
