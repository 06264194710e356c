import { type FastifyInstance } from 'fastify';
import { aclRoutes } from '../kafka/acl-routes';
import { consumerGroupRoutes } from '../kafka/consumer-group-routes';
import { findKafkaCluster, isProvisioned } from '../kafka/kafka-clusters';
import { topicRoutes } from '../kafka/topic-routes';
import { linkRoutes } from '../linking/link-routes';
import { linkSettingRoutes } from '../linking/link-setting-routes';
import { mirrorRoutes } from '../linking/mirror-routes';
import { authorizeKafka, type KafkaAction } from '../organization/authorization';
import { notFound } from '../refusal';
import { callerOf } from './authentication';
import { clusterData } from './kafka-answers';
import { type KafkaPlane } from './kafka-call';
import { newPlane, param, Plane, type SubjectOf } from './plane';
import { carryOut, type DataPlane } from './served-cloud';

/** Kafka REST v3 of a cluster. */
export const KAFKA_PLANE = new Plane<DataPlane>(kafkaRoutes);

function kafkaRoutes(dataPlaneOf: SubjectOf<DataPlane>): FastifyInstance {
  const app = newPlane({
    errorBody: (_status, code, message) => ({ error_code: code, message }),
    reads: ['application/json'],
  });
  const plane: KafkaPlane = {
    app,
    root: '/kafka/v3/clusters/:cluster',
    call: async (request, command) => {
      const { cloud, id: clusterId } = dataPlaneOf(request);
      await cloud.brokers?.look();
      return carryOut(cloud, request, (state) => {
        const caller = callerOf(state, clusterId, request);
        cloud.noteCaller(request, caller);
        const cluster = findKafkaCluster(state, clusterId);
        if (param(request, 'cluster') !== clusterId || !isProvisioned(state, cluster)) {
          throw notFound(`Cluster ${param(request, 'cluster')} cannot be found.`);
        }
        const base = `${cloud.endpointOf(clusterId)}/kafka/v3/clusters/${clusterId}`;
        const authorize = (...actions: KafkaAction[]): void =>
          actions.forEach((action) => authorizeKafka(state, cluster, caller.ownerId, action));
        return command({ state, cluster, caller, base, authorize });
      });
    },
  };
  app.get(plane.root, (request) => plane.call(request, ({ cluster, base }) => clusterData(base, cluster.id)));
  topicRoutes(plane);
  aclRoutes(plane);
  linkRoutes(plane);
  linkSettingRoutes(plane);
  mirrorRoutes(plane);
  consumerGroupRoutes(plane);
  return app;
}
