import { probe, type ProbeLimits, type Target } from '../../src/probe/probe';
import { outcomeOf, type ProbeResult } from '../../src/probe/probe-result';
import { requestApiVersions, requestOverHttp } from '../../src/probe/service-requests';
import { knownToHang, nthOf } from '../support/known-to-hang';
import { certificateFor } from './support/certificates';
import { closeServers, CLUSTER_ADDRESS, kafkaServer, restServer, tcpServer } from './support/servers';

afterEach(closeServers);

const certificate = certificateFor('pkc-1.test');
const credentials = { key: 'KEY', secret: 'geheimnis' };
const askRest = requestOverHttp({ authority: 'pkc-1.test', path: '/x', credentials });

function probed(port: number, target: Partial<Target> = {}, limits: ProbeLimits = {}): Promise<ProbeResult> {
  const to = { addresses: [CLUSTER_ADDRESS], result: { kind: 'ok', detail: CLUSTER_ADDRESS } } as const;
  return probe(
    { service: 'kafka', way: 'direct', host: 'pkc-1.test', port, secure: true, to, ask: requestApiVersions, ...target },
    { trusted: certificate.cert, limitMs: 30_000, ...limits },
  );
}

describe('a way to a service', () => {
  test('of Kafka leads through connection, TLS and ApiVersions', async () => {
    const port = await kafkaServer(certificate);
    const result = await probed(port);
    expect(result.layers).toMatchObject({
      connection: { kind: 'ok', detail: `with ${CLUSTER_ADDRESS} port ${port}` },
      tls: { kind: 'ok', detail: expect.stringMatching(/^certificate of pkc-1\.test, good until \d{4}-/) as string },
      answer: { kind: 'ok', detail: 'Kafka with 2 APIs' },
    });
    expect(outcomeOf(result)).toBe('answers');
  });

  test('takes an answer that comes in pieces', async () => {
    expect(outcomeOf(await probed(await kafkaServer(certificate, 'in-pieces')))).toBe('answers');
  });

  test('tries all addresses of a host', async () => {
    const to = { addresses: ['127.0.0.9', CLUSTER_ADDRESS], result: { kind: 'ok', detail: '' } } as const;
    expect(outcomeOf(await probed(await kafkaServer(certificate), { to }))).toBe('answers');
  });

  test.each([
    ['hangs-up', 'faulty', /closed/],
    ['gibberish', 'faulty', /does not speak the Kafka protocol/],
  ] as const)('to a broker that %s is %s', async (manner, outcome, detail) => {
    const result = await probed(await kafkaServer(certificate, manner));
    expect(outcomeOf(result)).toBe(outcome);
    expect(result.layers.answer).toMatchObject({ detail: expect.stringMatching(detail) as string });
  });

  test('to a broker that is silent ends in time', async () => {
    knownToHang(nthOf(3, () => true));
    const result = await probed(await kafkaServer(certificate, 'silent'), {}, { limitMs: 2000 });
    expect(result.layers.answer).toEqual({
      kind: 'failed',
      failure: 'timeout',
      detail: 'nothing came within 2000 ms',
    });
  });

  test.each([
    [200, '{}', 'answers', 'HTTP 200'],
    [401, '{"error_code":40101,"message":"no such key"}', 'declines', 'HTTP 401: no such key'],
    [403, '', 'declines', 'HTTP 403'],
    [429, '', 'declines', 'HTTP 429'],
    [503, '<html>Bad <b>gateway</b></html>', 'faulty', 'HTTP 503: Bad gateway'],
    [200, '<html>Log in to the hotel</html>', 'faulty', 'HTTP 200 without JSON; something else answers there'],
    [500, `{"message":"key geheimnis"}`, 'faulty', 'HTTP 500: key ***'],
  ])('to a REST API that answers %i %s is "%s"', async (status, body, outcome, detail) => {
    const port = await restServer(certificate, status, body);
    const result = await probed(port, { service: 'rest', ask: askRest });
    expect([outcomeOf(result), result.layers.answer]).toEqual([outcome, expect.objectContaining({ detail })]);
  });

  test('ends at a certificate that is not for the host, and at one that nobody vouches for', async () => {
    const port = await kafkaServer(certificate);
    const other = await probed(port, { host: 'pkc-2.test' });
    expect(outcomeOf(other)).toBe('stranger');
    expect(other.layers.tls).toMatchObject({ detail: expect.stringMatching(/pkc-2\.test.*altnames/) as string });
    expect(outcomeOf(await probed(port, {}, { trusted: undefined }))).toBe('stranger');
  });

  test('ends at what speaks no TLS', async () => {
    const port = await tcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    expect(outcomeOf(await probed(port))).toBe('stranger');
  });

  test('tells a connection that is closed at once, one where nothing comes, and one that nobody takes', async () => {
    const closing = await tcpServer((socket) => socket.once('data', () => socket.destroy()));
    expect(outcomeOf(await probed(closing))).toBe('closed');
    const ending = await tcpServer((socket) => socket.end());
    expect(outcomeOf(await probed(ending))).toBe('closed');
    const silent = await tcpServer(() => undefined);
    knownToHang(nthOf(2, (asked) => asked.endsWith(`:${silent}`)));
    expect(outcomeOf(await probed(silent))).toBe('silent');
    await closeServers();
    expect(outcomeOf(await probed(silent))).toBe('no-connection');
  });

  test('is not gone where no address was found', async () => {
    const result = { kind: 'failed', failure: 'dns', detail: 'ENOTFOUND' } as const;
    const seen = await probed(1, { to: { addresses: [], result } });
    expect(outcomeOf(seen)).toBe('no-address');
    expect(seen.layers.connection.kind).toBe('not-asked');
  });

  test('has no TLS in the lab', async () => {
    const port = await tcpServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n{}')));
    const result = await probed(port, { service: 'rest', secure: false, ask: askRest });
    expect(result.layers.tls).toEqual({ kind: 'not-asked', because: 'lab-without-tls' });
    expect(outcomeOf(result)).toBe('answers');
  });

  test('ends when the caller gives up', async () => {
    const port = await tcpServer(() => undefined);
    const caller = new AbortController();
    const result = probed(port, {}, { signal: caller.signal });
    caller.abort(new Error('given up'));
    await expect(result).rejects.toThrow('given up');
  });
});
