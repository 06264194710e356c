import { closeLabs, Lab, LINK, type Row } from '../support/lab';
import { STEP } from '../support/model-pair';

afterEach(closeLabs);

const reasonOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

describe('a data plane that is gone', () => {
  test('refuses connections, and comes back at the same address', async () => {
    const lab = await Lab.start();
    const { clusterId } = lab.member('primary');
    const address = lab.cloud.endpointOf(clusterId);
    const { body: fault } = await lab.fault({ kind: 'refused', target: clusterId });
    expect(await reasonOf(lab.kafka('primary', 'GET /topics'))).toBe('ECONNREFUSED');
    expect((await lab.kafka('secondary', 'GET /topics')).status).toBe(200);

    expect((await lab.lab(`DELETE /faults/${String(fault.id)}`)).status).toBe(204);
    expect((await lab.kafka('primary', 'GET /topics')).status).toBe(200);
    expect(lab.cloud.endpointOf(clusterId)).toBe(address);
  });

  test('cuts the connections that exist, also those that wait for an answer', async () => {
    const lab = await Lab.start();
    const { clusterId } = lab.member('primary');
    await lab.fault({ kind: 'hanging', target: clusterId, times: 1 });
    const waiting = reasonOf(lab.kafka('primary', 'GET /topics'));
    // The lab knows of the request once it has used up the fault.
    for (let faults = 1; faults > 0;) {
      faults = (await lab.lab<{ faults: unknown[] }>('GET /faults')).body.faults.length;
    }
    await lab.fault({ kind: 'refused', target: clusterId });
    expect(await waiting).toMatch(/SOCKET|ECONNRESET/);
  });

  test('accepts and never answers', async () => {
    const lab = await Lab.start();
    const { clusterId } = lab.member('primary');
    await lab.fault({ kind: 'hanging', target: clusterId });
    const url = `${lab.cloud.endpointOf(clusterId)}/kafka/v3/clusters/${clusterId}/topics`;
    await expect(fetch(url, { signal: AbortSignal.timeout(150) })).rejects.toThrow(/timeout|aborted/);
  });

  test('answers 503 as a load balancer does', async () => {
    const lab = await Lab.start();
    await lab.fault({ kind: 'unavailable', target: lab.member('primary').clusterId });
    expect(await lab.kafka('primary', 'GET /topics')).toMatchObject({ status: 503, body: { error_code: 503 } });
  });

  test.each(['refused', 'hanging', 'unavailable'])('is gone for links as well when it is %s', async (kind) => {
    const lab = await Lab.start();
    await lab.pair();
    await lab.fault({ kind, target: lab.member('primary').clusterId });
    const { data } = (await lab.operate('secondary', 'reverse-and-start-mirror')).body;
    expect(data[0].error_message).toMatch(/cannot reach each other/);
    expect((await lab.operate('secondary', 'failover')).body.data[0].error_message).toBeNull();
    await lab.wait(STEP);
    expect((await lab.mirror('secondary')).mirror_status).toBe('STOPPED');
  });

  test('makes the mirror SOURCE_UNAVAILABLE only after minutes', async () => {
    const lab = await Lab.start();
    await lab.pair();
    await lab.fault({ kind: 'refused', target: lab.member('primary').clusterId });
    await lab.wait(4 * 60_000);
    expect((await lab.mirror('secondary')).mirror_status).toBe('ACTIVE');
    await lab.wait(60_000);
    expect((await lab.mirror('secondary')).mirror_status).toBe('SOURCE_UNAVAILABLE');
  });
});

describe('a bad connection', () => {
  test('is slow', async () => {
    const lab = await Lab.start();
    await lab.fault({ kind: 'slow', target: lab.member('primary').clusterId, delayMs: 120 });
    const before = performance.now();
    expect((await lab.kafka('primary', 'GET /topics')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(110);
  });

  test('is throttled for as many requests as it is to, and says when to come again', async () => {
    const lab = await Lab.start();
    const target = lab.member('primary').clusterId;
    await lab.fault({ kind: 'throttled', target, retryAfterSeconds: 3, times: 2 });
    const first = await lab.kafka('primary', 'GET /topics');
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '3']);
    expect((await lab.kafka('primary', 'GET /topics')).status).toBe(429);
    expect((await lab.kafka('primary', 'GET /topics')).status).toBe(200);
  });

  test('cuts the answer in the middle, although what was asked for is done', async () => {
    const lab = await Lab.start();
    const target = lab.member('primary').clusterId;
    await lab.fault({ kind: 'cut', target, method: 'POST', path: '/topics', times: 1 });
    expect(await reasonOf(lab.kafka('primary', 'POST /topics', { topic_name: 'orders' }))).not.toBe('answered');
    expect(await lab.rows('primary', 'GET /topics')).toHaveLength(1);
  });

  test('hits only the requests that it is meant for', async () => {
    const lab = await Lab.start();
    const target = lab.member('primary').clusterId;
    await lab.fault({ kind: 'unavailable', target, method: 'POST', path: '/acls' });
    expect((await lab.kafka('primary', 'GET /acls')).status).toBe(200);
    expect((await lab.kafka('primary', 'POST /acls', lab.acl('TOPIC', 'a', 'READ'))).status).toBe(503);
    await lab.fault({ kind: 'refused', target, path: '/links', times: 1 });
    expect(await reasonOf(lab.kafka('primary', 'GET /links'))).not.toBe('answered');
    expect((await lab.kafka('primary', 'GET /links')).status).toBe(200);
  });

  test('can be that of the control plane, or of a registry', async () => {
    const lab = await Lab.start();
    await lab.fault({ kind: 'throttled', target: 'control-plane', retryAfterSeconds: 1 });
    expect(await lab.control('GET /org/v2/environments')).toMatchObject({
      status: 429,
      body: { errors: [{ status: '429' }] },
    });
    await lab.fault({ kind: 'refused', target: lab.member('primary').registryId });
    expect(await reasonOf(lab.registry('primary', 'GET /'))).toBe('ECONNREFUSED');
    expect((await lab.lab('DELETE /faults')).status).toBe(204);
    expect((await lab.registry('primary', 'GET /')).status).toBe(200);
  });
});

