import { presenceOf } from '../pair/data-plane';
import { type PairObservation } from '../pair/observation';
import { otherRole, type Role, ROLES } from '../pair/role';

/** A member that does not answer, and what that costs as far as the other one knows. */
export interface Outage {
  readonly on: Role;
  readonly clusterId: string;
  /** Since when its mirrors on the other member do not reach it, as ISO 8601 by that cluster's clock. @default - not told */
  readonly since?: string;
  /** Records that the mirrors knew of and do not have; there may be more that they never heard of. @default - not told */
  readonly records?: number;
}

/** What the service calls a mirror that does not reach its source. */
const CUT_OFF: readonly string[] = ['SOURCE_UNAVAILABLE', 'LINK_FAILED'];

export function outagesOf({ members, topics }: PairObservation): Outage[] {
  return ROLES.filter((role) => presenceOf(members[role].dataPlane) === 'away').map((on) => {
    const mirrors = topics.flatMap(({ sides }) => {
      const side = sides[otherRole(on)];
      return side.kind === 'mirror' && side.status !== 'STOPPED' ? [side] : [];
    });
    const times = mirrors
      .filter(({ status }) => CUT_OFF.includes(status))
      .flatMap(({ statusSince }) => (statusSince === undefined ? [] : [statusSince]));
    const lags = mirrors.flatMap((mirror) => mirror.lags.map(({ lag }) => lag));
    return {
      on,
      clusterId: members[on].clusterId,
      ...(times.length > 0 && { since: new Date(Math.min(...times)).toISOString() }),
      ...(lags.length > 0 && { records: lags.reduce((sum, lag) => sum + lag, 0) }),
    };
  });
}
