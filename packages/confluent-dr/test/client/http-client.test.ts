import { inspect } from 'node:util';
import { type RequestEvent } from '../../src/client/http-client';
import { KafkaRestClient } from '../../src/client/kafka-rest-client';
import { type FailureKind } from '../../src/client/request-failure';
import { answeringServer, closeServers } from './support/answering-server';
import { failureOf } from './support/failures';

const credentials = { key: 'KEY', secret: 'c29tZQ/secret+' };
const encoded = Buffer.from(`${credentials.key}:${credentials.secret}`).toString('base64');
const clients: KafkaRestClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await closeServers();
});

async function clientOf(status: number, headers: Record<string, string>, body: string): Promise<KafkaRestClient> {
  const url = await answeringServer((_request, response) => response.writeHead(status, headers).end(body));
  return client(url);
}

function client(url: string, onRequest?: (event: RequestEvent) => void): KafkaRestClient {
  const kafka = new KafkaRestClient({ url, clusterId: 'lkc-1', credentials, retry: { attempts: 1 }, onRequest });
  clients.push(kafka);
  return kafka;
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('an answer', () => {
  test.each<[number, string, FailureKind, object]>([
    [401, '{"error_code":40101,"message":"Authentication failed"}', 'unauthorized', { errorCode: 40101 }],
    [403, '{"error_code":40301,"message":"Request is not authorized"}', 'forbidden', { errorCode: 40301 }],
    [404, '{"error_code":40403,"message":"gone"}', 'not-found', { errorCode: 40403, detail: 'gone' }],
    [400, '{"error_code":40002,"message":"no"}', 'bad-request', { errorCode: 40002, detail: 'no' }],
    [409, '{"message":"no"}', 'bad-request', { errorCode: undefined, status: 409 }],
    [408, '', 'unavailable', {}],
    [500, '{"errors":[{"detail":"broken"}]}', 'unavailable', { detail: 'broken' }],
    [503, 'null', 'unavailable', { detail: 'null' }],
    [302, '', 'malformed', { status: 302 }],
    [200, '<html>sign in</html>', 'malformed', { detail: 'not JSON' }],
    [200, '{"rows":[]}', 'malformed', { detail: 'no list "data" in it' }],
    [
      200,
      '{"data":[],"metadata":{"next":"?page_token=2"}}',
      'malformed',
      { detail: expect.stringMatching(/several pages/) as string },
    ],
    [200, '[]', 'malformed', {}],
    [200, 'null', 'malformed', {}],
    [200, '', 'malformed', {}],
  ])('of %d %s is %s', async (status, body, kind, others) => {
    const failure = await failureOf((await clientOf(status, JSON_TYPE, body)).topics());
    expect(failure).toMatchObject({ kind, method: 'GET', outcomeUnknown: false, ...others });
    expect(failure.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/kafka\/v3\/clusters\/lkc-1\/topics$/);
  });

  test('that is a page is told by its words', async () => {
    const page = '<html><style>p {}</style><body><h2>HTTP ERROR 429\n Too Many</h2></body></html>';
    const { kind, detail } = await failureOf((await clientOf(429, { 'content-type': 'text/html' }, page)).topics());
    expect([kind, detail]).toEqual(['throttled', 'HTTP ERROR 429 Too Many']);
  });

  test('of any length is told in short', async () => {
    const { detail } = await failureOf((await clientOf(500, {}, 'x'.repeat(9000))).topics());
    expect(detail).toBe(`${'x'.repeat(300)}…`);
  });

  test('that cannot be understood leaves open whether a write was done', async () => {
    const kafka = await clientOf(200, JSON_TYPE, '{}');
    const failure = await failureOf(kafka.operate('l', 'failover', ['orders']));
    expect(failure).toMatchObject({ kind: 'malformed', outcomeUnknown: true });
  });

  test('may ask for a later time by a date', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
    const { retryAfterMs } = await failureOf((await clientOf(429, { 'retry-after': inAnHour }, '')).topics());
    expect(Math.round(retryAfterMs! / 60_000)).toBe(60);
  });
});

describe('a secret', () => {
  test('is sent to the service, and told by nobody', async () => {
    let received: string | undefined;
    const events: RequestEvent[] = [];
    const url = await answeringServer((request, response) => {
      received = request.headers.authorization;
      const message = `bad header ${received} of ${credentials.secret}`;
      response.writeHead(401, JSON_TYPE).end(JSON.stringify({ error_code: 401, message }));
    });
    const kafka = client(url, (event) => events.push(event));
    const failure = await failureOf(kafka.topics());
    expect(received).toBe(`Basic ${encoded}`);
    expect(failure.detail).toBe('bad header Basic *** of ***');
    const told = inspect([failure, events, kafka], { depth: 12, showHidden: true }) + JSON.stringify([failure, events]);
    expect(told).not.toContain(encoded);
    expect(told).not.toContain(credentials.secret);
  });
});

describe('the address of a service', () => {
  test.each([
    ['http://pkc-1.confluent.cloud', /would send the API key in clear/],
    ['pkc-1.confluent.cloud:443', /is no address of a service/],
    ['user:hush@pkc-1.confluent.cloud', /is no address of a service/],
    ['https://user:hush@pkc-1.confluent.cloud', /holds a user or a password/],
    ['https://pkc-1.confluent.cloud/kafka', /has a path; give https:\/\/pkc-1.confluent.cloud alone/],
  ])('is not %s', (url, message) => {
    expect(() => client(url)).toThrow(message);
    expect(() => client(url)).not.toThrow(/hush/);
  });

  test.each([
    'https://pkc-1.confluent.cloud:443',
    'https://pkc-1.confluent.cloud/',
    'http://localhost:1',
    'http://[::1]:1',
  ])('may be %s', (url) => expect(() => client(url)).not.toThrow());
});

describe('a listener', () => {
  test('hears of each attempt what a journal needs', async () => {
    const events: RequestEvent[] = [];
    const url = await answeringServer((_request, response) => response.end('{"data":[]}'));
    await client(url, (event) => events.push(event)).mirrors('orders-dr');
    const [event] = events as Extract<RequestEvent, { type: 'attempt' }>[];
    expect(events).toEqual([
      {
        type: 'attempt',
        at: new Date(event.at).toISOString(),
        method: 'GET',
        url: `${url}/kafka/v3/clusters/lkc-1/links/orders-dr/mirrors`,
        effect: 'read',
        attempt: 1,
        durationMs: Math.abs(Math.round(event.durationMs)),
        way: 'literal',
        status: 200,
      },
    ]);
  });
});
