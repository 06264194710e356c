import { closeLabs, Lab, type Row } from '../support/lab';
import { STEP } from '../support/model-pair';

afterEach(closeLabs);

describe("the lab's clock", () => {
  test('runs by itself, at the rate that it is told', async () => {
    const lab = await Lab.start({ rate: 1000, timing: { clusterProvisioningMs: 10_000 } });
    const read = async (): Promise<number> => Date.parse(String((await lab.lab('GET /clock')).body.now));
    const before = await read();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect((await read()) - before).toBeGreaterThan(20_000);
  });

  test('stands still, is moved on, and never goes back', async () => {
    const lab = await Lab.start();
    const before = (await lab.lab('GET /clock')).body;
    expect((await lab.lab('GET /clock')).body).toEqual(before);
    const after = (await lab.lab('POST /clock', { advanceMs: 60_000 })).body;
    expect(Date.parse(String(after.now)) - Date.parse(String(before.now))).toBe(60_000);
    expect((await lab.lab('POST /clock', { advanceMs: -1 })).status).toBe(400);
    expect((await lab.lab('POST /clock', { rate: 2 })).body.rate).toBe(2);
  });

  test('does not leave the calendar', async () => {
    const lab = await Lab.start();
    for (const change of [{ advanceMs: 1e300 }, { rate: 1e300 }]) {
      const refused = await lab.lab('POST /clock', change);
      expect(refused.body.message).toMatch(/^Allowed is an advanceMs up to \d+, ten years, and a rate up to \d+\.$/);
      expect(refused.status).toBe(400);
    }
    expect((await lab.lab('GET /clock')).status).toBe(200);
  });
});

describe('records', () => {
  test('are produced and consumed, once each', async () => {
    const lab = await Lab.start();
    await lab.pair();
    const path = `/clusters/${lab.member('primary').clusterId}/topics/orders/records`;
    expect((await lab.produce('primary', 10)).body).toMatchObject({ ends: [5, 5] });
    expect((await lab.lab(`POST ${path}`, { count: 3, partition: 1 })).body).toMatchObject({ ends: [5, 8] });
    const read = async (query: string): Promise<Row[]> =>
      (await lab.lab<{ records: Row[] }>(`GET ${path}?group=billing&${query}`)).body.records;
    const [first, rest] = [await read('max=4'), await read('')];
    expect([first.length, rest.length, (await read('')).length]).toEqual([4, 9, 0]);
    expect(new Set([...first, ...rest].map(({ name }) => name)).size).toBe(13);
    expect((await lab.lab(`POST ${path}`, { count: 1, partition: 7 })).status).toBe(404);
    for (const count of [1.5, -1, 1e16, 2_147_483_648]) {
      expect(await lab.lab(`POST ${path}`, { count })).toMatchObject({
        status: 400,
        body: { message: `count is ${count}; allowed is a whole number from 0 to 2147483647.` },
      });
    }
  });

  test('are read up to a number that an answer can hold, whatever is asked for', async () => {
    const lab = await Lab.start();
    await lab.pair();
    const path = `/clusters/${lab.member('primary').clusterId}/topics/orders/records`;
    await lab.lab(`POST ${path}`, { count: 2_000_000_000 });
    const { records } = (await lab.lab<{ records: Row[] }>(`GET ${path}?max=99999999999999999999`)).body;
    expect(records).toHaveLength(100_000);
  });
});

describe('the event log', () => {
  test('tells who called what and how it went, without secrets', async () => {
    const lab = await Lab.start();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' });
    const wrong = { ...lab.member('primary').kafka, secret: 'guess' };
    await lab.kafka('primary', 'GET /topics', undefined, { key: wrong });
    const { clusterId, kafka } = lab.member('primary');
    const { events } = (await lab.lab<{ events: Row[] }>(`GET /events?target=${clusterId}`)).body;
    expect(events).toMatchObject([
      { method: 'POST', caller: `${lab.sample.administratorId} ${kafka.key}`, status: 201 },
      { method: 'GET', status: 401 },
    ]);
    expect(events[1]).not.toHaveProperty('caller');
    const { events: later } = (await lab.lab<{ events: Row[] }>(`GET /events?after=${String(events[0].number)}`)).body;
    expect(later).toHaveLength(1);
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`guess|${kafka.secret}`));
  });

  test('tells of callers that were left without an answer, and why', async () => {
    const lab = await Lab.start();
    const { clusterId } = lab.member('primary');
    await lab.fault({ kind: 'refused', target: clusterId, times: 1 });
    await lab.kafka('primary', 'GET /topics').catch(() => undefined);
    const { events } = (await lab.lab<{ events: Row[] }>(`GET /events?target=${clusterId}`)).body;
    expect(events).toMatchObject([{ status: 0, faults: ['refused'] }]);
  });
});

describe('the state', () => {
  test('is there to be looked at, without anything that opens something', async () => {
    const lab = await Lab.start({ seed: 'visible-seed' });
    await lab.pair();
    await lab.registry('primary', 'POST /exporters', { name: 'x', config: { 'basic.auth.user.info': 'KEY:HIDDEN' } });
    const { body } = await lab.lab('GET /state');
    const text = JSON.stringify(body);
    const { cloud, primary, secondary } = lab.sample;
    const keys = [cloud, primary.kafka, secondary.kafka, primary.schemaRegistry, secondary.schemaRegistry];
    expect(keys.filter(({ secret }) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/visible-seed|HIDDEN/);
    expect(Object.keys(body.kafkaClusters as Row)).toEqual([primary.clusterId, secondary.clusterId]);
    expect(text).toContain('"mirrors":{"orders":{"topicName":"orders"');
    expect(await lab.cloud.inspect()).toEqual(body);
  });
});

describe('startCloud', () => {
  test('seeds two environments with a cluster and a registry each, an account and keys', async () => {
    const lab = await Lab.start();
    const { primary, secondary, serviceAccountId } = lab.sample;
    expect(serviceAccountId).toMatch(/^sa-/);
    for (const member of [primary, secondary]) {
      expect(member).toMatchObject({
        environmentId: expect.stringMatching(/^env-/) as unknown,
        clusterId: expect.stringMatching(/^lkc-/) as unknown,
        registryId: expect.stringMatching(/^lsrc-/) as unknown,
      });
    }
    expect(primary.environmentId).not.toBe(secondary.environmentId);
  });

  test('starts empty if it is told to', async () => {
    const lab = await Lab.start({ sample: false });
    expect(lab.cloud.sample).toBeUndefined();
    expect(await lab.cloud.perform((state) => state.kafkaClusters.size)).toBe(0);
  });

  test('is up in no time, and leaves nothing open', async () => {
    const before = process.cpuUsage();
    const lab = await Lab.start();
    // Of the processor's time: a machine that has other things to do may take longer.
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
    const addresses = [lab.cloud.url, lab.cloud.endpointOf(lab.member('primary').clusterId)];
    await closeLabs();
    for (const address of addresses) {
      await expect(fetch(address)).rejects.toThrow(/fetch failed/);
    }
  });

  test('carries a switch-over by time that runs by itself', async () => {
    const lab = await Lab.start({ rate: 100 });
    await lab.pair();
    await lab.operate('secondary', 'reverse-and-start-mirror');
    await new Promise((resolve) => setTimeout(resolve, STEP / 50));
    expect((await lab.mirror('secondary')).mirror_status).toBe('STOPPED');
  });
});
