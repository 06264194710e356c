import { closeLabs, Lab } from '../../../confluent-dr-lab/test/cloud/support/lab';
import { eventually } from '../../../../test/support/waiting';
import { type FailureKind } from '../../src/client/request-failure';
import { closeClients, kafkaClient, recorder } from './support/clients';
import { failureOf } from './support/failures';

afterEach(async () => {
  await closeClients();
  await closeLabs();
});

const QUICK = { firstWaitMs: 1 };
const ACL = {
  resource_type: 'TOPIC',
  resource_name: 'orders',
  pattern_type: 'LITERAL',
  principal: 'User:sa-1',
  host: '*',
  operation: 'READ',
  permission: 'ALLOW',
} as const;

async function labWith(fault: object): Promise<Lab> {
  const lab = await Lab.start();
  await lab.fault({ target: lab.member('primary').clusterId, ...fault });
  return lab;
}

/** Waits until the only fault of a lab, which is there once, has been met: the request is under way. */
const met = (lab: Lab) =>
  eventually(
    () => lab.cloud.observe(({ faults }) => faults.size),
    (left) => left === 0,
    { what: 'the request' },
  );

describe('a read', () => {
  test.each<[object, FailureKind, number]>([
    [{ kind: 'refused' }, 'refused', 4],
    [{ kind: 'unavailable' }, 'unavailable', 4],
    [{ kind: 'throttled', retryAfterSeconds: 0 }, 'throttled', 4],
    [{ kind: 'cut', method: 'GET' }, 'cut', 4],
    [{ kind: 'refused', method: 'GET' }, 'cut', 4],
    [{ kind: 'hanging' }, 'timeout', 1],
  ])('under %j fails as %s after %d attempts', async (fault, kind, attempts) => {
    const lab = await labWith(fault);
    const { events, onRequest } = recorder();
    const timeLimits = kind === 'timeout' ? { answerMs: 80 } : {};
    const client = kafkaClient(lab, 'primary', { onRequest, timeLimits });
    const failure = await failureOf(client.topics());
    expect(failure).toMatchObject({ kind, effect: 'read', outcomeUnknown: false });
    expect(events.filter(({ type }) => type === 'attempt')).toHaveLength(attempts);
  });

  test.each([
    { kind: 'unavailable', times: 2 },
    { kind: 'throttled', retryAfterSeconds: 0, times: 2 },
    { kind: 'cut', times: 2 },
    { kind: 'refused', times: 2 },
  ])('outlives $kind that passes', async (fault) => {
    const lab = await labWith(fault);
    const { events, onRequest } = recorder();
    expect(await kafkaClient(lab, 'primary', { onRequest }).topics()).toEqual([]);
    expect(events.map(({ type }) => type)).toEqual(['attempt', 'waiting', 'attempt', 'waiting', 'attempt']);
  });

  test('of something slow waits for it', async () => {
    const lab = await labWith({ kind: 'slow', delayMs: 60 });
    expect(await kafkaClient(lab, 'primary').topics()).toEqual([]);
  });

  test('leaves a server alone for as long as it asks', async () => {
    const lab = await labWith({ kind: 'throttled', retryAfterSeconds: 1, times: 1 });
    const { events, onRequest } = recorder();
    await kafkaClient(lab, 'primary', { onRequest }).topics();
    expect(events[1]).toMatchObject({ type: 'waiting', waitMs: 1000, failure: 'throttled' });
  });

  test('does not wait for a server that asks for an hour, and tells it', async () => {
    const lab = await labWith({ kind: 'throttled', retryAfterSeconds: 3600 });
    const { events, onRequest } = recorder();
    const failure = await failureOf(kafkaClient(lab, 'primary', { onRequest }).topics());
    expect(failure).toMatchObject({ kind: 'throttled', status: 429, retryAfterMs: 3_600_000 });
    expect(failure.message).toContain('3600 s');
    expect(events).toHaveLength(1);
  });

  test('is given up at once by its signal, also between attempts', async () => {
    const lab = await labWith({ kind: 'throttled', retryAfterSeconds: 50 });
    const stop = new AbortController();
    const onRequest = ({ type }: { readonly type: string }): void => {
      if (type === 'waiting') {
        setTimeout(() => stop.abort(), 5);
      }
    };
    const failure = await failureOf(kafkaClient(lab, 'primary', { onRequest, signal: stop.signal }).topics());
    expect(failure).toMatchObject({ kind: 'aborted', sent: false });
  });

  test('that waits for an answer is given up by its signal', async () => {
    const lab = await labWith({ kind: 'hanging', times: 1 });
    const stop = new AbortController();
    const waiting = failureOf(kafkaClient(lab, 'primary').topics({ signal: stop.signal }));
    await met(lab);
    stop.abort();
    expect(await waiting).toMatchObject({ kind: 'aborted' });
  });

  test('is not begun after the signal', async () => {
    const lab = await Lab.start();
    const { events, onRequest } = recorder();
    const failure = await failureOf(kafkaClient(lab, 'primary', { onRequest, signal: AbortSignal.abort() }).topics());
    expect(failure.kind).toBe('aborted');
    expect(events).toEqual([]);
  });
});

