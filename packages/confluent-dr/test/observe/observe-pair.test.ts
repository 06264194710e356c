import { closeLabs, Lab, LINK } from '../../../confluent-dr-lab/test/cloud/support/lab';
import { STEP } from '../../../confluent-dr-lab/test/cloud/support/model-pair';
import { observePair, type PairSource } from '../../src/observe/observe-pair';
import { type PairObservation, type SideOfTopic } from '../../src/observe/pair-observation';
import { closeClients, kafkaClient, recorder } from '../client/support/clients';

afterEach(async () => {
  await closeClients();
  await closeLabs();
});

async function pairedLab(settings: Readonly<Record<string, string>> = {}): Promise<Lab> {
  const lab = await Lab.start();
  await lab.pair(settings);
  return lab;
}

type Options = Parameters<typeof kafkaClient>[2];

function sourceOf(lab: Lab, topics?: readonly string[], primary: Options = {}): PairSource {
  return {
    members: {
      primary: { kafka: kafkaClient(lab, 'primary', { retry: { attempts: 1 }, ...primary }), linkName: LINK },
      secondary: { kafka: kafkaClient(lab, 'secondary'), linkName: LINK },
    },
    topics,
  };
}

async function observed(lab: Lab, topics?: readonly string[], primary?: Options): Promise<PairObservation> {
  return (await observePair(sourceOf(lab, topics, primary))).observation;
}

/** `primary, secondary` of a topic, in short. */
function sides({ topics }: PairObservation, name: string): string[] {
  const shown = (side: SideOfTopic): string => (side.kind === 'mirror' ? side.status : side.kind);
  const found = topics.find((topic) => topic.name === name)!;
  return [shown(found.sides.primary), shown(found.sides.secondary)];
}

describe('a pair at work', () => {
  test('is seen with both members, both ends of the link and each topic once', async () => {
    const lab = await pairedLab();
    await lab.produce('primary', 10);
    const { members, topics } = await observed(lab);
    expect(members.primary).toMatchObject({
      clusterId: lab.member('primary').clusterId,
      dataPlane: { kind: 'answers' },
      link: { kind: 'link', name: LINK, state: 'ACTIVE', prefix: '', paused: false },
    });
    const links = [members.primary.link, members.secondary.link].map((link) => link.kind === 'link' && link.linkId);
    expect(links[0]).toBe(links[1]);
    expect(topics).toHaveLength(1);
    expect(topics[0]).toMatchObject({
      name: 'orders',
      sides: {
        primary: { kind: 'topic', topicName: 'orders', partitions: 2 },
        secondary: {
          kind: 'mirror',
          topicName: 'orders',
          sourceTopicName: 'orders',
          linkName: LINK,
          status: 'ACTIVE',
          transitionErrors: [],
          partitions: 2,
        },
      },
    });
    const { secondary } = topics[0].sides;
    expect(secondary.kind === 'mirror' && secondary.lags.map(({ partition }) => partition)).toEqual([0, 1]);
    expect(secondary).not.toHaveProperty('error');
  });

  test('tells how far a mirror lags', async () => {
    const lab = await pairedLab();
    await lab.fault({ kind: 'replication-held', target: lab.member('secondary').clusterId });
    await lab.produce('primary', 10);
    await lab.wait(1000);
    const [{ sides: both }] = (await observed(lab)).topics;
    const lags = both.secondary.kind === 'mirror' ? both.secondary.lags : [];
    expect(lags.reduce((sum, { lag }) => sum + lag, 0)).toBe(10);
  });

  test('shows expected topics that a side lacks, and none that the link has nothing to do with', async () => {
    const lab = await pairedLab();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'bills' });
    await lab.kafka('primary', 'POST /topics', { topic_name: 'private' });
    const observation = await observed(lab, ['bills', 'none']);
    expect(observation.topics.map(({ name }) => name)).toEqual(['bills', 'none', 'orders']);
    expect(sides(observation, 'bills')).toEqual(['topic', 'absent']);
    expect(sides(observation, 'none')).toEqual(['absent', 'absent']);
  });

  test('finds a mirror with a prefix under the name that the primary has for it', async () => {
    const lab = await Lab.start();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' });
    await lab.createLink('secondary', { 'cluster.link.prefix': 'dr-' });
    await lab.createLink('primary');
    const body = { source_topic_name: 'orders', mirror_topic_name: 'dr-orders' };
    await lab.kafka('secondary', `POST /links/${LINK}/mirrors`, body);
    const { members, topics } = await observed(lab, ['orders', 'bills']);
    expect(members.secondary.link).toMatchObject({ prefix: 'dr-' });
    expect(topics).toMatchObject([
      { name: 'bills', sides: { secondary: { kind: 'absent', topicName: 'dr-bills' } } },
      { name: 'orders', sides: { primary: { kind: 'topic' }, secondary: { kind: 'mirror', topicName: 'dr-orders' } } },
    ]);
  });

  test('is seen by as many requests with many topics as with one', async () => {
    const lab = await pairedLab();
    for (let number = 0; number < 20; number += 1) {
      await lab.kafka('primary', 'POST /topics', { topic_name: `t${number}` });
      await lab.kafka('secondary', `POST /links/${LINK}/mirrors`, { source_topic_name: `t${number}` });
    }
    const { events, onRequest } = recorder();
    expect((await observed(lab, [], { onRequest })).topics).toHaveLength(21);
    expect(events).toHaveLength(4);
  });
});

