import { KafkaRestClient } from '../client/kafka-rest-client';
import { type RequestListener } from '../client/request-event';
import { type PairSource } from '../observing/observe-pair';
import { type Role } from '../pair/role';
import { type Session } from './session';

/** The members, by clients whose requests under way outlive Ctrl-C. */
export interface OutlivingPair {
  readonly pair: PairSource;
  readonly close: () => Promise<void>;
}

/** Enough to tell a moment's trouble from a member that is gone; who looks again and again needs no more. */
const ATTEMPTS = 3;

/** A request that changes something is answered before the tool stops: else nobody knows what became of it. */
export function outlivingPair({ deployment, hosts }: Session, onRequest?: RequestListener): OutlivingPair {
  const clientOf = (role: Role): KafkaRestClient => {
    const { clusterId, restEndpoint: url, kafkaCredentials: credentials } = deployment.members[role];
    return new KafkaRestClient({ clusterId, url, credentials, hosts, onRequest, repetition: { attempts: ATTEMPTS } });
  };
  const { linkName, topics, leaveOut, members } = deployment;
  const [primary, secondary] = [clientOf('primary'), clientOf('secondary')];
  return {
    pair: {
      members: {
        primary: { kafka: primary, linkName, principal: members.primary.principal },
        secondary: { kafka: secondary, linkName, principal: members.secondary.principal },
      },
      topics,
      leaveOut,
    },
    close: async () => {
      await Promise.all([primary.close(), secondary.close()]);
    },
  };
}
