import { randomBytes } from 'node:crypto';
import { type Acl, type KafkaCluster } from '../cloud/kafka/acls';
import { hasContact } from '../cloud/linking/link-health';
import { allSides, liveMirrorOf, mirrorTopic, sourceTopic } from '../cloud/linking/lookup';
import { type Mirror } from '../cloud/linking/records';
import { isAdmin, roleAllows } from '../cloud/organization/authorization';
import { clusterCrn, clusterRbacCrn, isWithin } from '../cloud/organization/crn';
import { type CloudState } from '../cloud/state';
import { isFetching, isHeld } from '../cloud/time/replication';
import { ACL_OPERATIONS } from '../cloud/vocabulary';
import { type Copy } from './link/route';

/** What the brokers of a cluster are to have, by the cloud's model. */
export interface DesiredCluster {
  readonly bootstrapHost: string;
  readonly topics: ReadonlyMap<string, DesiredTopic>;
  readonly acls: readonly Acl[];
  readonly power: Power;
}

export interface DesiredTopic {
  readonly id: string;
  readonly partitions: number;
  readonly settings: ReadonlyMap<string, string>;
  /** Where a mirror's records come from. */
  readonly follows?: MirrorSource;
}

export interface MirrorSource {
  readonly clusterId: string;
  readonly topic: string;
  /** The link's `mirror.start.offset.spec`. */
  readonly startingAt: string;
}

/** Faults reach the brokers: under `refused` and `unavailable` they are killed, under `hanging` they are frozen. */
export type Power = 'on' | 'killed' | 'frozen';

/** A side of a link, and what it copies now. */
export interface DesiredRoute {
  readonly id: string;
  readonly sourceClusterId: string;
  readonly clusterId: string;
  readonly copies: readonly Copy[];
  readonly delayMs: number;
}

/** Settings of Confluent Cloud that Apache Kafka has too. */
const KNOWN_SETTINGS = [
  'cleanup.policy',
  'compression.type',
  'delete.retention.ms',
  'max.compaction.lag.ms',
  'max.message.bytes',
  'message.timestamp.after.max.ms',
  'message.timestamp.before.max.ms',
  'message.timestamp.type',
  'min.compaction.lag.ms',
  'min.insync.replicas',
  'retention.bytes',
  'retention.ms',
  'segment.bytes',
  'segment.ms',
];

export function desiredClusters(state: CloudState, brokers: number): Map<string, DesiredCluster> {
  return new Map(
    [...state.kafkaClusters.values()].map((cluster) => [
      cluster.id,
      {
        bootstrapHost: cluster.bootstrapHost,
        topics: new Map([...cluster.topics.keys()].map((name) => [name, desiredTopic(state, cluster, name, brokers)])),
        acls: desiredAcls(state, cluster),
        power: powerOf(state, cluster.id),
      },
    ]),
  );
}

function desiredTopic(state: CloudState, cluster: KafkaCluster, name: string, brokers: number): DesiredTopic {
  const topic = cluster.topics.get(name)!;
  const known = [...topic.settings].filter(([setting]) => KNOWN_SETTINGS.includes(setting));
  const leastInSync = (value: string): string => String(Math.min(Number(value), Math.min(brokers, 3)));
  const settings = known.map(([setting, value]): [string, string] => [
    setting,
    setting === 'min.insync.replicas' ? leastInSync(value) : value,
  ]);
  return {
    id: topic.id,
    partitions: topic.partitions.length,
    settings: new Map(settings),
    follows: sourceOf(state, cluster.id, name),
  };
}

function sourceOf(state: CloudState, clusterId: string, topicName: string): MirrorSource | undefined {
  for (const side of allSides(state).filter((candidate) => candidate.clusterId === clusterId)) {
    const mirror = side.mirrors.get(topicName);
    if (mirror && mirror.status !== 'STOPPED') {
      const startingAt = side.settings.get('mirror.start.offset.spec') ?? 'earliest';
      return { clusterId: side.remoteClusterId, topic: mirror.sourceTopicName, startingAt };
    }
  }
  return undefined;
}

function powerOf(state: CloudState, clusterId: string): Power {
  const faults = [...state.faults.values()].filter(({ target }) => target === clusterId);
  const lasting = faults.filter((fault) => !('method' in fault && fault.method) && !('path' in fault && fault.path));
  const kinds = lasting.filter((fault) => !('times' in fault && fault.times)).map(({ kind }) => kind);
  return kinds.some((kind) => kind === 'refused' || kind === 'unavailable')
    ? 'killed'
    : kinds.includes('hanging')
      ? 'frozen'
      : 'on';
}

