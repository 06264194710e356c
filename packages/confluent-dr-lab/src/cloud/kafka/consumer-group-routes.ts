import { clusterCrn, list, metadata } from '../http/kafka-answers';
import { type KafkaPlane } from '../http/kafka-call';
import { param } from '../http/plane';
import { type KafkaAction, mayOnKafka, onTopic } from '../organization/authorization';
import { forbidden, notFound } from '../refusal';
import { type CloudState } from '../state';
import { type ConsumerGroup, type KafkaCluster } from './acls';
import { isConsuming } from './traffic';

const onGroup = (resourceName: string): KafkaAction => ({
  operation: 'DESCRIBE',
  resourceType: 'GROUP',
  resourceName,
});

/** Groups of consumers and how far they are behind; the lags are told by dedicated clusters alone. */
export function consumerGroupRoutes({ app, root, call }: KafkaPlane): void {
  const groups = `${root}/consumer-groups`;
  app.get(groups, (request) =>
    call(request, ({ state, cluster, caller, base }) => {
      const seen = [...cluster.consumerGroups.values()].filter(({ id }) =>
        mayOnKafka(state, cluster, caller.ownerId, onGroup(id)),
      );
      const data = seen.map((group) => groupData(base, state, cluster, group));
      return list('KafkaConsumerGroupList', `${base}/consumer-groups`, data);
    }),
  );
  app.get(`${groups}/:group/lags`, (request) =>
    call(request, ({ state, cluster, caller, base, authorize }) => {
      const id = param(request, 'group');
      authorize(onGroup(id));
      if (cluster.kind !== 'Dedicated') {
        throw forbidden(`Consumer lags are told by dedicated clusters alone; this one is ${cluster.kind}.`);
      }
      const group = cluster.consumerGroups.get(id);
      if (!group) {
        throw notFound(`Consumer group ${id} could not be found.`);
      }
      const mayDescribe = (topic: string): boolean =>
        mayOnKafka(state, cluster, caller.ownerId, onTopic('DESCRIBE', topic));
      const data = lagsOf(base, state, cluster, group, mayDescribe);
      return list('KafkaConsumerLagList', `${base}${pathOf(group)}/lags`, data);
    }),
  );
}

const pathOf = ({ id }: ConsumerGroup): string => `/consumer-groups/${encodeURIComponent(id)}`;

function groupData(base: string, state: CloudState, cluster: KafkaCluster, group: ConsumerGroup): object {
  const path = pathOf(group);
  const consuming = isConsuming(state, group);
  return {
    kind: 'KafkaConsumerGroup',
    metadata: metadata(base, path, `${clusterCrn(cluster.id)}/consumer-group=${group.id}`),
    cluster_id: cluster.id,
    consumer_group_id: group.id,
    is_simple: false,
    partition_assignor: consuming ? 'range' : '',
    state: consuming ? 'STABLE' : 'EMPTY',
    coordinator: { related: `${base}/brokers/0` },
    consumer: { related: `${base}${path}/consumers` },
    lag_summary: { related: `${base}${path}/lag-summary` },
  };
}

/** One row for each partition that the group has an offset of. */
function lagsOf(
  base: string,
  state: CloudState,
  cluster: KafkaCluster,
  group: ConsumerGroup,
  mayDescribe: (topic: string) => boolean,
): object[] {
  const consumer = isConsuming(state, group) ? `${group.id}-1` : '';
  return [...group.offsets]
    .filter(([topic]) => cluster.topics.has(topic) && mayDescribe(topic))
    .flatMap(([topic, offsets]) =>
      offsets.map((current, partition) => {
        const { end = current } = cluster.topics.get(topic)?.partitions[partition] ?? {};
        const path = `${pathOf(group)}/lags/${topic}/partitions/${partition}`;
        const name = `${clusterCrn(cluster.id)}/consumer-group=${group.id}/lag=${topic}/partition=${partition}`;
        return {
          kind: 'KafkaConsumerLag',
          metadata: metadata(base, path, name),
          cluster_id: cluster.id,
          consumer_group_id: group.id,
          topic_name: topic,
          partition_id: partition,
          current_offset: current,
          log_end_offset: end,
          lag: end - current,
          consumer_id: consumer,
          instance_id: null,
          client_id: consumer,
        };
      }),
    );
}
