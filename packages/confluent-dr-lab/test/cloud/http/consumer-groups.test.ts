import { closeClients, kafkaClient } from '../../../../confluent-dr/test/client/support/clients';
import { closeLabs, Lab } from '../support/lab';

afterEach(async () => {
  await closeClients();
  await closeLabs();
});

/** A topic of two partitions with five records, of which the group has read three. */
async function consumedLab(): Promise<Lab> {
  const lab = await Lab.start();
  await lab.kafka('primary', 'POST /topics', { topic_name: 'orders', partitions_count: 2 });
  await lab.produce('primary', 5);
  await lab.lab(`GET /clusters/${lab.member('primary').clusterId}/topics/orders/records?group=billing/eu&max=3`);
  return lab;
}

describe('consumer groups of Kafka REST', () => {
  test('are listed with what they do', async () => {
    const lab = await consumedLab();
    const kafka = kafkaClient(lab, 'primary');
    const [group] = await kafka.consumerGroups();
    expect(group).toMatchObject({ consumer_group_id: 'billing/eu', state: 'STABLE', is_simple: false });
    await lab.wait(60_000);
    expect(await kafka.consumerGroups()).toMatchObject([{ state: 'EMPTY', partition_assignor: '' }]);
    expect(await kafkaClient(lab, 'secondary').consumerGroups()).toEqual([]);
  });

  test('tell by partition how far they are behind', async () => {
    const lab = await consumedLab();
    const kafka = kafkaClient(lab, 'primary');
    const group = { consumer_group_id: 'billing/eu', cluster_id: kafka.clusterId, instance_id: null };
    expect(await kafka.consumerLags('billing/eu')).toMatchObject([
      { ...group, topic_name: 'orders', partition_id: 0, current_offset: 3, log_end_offset: 3, lag: 0 },
      { ...group, topic_name: 'orders', partition_id: 1, current_offset: 0, log_end_offset: 2, lag: 2 },
    ]);
  });

  test('are 404 where there is no such group', async () => {
    const lab = await consumedLab();
    await expect(kafkaClient(lab, 'primary').consumerLags('billing')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('are seen only by who may describe them', async () => {
    const lab = await consumedLab();
    const stranger = kafkaClient(lab, 'primary', { credentials: await lab.newKey('primary') });
    expect(await stranger.consumerGroups()).toEqual([]);
    await expect(stranger.consumerLags('billing/eu')).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('do not tell their lags where the cluster is not a dedicated one', async () => {
    const lab = await consumedLab();
    await lab.cloud.perform((state) => {
      state.kafkaClusters.get(lab.member('primary').clusterId)!.kind = 'Standard';
    });
    const kafka = kafkaClient(lab, 'primary');
    expect(await kafka.consumerGroups()).toHaveLength(1);
    await expect(kafka.consumerLags('billing/eu')).rejects.toMatchObject({
      kind: 'forbidden',
      detail: expect.stringMatching(/dedicated clusters alone; this one is Standard/) as string,
    });
  });
});