const ANY = { patternType: 'LITERAL', resourceName: '*', host: '*' } as const;

/** The ACLs themselves, the roles as ACLs, and that nobody writes to a mirror. */
function desiredAcls(state: CloudState, cluster: KafkaCluster): Acl[] {
  const mirrors = [...cluster.topics.keys()].filter((name) => liveMirrorOf(state, cluster.id, name));
  return [...cluster.acls, ...roleAcls(state, cluster), ...mirrors.map(readOnlyAcl)];
}

/** The link is no user of the cluster, so this does not keep it from writing. */
export function readOnlyAcl(topic: string): Acl {
  const resource = { resourceType: 'TOPIC', resourceName: topic, patternType: 'LITERAL' };
  return { ...resource, principal: 'User:*', host: '*', operation: 'WRITE', permission: 'DENY' };
}

function roleAcls(state: CloudState, cluster: KafkaCluster): Acl[] {
  const scope = clusterRbacCrn(state, cluster.environmentId, cluster.id);
  const resources = `${clusterCrn(state, cluster.environmentId, cluster.id)}/`;
  return [...state.roleBindings.values()].flatMap(({ principal, roleName, crnPattern }): Acl[] => {
    const operations = isAdmin(roleName)
      ? ['ALL']
      : ACL_OPERATIONS.filter((operation) => roleAllows(roleName, operation));
    const granted = operations.includes('ALL') ? ['ALL'] : operations;
    const targets = isWithin(scope, crnPattern)
      ? EVERYTHING
      : !isAdmin(roleName) && crnPattern.startsWith(resources)
        ? resourceIn(crnPattern.slice(resources.length))
        : [];
    return targets.flatMap((target) =>
      granted.map((operation) => ({ ...ANY, ...target, principal, operation, permission: 'ALLOW' })),
    );
  });
}

type Target = Pick<Acl, 'resourceType'> & Partial<Pick<Acl, 'resourceName' | 'patternType'>>;

const EVERYTHING: readonly Target[] = [
  { resourceType: 'TOPIC' },
  { resourceType: 'GROUP' },
  { resourceType: 'TRANSACTIONAL_ID' },
  { resourceType: 'CLUSTER', resourceName: 'kafka-cluster' },
];

/** `topic=orders`, `group=app-*`: what a role is bound to within a cluster. */
function resourceIn(path: string): Target[] {
  const [, type, name] = /^(topic|group|transactional-id)=(.+)$/.exec(path) ?? [];
  if (type === undefined) {
    return [];
  }
  const resourceType = type.toUpperCase().replace('-', '_');
  return name === '*' || !name.endsWith('*')
    ? [{ resourceType, resourceName: name }]
    : [{ resourceType, resourceName: name.slice(0, -1), patternType: 'PREFIXED' }];
}

const writers = new WeakMap<Mirror, string>();

/** A producer id for each mirror; Kafka gives its own ones from 0 on. */
function writerOf(mirror: Mirror): string {
  const known = writers.get(mirror) ?? String((1n << 62n) | (randomBytes(8).readBigUInt64BE() >> 2n));
  writers.set(mirror, known);
  return known;
}

/** What the links copy at this moment. */
export function desiredRoutes(state: CloudState): DesiredRoute[] {
  return allSides(state).map((side) => {
    const copying = hasContact(state, side) ? [...side.mirrors.values()] : [];
    const copies = copying
      .filter((mirror) => isFetching(mirror) && !isHeld(state, side, mirror) && !mirror.transition?.settled)
      .flatMap((mirror): Copy[] => {
        const [source, topic] = [sourceTopic(state, side, mirror), mirrorTopic(state, side, mirror)];
        return source && topic
          ? [
              {
                source: source.name,
                destination: topic.name,
                partitions: topic.partitions.length,
                writer: writerOf(mirror),
              },
            ]
          : [];
      });
    const delays = [...state.faults.values()].map((fault) =>
      fault.kind === 'slow' && [side.clusterId, side.remoteClusterId].includes(fault.target) ? fault.delayMs : 0,
    );
    return {
      id: `${side.linkId}/${side.clusterId}`,
      sourceClusterId: side.remoteClusterId,
      clusterId: side.clusterId,
      copies,
      delayMs: Math.max(0, ...delays),
    };
  });
}

/** One topic of a route. */
export const copyKey = (routeId: string, topic: string): string => `${routeId} ${topic}`;
