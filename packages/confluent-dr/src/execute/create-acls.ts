import { type KafkaRestClient } from '../client/kafka-rest-client';
import { type NeededAcl } from '../observe/acls';
import { type PairObservation, ROLES } from '../observe/pair-observation';
import { type OperationAttempt } from './operation-run';

export interface AclCreation {
  readonly kafka: Pick<KafkaRestClient, 'createAcl'>;
  /** `User:sa-…` */
  readonly principal: string;
  readonly acls: readonly NeededAcl[];
  readonly onCreated?: (acl: NeededAcl) => void;
  /** No further one is begun once it is aborted. */
  readonly signal?: AbortSignal;
}

/** The API takes one ACL a request; so many requests are under way at once. */
const AT_ONCE = 4;

/**
 * Creates exactly these ACLs. One that is there already stays as it is, so that this may be repeated.
 *
 * @throws RequestFailure of the first that fails; those under way are waited for
 */
export async function createAcls({ kafka, principal, acls, onCreated, signal }: AclCreation): Promise<void> {
  const waiting = [...acls];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let acl = waiting.shift(); acl && failures.length === 0 && !signal?.aborted; acl = waiting.shift()) {
      try {
        await kafka.createAcl(requestFor(principal, acl));
        onCreated?.(acl);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) {
    throw failures[0];
  }
}

const requestFor = (
  principal: string,
  { operation, resourceType, resourceName }: NeededAcl,
): Parameters<KafkaRestClient['createAcl']>[0] => ({
  resource_type: resourceType,
  resource_name: resourceName,
  pattern_type: 'LITERAL',
  principal,
  host: '*',
  operation,
  permission: 'ALLOW',
});

/** 403 and Kafka REST's own 403xx. */
export const isForbidden = (code: unknown): boolean => /^403(\d\d)?$/.test(String(code));

/** Whether a cluster said that somebody may not do something: only then do missing ACLs stand in the way. */
export function isAclTrouble(attempts: readonly OperationAttempt[], { topics }: PairObservation): boolean {
  const refused = attempts.some(({ outcome }) => outcome.kind === 'refused' && isForbidden(outcome.code));
  const held = topics.some(({ sides }) =>
    ROLES.some((role) => {
      const side = sides[role];
      return side.kind === 'mirror' && side.transitionErrors.some(({ code }) => isForbidden(code));
    }),
  );
  return refused || held;
}
