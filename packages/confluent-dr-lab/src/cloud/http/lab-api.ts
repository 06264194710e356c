import { type FastifyInstance } from 'fastify';
import { findRegistry } from '../registry/registries';
import { findKafkaCluster } from '../kafka/kafka-clusters';
import { findTopic, refuseOnMirror } from '../kafka/topics';
import { consume, produce } from '../kafka/traffic';
import { newToken } from '../organization/users';
import { invalid, notFound } from '../refusal';
import { addFault, type FaultSpec, removeFault } from '../state';
import { inspectable } from '../state-file';
import { LINK_TASKS } from '../vocabulary';
import { Body } from './body';
import { count, newPlane, param, Plane, query, type SubjectOf } from './plane';
import { type ServedCloud } from './served-cloud';

const DEFAULT_READ = 100;
/** Each is an object of the answer. */
const MOST_READ = 100_000;
/** What a timer of Node takes, and what ends of logs can be counted by. */
const MOST = 2_147_483_647;
/** Far beyond it there are no dates. */
const LONGEST_MS = 315_360_000_000;
const FASTEST = 1_000_000;

/** What Confluent Cloud has not: a hand on time, traffic and faults, and a look inside. Needs no key: loopback only. */
export const LAB_API = labApi(() => undefined);

/** The same, with more routes. */
export function labApi(addRoutes: (app: FastifyInstance) => void): Plane<ServedCloud> {
  return new Plane((cloudOf) => {
    const app = labRoutes(cloudOf);
    addRoutes(app);
    return app;
  });
}

function labRoutes(cloudOf: SubjectOf<ServedCloud>): FastifyInstance {
  const app = newPlane({ errorBody: (status, _code, message) => ({ status, message }) });
  app.get('/lab/v1/state', (request) => cloudOf(request).observe((state) => inspectable(state)));
  app.post('/lab/v1/save', async (request) => {
    await cloudOf(request).save();
    return {};
  });
  app.get('/lab/v1/events', (request) => ({
    events: cloudOf(request).events.list(count(request, 'after', 0), query(request, 'target')),
  }));
  app.post('/lab/v1/tokens', (request) =>
    cloudOf(request).perform((state) => ({ token: newToken(state, Body.in(request).requiredText('owner')) })),
  );
  app.post('/lab/v1/clusters/:cluster/access-points', (request) =>
    cloudOf(request).perform((state) => {
      const cluster = findKafkaCluster(state, param(request, 'cluster'));
      const id = Body.in(request).requiredText('id');
      cluster.accessPoints = [...new Set([...(cluster.accessPoints ?? []), id])];
      return { accessPoints: cluster.accessPoints };
    }),
  );
  app.post('/lab/v1/registries/:registry/private-regions', (request) =>
    cloudOf(request).perform((state) => {
      const registry = findRegistry(state, param(request, 'registry'));
      const region = Body.in(request).requiredText('region');
      registry.privateRegions = [...new Set([...(registry.privateRegions ?? []), region])];
      return { privateRegions: registry.privateRegions };
    }),
  );
  clockRoutes(app, cloudOf);
  faultRoutes(app, cloudOf);
  trafficRoutes(app, cloudOf);
  return app;
}

function clockRoutes(app: FastifyInstance, cloudOf: SubjectOf<ServedCloud>): void {
  const reading = ({ clock }: ServedCloud): object => ({ now: new Date(clock.now()).toISOString(), rate: clock.rate });
  app.get('/lab/v1/clock', (request) => reading(cloudOf(request)));
  app.post('/lab/v1/clock', async (request) => {
    const body = Body.in(request);
    const [rate, advanceMs] = [body.number('rate'), body.number('advanceMs') ?? 0];
    if (advanceMs < 0 || (rate ?? 0) < 0) {
      throw invalid('Time only goes on: give an advanceMs and a rate of 0 or more.', 400);
    }
    if (advanceMs > LONGEST_MS || (rate ?? 0) > FASTEST) {
      throw invalid(`Allowed is an advanceMs up to ${LONGEST_MS}, ten years, and a rate up to ${FASTEST}.`, 400);
    }
    const cloud = cloudOf(request);
    if (rate !== undefined) {
      cloud.clock.setRate(rate);
    }
    cloud.clock.advance(advanceMs);
    await cloud.perform(() => undefined);
    return reading(cloud);
  });
}

