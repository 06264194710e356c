import { closeLabs, Lab, LINK } from '../../../confluent-dr-lab/test/cloud/support/lab';
import { type FailureKind, RequestFailure } from '../../src/client/request-failure';
import { type MemberReading, type MemberSource, MOST_REASONS, readMember } from '../../src/observe/member-reader';
import { type Reading } from '../../src/observe/reading';
import { closeClients, kafkaClient, recorder, registryClient } from '../client/support/clients';
import { failureOf } from '../client/support/failures';

afterEach(async () => {
  await closeClients();
  await closeLabs();
});

const PARTS = ['topics', 'link', 'linkConfigs', 'mirrors'];

function allOf(kind: FailureKind | 'known'): Record<string, FailureKind | 'known'> {
  return Object.fromEntries(PARTS.map((part) => [part, kind]));
}

async function pairedLab(): Promise<Lab> {
  const lab = await Lab.start();
  await lab.pair();
  return lab;
}

function wholeSource(lab: Lab): MemberSource {
  const kafka = kafkaClient(lab, 'secondary');
  const principal = `User:${lab.sample.administratorId}`;
  return { kafka, linkName: LINK, registry: registryClient(lab, 'secondary'), principal };
}

function kinds(reading: MemberReading): Record<string, FailureKind | 'known'> {
  return Object.fromEntries(
    Object.entries(reading).map(([part, value]: [string, Reading<unknown>]) => [
      part,
      value.known ? 'known' : value.failure.kind,
    ]),
  );
}

describe('reading a member', () => {
  test('tells topics, link, tasks, mirrors, ACLs and exporters', async () => {
    const reading = await readMember(wholeSource(await pairedLab()));
    expect(reading).toMatchObject({
      topics: { known: true, value: [{ topic_name: 'orders' }] },
      link: { known: true, value: { link_name: LINK, link_state: 'ACTIVE' } },
      mirrors: { known: true, value: [{ mirror_topic_name: 'orders', mirror_status: 'ACTIVE' }] },
      acls: { known: true },
      exporters: { known: true, value: [] },
    });
    expect(reading.link.known && reading.link.value.tasks).toHaveLength(4);
    expect(reading.acls?.known && reading.acls.value).toHaveLength(4);
  });

  test('leaves out what nobody asked for', async () => {
    const lab = await pairedLab();
    const without = await readMember({ kafka: kafkaClient(lab, 'secondary'), linkName: LINK });
    const mirrorsOnly = await readMember(wholeSource(lab), { mirrorsOnly: true });
    expect(Object.keys(without)).toEqual(PARTS);
    expect(Object.keys(mirrorsOnly)).toEqual(PARTS);
  });

  test('takes as many requests for many topics as for one', async () => {
    const lab = await pairedLab();
    const { events, onRequest } = recorder();
    const source = { kafka: kafkaClient(lab, 'secondary', { onRequest }), linkName: LINK };
    await readMember(source);
    expect(events).toHaveLength(4);
    for (let number = 0; number < 40; number += 1) {
      await lab.kafka('primary', 'POST /topics', { topic_name: `t${number}` });
      await lab.kafka('secondary', `POST /links/${LINK}/mirrors`, { source_topic_name: `t${number}` });
    }
    events.splice(0);
    const { mirrors } = await readMember(source);
    expect(mirrors.known && mirrors.value).toHaveLength(41);
    expect(events).toHaveLength(4);
  });

  test('asks a few of the mirrors that do not get on for their reasons', async () => {
    const lab = await pairedLab();
    for (let number = 0; number < 9; number += 1) {
      await lab.kafka('primary', 'POST /topics', { topic_name: `t${number}` });
      await lab.kafka('secondary', `POST /links/${LINK}/mirrors`, { source_topic_name: `t${number}` });
    }
    await lab.fault({ kind: 'mirror-failed', target: lab.member('secondary').clusterId });
    const { events, onRequest } = recorder();
    const { mirrors } = await readMember({ kafka: kafkaClient(lab, 'secondary', { onRequest }), linkName: LINK });
    const rows = mirrors.known ? mirrors.value : [];
    expect(rows.filter((row) => row.mirror_state_transition_errors !== undefined)).toHaveLength(MOST_REASONS);
    expect(rows).toHaveLength(10);
    expect(events).toHaveLength(4 + MOST_REASONS);
  });

  test.each<[object, FailureKind]>([
    [{ kind: 'refused' }, 'refused'],
    [{ kind: 'unavailable' }, 'unavailable'],
    [{ kind: 'hanging' }, 'timeout'],
    [{ kind: 'throttled', retryAfterSeconds: 3600 }, 'throttled'],
    [{ kind: 'cut', method: 'GET' }, 'cut'],
  ])('that is under %j tells %s of each part', async (fault, kind) => {
    const lab = await pairedLab();
    await lab.fault({ target: lab.member('primary').clusterId, ...fault });
    const kafka = kafkaClient(lab, 'primary', {
      retry: { attempts: 1 },
      timeLimits: kind === 'timeout' ? { answerMs: 100 } : {},
    });
    expect(kinds(await readMember({ kafka, linkName: LINK }))).toEqual(allOf(kind));
  });

  test('with a wrong key tells so', async () => {
    const lab = await pairedLab();
    const kafka = kafkaClient(lab, 'primary', { credentials: lab.member('secondary').kafka });
    const reading = await readMember({ kafka, linkName: LINK });
    expect(kinds(reading)).toEqual(allOf('unauthorized'));
  });

  test('without the link tells the rest', async () => {
    const reading = await readMember({ kafka: kafkaClient(await pairedLab(), 'secondary'), linkName: 'another' });
    expect(kinds(reading)).toEqual({ ...allOf('known'), link: 'not-found', linkConfigs: 'not-found' });
  });

  test('tells one part that fails, and the others', async () => {
    const lab = await pairedLab();
    await lab.fault({ kind: 'unavailable', target: lab.member('secondary').registryId });
    const source = { ...wholeSource(lab), registry: registryClient(lab, 'secondary', { retry: { attempts: 1 } }) };
    expect(kinds(await readMember(source))).toEqual({ ...allOf('known'), acls: 'known', exporters: 'unavailable' });
  });

  test('leaves no request behind that is on its way when another one of its part has failed', async () => {
    const source = wholeSource(await pairedLab());
    const order: string[] = [];
    const refused = {
      ...({ method: 'GET', url: 'https://kafka/acls', effect: 'read', sent: true } as const),
      detail: '',
    };
    jest.spyOn(source.kafka, 'acls').mockImplementation(async ({ principal } = {}) => {
      if (principal !== 'User:*') {
        throw new RequestFailure({ ...refused, kind: 'forbidden' });
      }
      await source.kafka.topics();
      await source.kafka.topics();
      order.push('answered');
      return [];
    });
    expect(kinds(await readMember(source).finally(() => order.push('read')))).toMatchObject({ acls: 'forbidden' });
    expect(order).toEqual(['answered', 'read']);
  });

  test('ends with its signal', async () => {
    const lab = await pairedLab();
    await lab.fault({ kind: 'hanging', target: lab.member('primary').clusterId });
    const stop = new AbortController();
    const reading: Promise<RequestFailure> = failureOf(
      readMember({ kafka: kafkaClient(lab, 'primary'), linkName: LINK }, { signal: stop.signal }),
    );
    setTimeout(() => stop.abort(), 30);
    expect((await reading).kind).toBe('aborted');
  });
});
