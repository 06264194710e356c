import { block, text, type ValueObject } from '../../../schema/value';
import { matching, oneOf } from '../../planning/rules';
import { ProviderError } from '../../protocol/messages';
import { type ResourceType, type Stored } from '../../resource-type';
import { WAITS } from '../api-client';
import { untilGone } from '../presence';
import { type DataPlane, type Session } from '../session';
import { credentialRules, importedKey } from './credentials';
import { clusterPath } from './kafka-topic';

/** The states that the client library of this provider version knows. */
const KNOWN = ['ACTIVE', 'PAUSED', 'STOPPED', 'PENDING_STOPPED', 'FAILED'];

const TRANSITIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ACTIVE: { PAUSED: 'pause', FAILED_OVER: 'failover', PROMOTED: 'promote' },
  PAUSED: { ACTIVE: 'resume', FAILED_OVER: 'failover', PROMOTED: 'promote' },
};

/** @throws ProviderError for states that end the plan of the whole stack, as they do with the real provider */
function readableStatus(status: string): string {
  if (!KNOWN.includes(status)) {
    throw new ProviderError(
      `error reading Kafka Mirror Topic: ${status} is not a valid MirrorTopicStatus`,
      'The provider can read the mirror again once its transition has ended and its source is back. Until then plan ' +
        'and apply work with -refresh=false.',
    );
  }
  return status;
}

/** The operation that leads from one status to the one in the configuration. */
function operationFor(before: string, after: string): string {
  const operation = TRANSITIONS[before]?.[after];
  if (!operation) {
    const allowed = Object.entries(TRANSITIONS).map(([from, to]) => `${from} → ${Object.keys(to).join(', ')}`);
    throw new ProviderError(
      `error updating Kafka Mirror Topic: transition ${before} → ${after} is not supported`,
      `Supported are ${allowed.join('; ')}.`,
    );
  }
  return operation;
}

export const kafkaMirrorTopic: ResourceType<Session> = {
  planning: {
    forceNew: [
      'kafka_cluster.id',
      'kafka_cluster.rest_endpoint',
      'cluster_link',
      'source_kafka_topic',
      'mirror_topic_name',
    ],
    rules: {
      'kafka_cluster.rest_endpoint': matching(/^http/),
      status: oneOf('ACTIVE', 'PAUSED', 'FAILED_OVER', 'PROMOTED'),
      ...credentialRules('kafka_cluster'),
    },
    // What was promoted or failed over is STOPPED for ever after.
    suppress: {
      status: (before, after) => before === 'STOPPED' && (after === 'PROMOTED' || after === 'FAILED_OVER'),
    },
  },
  create: async (planned, session) => {
    const { cluster, link, name } = placeOf(planned, session);
    await cluster.api.post(`${clusterPath(cluster)}/links/${link}/mirrors`, {
      source_topic_name: text(block(planned.source_kafka_topic).topic_name),
      mirror_topic_name: name,
    });
    await session.pace.wait(WAITS.dataPlaneWrite);
    const created = await mirrorState(cluster, link, name);
    if (!created) {
      throw new ProviderError(`error creating Kafka Mirror Topic: ${name} is not there`);
    }
    return { ...planned, ...created };
  },
  read: async (state, session) => {
    const { cluster, link, name } = placeOf(state, session);
    const found = await mirrorState(cluster, link, name);
    return found ? { ...state, ...found } : null;
  },
  update: async (prior, planned, session) => {
    const { cluster, link, name } = placeOf(planned, session);
    if (text(planned.status) !== '' && planned.status !== prior.status) {
      const operation = operationFor(text(prior.status), text(planned.status));
      await cluster.api.post(`${clusterPath(cluster)}/links/${link}/mirrors:${operation}`, {
        mirror_topic_names: [name],
      });
      await settled(cluster, link, name, session);
    }
    return { ...planned, ...(await mirrorState(cluster, link, name)), status: planned.status };
  },
  // The topic, not only its mirroring: the provider's way, whatever the topic has become since.
  delete: async (state, session) => {
    const { cluster, link, name } = placeOf(state, session);
    await cluster.api.delete(`${clusterPath(cluster)}/topics/${name}`);
    await untilGone(session.pace, () => cluster.api.find(`${clusterPath(cluster)}/links/${link}/mirrors/${name}`));
  },
  /** `lkc-…/link/mirror` */
  import: async (importId, session) => {
    const [id, link, name] = importId.split('/');
    const end: ValueObject = {
      id,
      rest_endpoint: session.importVariable('IMPORT_KAFKA_REST_ENDPOINT'),
      credentials: [importedKey('IMPORT_KAFKA_API', session)],
    };
    const shell = { kafka_cluster: [end], cluster_link: [{ link_name: link }], mirror_topic_name: name };
    const { cluster } = placeOf(shell, session);
    const found = await cluster.api.find(`${clusterPath(cluster)}/links/${link}/mirrors/${name}`);
    return found
      ? {
          ...shell,
          source_kafka_topic: [{ topic_name: text(found.source_topic_name) }],
          ...(await mirrorState(cluster, link, name)),
        }
      : null;
  },
};

interface Place {
  readonly cluster: DataPlane;
  readonly link: string;
  readonly name: string;
}

function placeOf(mirror: ValueObject, session: Session): Place {
  return {
    cluster: session.end(block(mirror.kafka_cluster)),
    link: text(block(mirror.cluster_link).link_name),
    name: text(mirror.mirror_topic_name) || text(block(mirror.source_kafka_topic).topic_name),
  };
}

async function mirrorState(cluster: DataPlane, link: string, name: string): Promise<Stored | undefined> {
  const found = await cluster.api.find(`${clusterPath(cluster)}/links/${link}/mirrors/${name}`);
  return (
    found && {
      id: `${cluster.id}/${link}/${name}`,
      mirror_topic_name: name,
      status: readableStatus(text(found.mirror_status)),
    }
  );
}

/** Waits for the end of a transition, up to the five minutes that the real provider waits. */
async function settled(cluster: DataPlane, link: string, name: string, session: Session): Promise<void> {
  const path = `${clusterPath(cluster)}/links/${link}/mirrors/${name}`;
  const final = await session.pace.poll(WAITS.poll, WAITS.mirrorPolls, async () => {
    const status = text((await cluster.api.get(path)).mirror_status);
    return status.startsWith('PENDING') ? undefined : status;
  });
  if (final === undefined) {
    throw new ProviderError(`error waiting for Kafka Mirror Topic ${name}: its transition did not end`);
  }
}