function faultRoutes(app: FastifyInstance, cloudOf: SubjectOf<ServedCloud>): void {
  app.get('/lab/v1/faults', (request) => cloudOf(request).observe((state) => ({ faults: [...state.faults.values()] })));
  app.post('/lab/v1/faults', async (request, reply) => {
    const spec = faultSpec(Body.in(request));
    return reply.code(201).send(await cloudOf(request).perform((state) => addFault(state, spec)));
  });
  app.delete('/lab/v1/faults', async (request, reply) => {
    await cloudOf(request).perform((state) => state.faults.clear());
    return reply.code(204).send();
  });
  app.delete('/lab/v1/faults/:id', async (request, reply) => {
    await cloudOf(request).perform((state) => removeFault(state, param(request, 'id')));
    return reply.code(204).send();
  });
}

function taskName(text?: string): string | undefined {
  if (text !== undefined && !LINK_TASKS.some((name) => name === text)) {
    throw invalid(`task is ${JSON.stringify(text)}; allowed are ${LINK_TASKS.join(', ')}.`, 400);
  }
  return text;
}

/** A whole number, where there is one. */
function whole(body: Body, name: string, from: number, to: number): number | undefined {
  const value = body.number(name);
  if (value !== undefined && !(Number.isInteger(value) && value >= from && value <= to)) {
    throw invalid(`${name} is ${value}; allowed is a whole number from ${from} to ${to}.`, 400);
  }
  return value;
}

/** Everything that a fault may hold, with defaults for what its kind cannot do without. */
function faultSpec(body: Body): FaultSpec {
  const [target, topic, exporter] = [body.requiredText('target'), body.text('topic'), body.text('exporter')];
  const limits = { method: body.text('method'), path: body.text('path'), times: whole(body, 'times', 1, MOST) };
  const kind = body.requiredText('kind') as FaultSpec['kind'];
  switch (kind) {
    case 'slow':
      return { kind, target, delayMs: whole(body, 'delayMs', 0, MOST) ?? 1000, ...limits };
    case 'throttled':
      return { kind, target, retryAfterSeconds: whole(body, 'retryAfterSeconds', 0, MOST) ?? 1, ...limits };
    case 'mirror-refused': {
      const message = body.text('message') ?? 'The mirror topic is not in a state to do this.';
      return { kind, target, topic, code: body.number('code') ?? 400, message };
    }
    case 'mirror-stuck':
    case 'mirror-failed':
    case 'replication-held':
      return { kind, target, topic };
    case 'task-stuck':
      return { kind, target, task: taskName(body.text('task')) };
    case 'exporter-error':
      return { kind, target, exporter };
    default:
      return { kind, target, ...limits };
  }
}

function trafficRoutes(app: FastifyInstance, cloudOf: SubjectOf<ServedCloud>): void {
  const records = '/lab/v1/clusters/:cluster/topics/:topic/records';
  app.post(records, (request) => {
    const body = Body.in(request);
    const [records, partition] = [whole(body, 'count', 0, MOST) ?? 1, body.number('partition')];
    const cloud = cloudOf(request);
    if (cloud.brokers) {
      return produceToBrokers(cloud, param(request, 'cluster'), param(request, 'topic'), records, partition);
    }
    return cloud.perform((state) => {
      const cluster = findKafkaCluster(state, param(request, 'cluster'));
      return produce(state, cluster, param(request, 'topic'), records, partition);
    });
  });
  app.get(records, (request) => {
    const cloud = cloudOf(request);
    if (cloud.brokers) {
      throw invalid('The clusters have brokers: read their records with a Kafka client.', 400);
    }
    return cloud.perform((state) => {
      const cluster = findKafkaCluster(state, param(request, 'cluster'));
      const most = Math.min(count(request, 'max', DEFAULT_READ), MOST_READ);
      return { records: consume(state, cluster, param(request, 'topic'), query(request, 'group') ?? 'lab', most) };
    });
  });
}

/** What the model refuses, it refuses here too. */
async function produceToBrokers(
  cloud: ServedCloud,
  clusterId: string,
  topicName: string,
  records: number,
  partition?: number,
): Promise<object> {
  await cloud.perform((state) => {
    const topic = findTopic(findKafkaCluster(state, clusterId), topicName);
    refuseOnMirror(state, findKafkaCluster(state, clusterId), topicName, 'Produce to its source.');
    if (partition !== undefined && !topic.partitions[partition]) {
      throw notFound(`Topic '${topicName}' has no partition ${partition}.`, 40403);
    }
  });
  return { ends: await cloud.brokers!.produce(clusterId, topicName, records, partition) };
}
