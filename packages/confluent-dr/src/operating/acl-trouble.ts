import { type PairObservation } from '../pair/observation';
import { ROLES } from '../pair/role';
import { type OperationAttempt } from './operation-attempt';

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
