import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { authorizeKafka, type KafkaAction } from '../../model/organization/authorization';
import { findKafkaCluster, isProvisioned } from '../../model/organization/kafka-clusters';
import { type KafkaCluster } from '../../model/kafka/records';
import { notFound } from '../../model/refusal';
import { type CloudState } from '../../model/state';
import { callerOf, type Caller } from '../authentication';
import { newPlane, param, Plane, type SubjectOf } from '../plane';
import { carryOut, type DataPlane } from '../world';
import { aclRoutes } from './acls';
import { consumerGroupRoutes } from './consumer-groups';
import { linkRoutes } from './links';
import { linkSettingRoutes } from './link-settings';
import { mirrorRoutes } from './mirrors';
import { clusterData } from './rendering';
import { topicRoutes } from './topics';

/** What a handler works with, once the caller is known. */
export interface KafkaCall {
  readonly state: CloudState;
  readonly cluster: KafkaCluster;
  readonly caller: Caller;
  /** The address that resources name as their own. */
  readonly base: string;
  readonly authorize: (...actions: KafkaAction[]) => void;
}

export interface KafkaPlane {
  readonly app: FastifyInstance;
  readonly root: string;
  readonly call: <T>(request: FastifyRequest, command: (call: KafkaCall) => T) => Promise<T>;
}

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
      const { world, id: clusterId } = dataPlaneOf(request);
      await world.brokers?.look();
      return carryOut(world, request, (state) => {
        const caller = callerOf(state, clusterId, request);
        world.noteCaller(request, caller);
        const cluster = findKafkaCluster(state, clusterId);
        if (param(request, 'cluster') !== clusterId || !isProvisioned(state, cluster)) {
          throw notFound(`Cluster ${param(request, 'cluster')} cannot be found.`);
        }
        const base = `${world.endpointOf(clusterId)}/kafka/v3/clusters/${clusterId}`;
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
