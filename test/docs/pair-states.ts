import { type MemberAcls } from '../../packages/confluent-dr/src/observe/acls';
import { type MemberReading } from '../../packages/confluent-dr/src/observe/member-reader';
import { type SeenPair } from '../../packages/confluent-dr/src/observe/observe-pair';
import { type PairObservation } from '../../packages/confluent-dr/src/observe/pair-observation';
import {
  type PairStatus,
  pairStatus,
  type StatusSource,
} from '../../packages/confluent-dr/src/report/status/pair-status';
import { LINK } from '../../packages/confluent-dr/test/plan/support/observations';

const reading: MemberReading = {
  topics: { known: true, value: [] },
  link: { known: true, value: {} as never },
  linkConfigs: { known: true, value: [] },
  mirrors: { known: true, value: [] },
};
const route = { host: 'h', way: 'dns', addresses: [] } as const;

export const ALL_ACLS: MemberAcls = { kind: 'known', principal: 'User:sa-1', acls: [] };
export const MISSING_ACL: MemberAcls = {
  ...ALL_ACLS,
  acls: [{ operation: 'READ', resourceType: 'TOPIC', resourceName: 'orders', verdict: 'missing' }],
};

/** The status of a pair that was seen so; both members have all ACLs unless told otherwise. */
export function statusOfPair(
  observation: PairObservation,
  told: Partial<Omit<StatusSource, 'seen'>> & { readonly readings?: SeenPair['readings'] } = {},
): PairStatus {
  const { readings = { primary: reading, secondary: reading }, ...others } = told;
  return pairStatus({
    seen: { observation, readings },
    routes: { primary: route, secondary: route },
    linkName: LINK,
    acls: { primary: ALL_ACLS, secondary: ALL_ACLS },
    ...others,
  });
}