describe('a pair that turns', () => {
  test('is seen on both sides, on the way and at the end', async () => {
    const lab = await pairedLab();
    await lab.operate('secondary', 'reverse-and-start-mirror');
    const underWay = sides(await observed(lab), 'orders');
    expect(underWay.some((status) => status.startsWith('PENDING_'))).toBe(true);
    await lab.wait(10 * STEP);
    expect(sides(await observed(lab), 'orders')).toEqual(['ACTIVE', 'STOPPED']);
    await lab.operate('primary', 'reverse-and-start-mirror');
    await lab.wait(10 * STEP);
    expect(sides(await observed(lab), 'orders')).toEqual(['STOPPED', 'ACTIVE']);
  });

  test('tells why it does not get on', async () => {
    const lab = await pairedLab();
    await lab.operate('secondary', 'reverse-and-start-mirror');
    const acl = { ...lab.acl('TOPIC', 'orders', 'READ') } as Record<string, string>;
    await lab.kafka('primary', `DELETE /acls?${new URLSearchParams(acl).toString()}`);
    await lab.wait(10 * STEP);
    const [topic] = (await observed(lab)).topics;
    const errors = Object.values(topic.sides).flatMap((side) => (side.kind === 'mirror' ? side.transitionErrors : []));
    expect(errors).toMatchObject([{ code: '40301' }]);
    expect(errors[0].message).toContain('Missing ACLs: READ on TOPIC orders');
  });

  test('tells the error of a mirror that failed', async () => {
    const lab = await pairedLab();
    await lab.fault({ kind: 'mirror-failed', target: lab.member('secondary').clusterId });
    const [topic] = (await observed(lab)).topics;
    expect(topic.sides.secondary).toMatchObject({ status: 'FAILED', error: 'ILLEGAL_STATE' });
  });
});

describe('a link', () => {
  test('that is paused says so', async () => {
    const lab = await pairedLab();
    const data = [{ name: 'cluster.link.paused', value: 'true' }];
    await lab.kafka('secondary', `PUT /links/${LINK}/configs:alter`, { data });
    const observation = await observed(lab);
    expect(observation.members.secondary.link).toMatchObject({ kind: 'link', paused: true });
    expect(observation.members.primary.link).toMatchObject({ kind: 'link', paused: false });
  });

  test('that is not there is absent, while the rest is known', async () => {
    const lab = await Lab.start();
    await lab.kafka('primary', 'POST /topics', { topic_name: 'orders' });
    const observation = await observed(lab, ['orders']);
    expect(observation.members.secondary.link).toEqual({ kind: 'absent', name: LINK });
    expect(sides(observation, 'orders')).toEqual(['topic', 'absent']);
  });

  test('tells the errors of its tasks', async () => {
    const lab = await pairedLab({ 'consumer.offset.sync.enable': 'true' });
    const { link } = (await observed(lab)).members.secondary;
    const task = link.kind === 'link' ? link.tasks.find(({ name }) => name === 'ConsumerOffsetSync') : undefined;
    expect(task?.state).toBe('IN_ERROR');
    expect(task?.errors[0].message).not.toBe('');
  });
});

describe('a member', () => {
  test.each(['refused', 'unavailable', 'hanging'] as const)(
    'that is %s leaves the other as known as before',
    async (kind) => {
      const lab = await pairedLab();
      await lab.fault({ kind, target: lab.member('primary').clusterId });
      const timeLimits = { answerMs: kind === 'hanging' ? 100 : 5000 };
      const observation = await observed(lab, ['bills'], { timeLimits });
      const { primary, secondary } = observation.members;
      expect(primary.dataPlane.kind).toBe(kind === 'hanging' ? 'timeout' : kind);
      expect(primary.link.kind).toBe('unknown');
      expect(secondary.dataPlane).toEqual({ kind: 'answers' });
      expect(sides(observation, 'orders')).toEqual(['unknown', 'ACTIVE']);
      expect(sides(observation, 'bills')).toEqual(['unknown', 'absent']);
    },
  );

  test('with a wrong key tells the cause, without the key', async () => {
    const lab = await pairedLab();
    const credentials = lab.member('secondary').kafka;
    const observation = await observed(lab, [], { credentials });
    const { dataPlane } = observation.members.primary;
    expect(dataPlane).toMatchObject({ kind: 'unauthorized' });
    expect(dataPlane.kind !== 'answers' && dataPlane.cause).toContain('the API key is wrong');
    expect(JSON.stringify(observation)).not.toContain(credentials.secret);
  });

  test('whose list of topics alone fails is known as far as its mirrors tell', async () => {
    const lab = await pairedLab();
    await lab.fault({ kind: 'unavailable', target: lab.member('primary').clusterId, path: '/topics' });
    const observation = await observed(lab);
    expect(observation.members.primary).toMatchObject({ dataPlane: { kind: 'answers' }, link: { kind: 'link' } });
    expect(sides(observation, 'orders')).toEqual(['unknown', 'ACTIVE']);
  });
});
