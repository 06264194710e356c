import { block, blocks, text, type ValueObject } from '../../../schema/value';
import { ProviderError } from '../../protocol/messages';

const LOCAL = 'local_kafka_cluster';
const REMOTE = 'remote_kafka_cluster';
const SOURCE = 'source_kafka_cluster';
const DESTINATION = 'destination_kafka_cluster';

/** The blocks that a link can have. */
export const linkSides: readonly string[] = [SOURCE, DESTINATION, LOCAL, REMOTE];

export interface LinkEnds {
  /** The cluster on which the link is made. */
  readonly own: ValueObject;
  readonly remote: ValueObject;
  readonly remoteIdField: 'remote_cluster_id' | 'source_cluster_id' | 'destination_cluster_id';
}

/**
 * Which cluster a link belongs to.
 *
 * @throws ProviderError for combinations of blocks that the provider finds out about only now
 */
export function linkEnds(link: ValueObject): LinkEnds {
  const present = linkSides.filter((side) => blocks(link[side]).length > 0);
  const ends = (own: string, remote: string, remoteIdField: LinkEnds['remoteIdField']): LinkEnds => {
    const allowed = [own, remote];
    if (present.some((side) => !allowed.includes(side)) || present.length < allowed.length) {
      throw refusal(link, `blocks ${allowed.join(' and ')} are needed, received ${present.join(', ') || 'none'}`);
    }
    return { own: block(link[own]), remote: block(link[remote]), remoteIdField };
  };
  const mode = text(link.link_mode);
  const result =
    mode === 'BIDIRECTIONAL'
      ? ends(LOCAL, REMOTE, 'remote_cluster_id')
      : mode === 'SOURCE'
        ? ends(SOURCE, DESTINATION, 'destination_cluster_id')
        : ends(DESTINATION, SOURCE, 'source_cluster_id');
  if (text(result.own.rest_endpoint) === '' || text(block(result.own.credentials).key) === '') {
    throw refusal(link, 'the cluster of the link itself needs rest_endpoint and credentials');
  }
  if (text(result.remote.bootstrap_endpoint) === '') {
    throw refusal(link, 'the other cluster needs bootstrap_endpoint, not rest_endpoint');
  }
  return result;
}

function refusal(link: ValueObject, detail: string): ProviderError {
  return new ProviderError(`error creating Cluster Link: ${text(link.link_mode)} ${text(link.link_name)}`, detail);
}

/**
 * The settings that hold the keys, of a link that connects; one that waits for the other has none. A remote without
 * credentials is sent empty ones, and nobody is told.
 */
export function saslSettings(link: ValueObject, { own, remote }: LinkEnds): Record<string, string> {
  if (text(link.connection_mode) === 'INBOUND') {
    return {};
  }
  return {
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': 'PLAIN',
    'sasl.jaas.config': jaas(remote),
    'local.security.protocol': 'SASL_SSL',
    'local.sasl.mechanism': 'PLAIN',
    'local.sasl.jaas.config': jaas(own),
  };
}

function jaas(end: ValueObject): string {
  const { key, secret } = block(end.credentials);
  return `org.apache.kafka.common.security.plain.PlainLoginModule required username="${text(key)}" password="${text(secret)}";`;
}