describe('a write', () => {
  test.each<[object, FailureKind]>([
    [{ kind: 'cut', method: 'POST' }, 'cut'],
    [{ kind: 'refused', method: 'POST' }, 'cut'],
    [{ kind: 'unavailable', method: 'POST' }, 'unavailable'],
    [{ kind: 'hanging', method: 'POST' }, 'timeout'],
  ])('under %j is sent once, and may have been done', async (fault, kind) => {
    const lab = await labWith(fault);
    const { events, onRequest } = recorder();
    const timeLimits = kind === 'timeout' ? { answerMs: 80 } : {};
    const failure = await failureOf(kafkaClient(lab, 'primary', { onRequest, timeLimits }).createAcl(ACL));
    expect(failure).toMatchObject({ kind, effect: 'write', outcomeUnknown: true });
    expect(failure.message).toContain('It may have been done all the same');
    expect(events).toHaveLength(1);
  });

  test('whose answer was cut off is done indeed', async () => {
    const lab = await labWith({ kind: 'cut', method: 'POST' });
    const client = kafkaClient(lab, 'primary');
    await failureOf(client.createAcl(ACL));
    expect(await client.acls({ principal: 'User:sa-1' })).toMatchObject([
      { resource_name: 'orders', operation: 'READ' },
    ]);
  });

  test('that never left is known not to be done, and is not repeated', async () => {
    const lab = await labWith({ kind: 'refused' });
    const { events, onRequest } = recorder();
    const failure = await failureOf(kafkaClient(lab, 'primary', { onRequest }).createAcl(ACL));
    expect(failure).toMatchObject({ kind: 'refused', outcomeUnknown: false });
    expect(events).toHaveLength(1);
  });

  test('is repeated where the server had no time for it', async () => {
    const lab = await labWith({ kind: 'throttled', retryAfterSeconds: 0, times: 1 });
    const client = kafkaClient(lab, 'primary', { retry: QUICK });
    await client.createAcl(ACL);
    expect(await client.acls()).toHaveLength(1);
  });

  test('that is only validated is repeated as a read is', async () => {
    const lab = await Lab.start();
    await lab.pair();
    await lab.fault({ kind: 'unavailable', target: lab.member('secondary').clusterId, times: 1 });
    const client = kafkaClient(lab, 'secondary');
    const [outcome] = await client.operate('orders-dr', 'failover', ['orders'], { validateOnly: true });
    expect(outcome.result).toBe('accepted');
    expect((await client.mirror('orders-dr', 'orders')).mirror_status).toBe('ACTIVE');
  });

  test('given up in flight may have been done', async () => {
    const lab = await labWith({ kind: 'hanging', method: 'POST', times: 1 });
    const stop = new AbortController();
    const waiting = failureOf(kafkaClient(lab, 'primary').createAcl(ACL, { signal: stop.signal }));
    await met(lab);
    stop.abort();
    expect(await waiting).toMatchObject({ kind: 'aborted', outcomeUnknown: true });
  });
});