describe('a fault inside the cloud', () => {
  test('refuses one topic in its row of a 200, and lets the others pass', async () => {
    const lab = await Lab.start();
    await lab.pair();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'other' });
    await lab.kafka('secondary', `POST /links/${LINK}/mirrors`, { source_topic_name: 'other' });
    const target = lab.member('secondary').clusterId;
    await lab.fault({ kind: 'mirror-refused', target, topic: 'other', code: 400, message: 'Not today' });
    const names = { mirror_topic_name_pattern: '.*' };
    const answer = await lab.kafka('secondary', `POST /links/${LINK}/mirrors:failover`, names);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: [
          { mirror_topic_name: 'orders', error_code: null, error_message: null },
          { mirror_topic_name: 'other', error_code: 400, error_message: 'Not today' },
        ],
      },
    });
  });

  test('makes a mirror FAILED, until it is taken away', async () => {
    const lab = await Lab.start();
    await lab.pair();
    const { body } = await lab.fault({ kind: 'mirror-failed', target: lab.member('secondary').clusterId });
    expect(await lab.mirror('secondary')).toMatchObject({
      mirror_status: 'FAILED',
      mirror_topic_error: 'ILLEGAL_STATE',
    });
    await lab.lab(`DELETE /faults/${String(body.id)}`);
    expect(await lab.mirror('secondary')).toMatchObject({ mirror_status: 'ACTIVE', mirror_topic_error: 'NO_ERROR' });
  });

  test('leaves a transition where it is', async () => {
    const lab = await Lab.start();
    await lab.pair();
    await lab.fault({ kind: 'mirror-stuck', target: lab.member('secondary').clusterId, topic: 'orders' });
    await lab.operate('secondary', 'promote');
    await lab.wait(100 * STEP);
    expect((await lab.mirror('secondary')).mirror_status).toBe('PENDING_STOPPED');
  });

  test('holds the replication of a mirror that is stuck, and lets it go on', async () => {
    const lab = await Lab.start();
    await lab.pair();
    const { body } = await lab.fault({ kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
    await lab.produce('primary', 7);
    await lab.wait(100 * STEP);
    const lag = async (): Promise<number> => {
      const { mirror_lags: lags } = (await lab.mirror('secondary')) as { mirror_lags: { lag: number }[] };
      return lags.reduce((sum, { lag }) => sum + lag, 0);
    };
    expect(await lag()).toBe(7);
    await lab.lab(`DELETE /faults/${String(body.id)}`);
    await lab.wait(STEP);
    expect(await lag()).toBe(0);
  });

  test.each([
    [{ kind: 'task-stuck', target: 'control-plane', task: 'colour' }, 400],
    [{ kind: 'colour', target: 'control-plane' }, 400],
    [{ kind: 'refused', target: 'lkc-none' }, 404],
    [{ kind: 'refused' }, 400],
  ])('is refused as %j', async (fault, status) => {
    const lab = await Lab.start();
    expect((await lab.fault(fault)).status).toBe(status);
  });

  test.each([
    [{ kind: 'slow', delayMs: -5 }, 'delayMs is -5; allowed is a whole number from 0 to 2147483647.'],
    [{ kind: 'slow', delayMs: 1e12 }, 'delayMs is 1000000000000; allowed is a whole number from 0 to 2147483647.'],
    [{ kind: 'throttled', retryAfterSeconds: -1 }, 'retryAfterSeconds is -1; allowed is a whole number from 0 to '],
    [{ kind: 'unavailable', times: 0 }, 'times is 0; allowed is a whole number from 1 to '],
    [{ kind: 'unavailable', times: 1.5 }, 'times is 1.5; allowed is a whole number from 1 to '],
    ...['mirror-refused', 'mirror-stuck', 'mirror-failed', 'replication-held', 'task-stuck'].map(
      (kind): [object, string] => [{ kind }, `${kind} is of mirrors and links, and control-plane has none`],
    ),
    [{ kind: 'exporter-error' }, 'exporter-error is of exporters, and control-plane has none'],
  ])('that would do nothing, or nobody knows what, is refused: %j', async (fault, message) => {
    const lab = await Lab.start();
    const { status, body } = await lab.fault({ target: 'control-plane', ...fault });
    expect([status, String(body.message)]).toEqual([400, expect.stringContaining(message)]);
    expect((await lab.lab<{ faults: Row[] }>('GET /faults')).body.faults).toEqual([]);
  });

  test('that there is none of cannot be taken away', async () => {
    const lab = await Lab.start();
    expect((await lab.lab('DELETE /faults/fault-x')).status).toBe(404);
  });
});
