import { PATIENCE_MS, type PatienceMs } from '../observing/patience';
import { otherRole, type Role } from '../pair/role';
import { type Procedure } from '../planning/failover-request';

/** Somebody has said that the member is gone; it has this time to show that it is not. */
const SAID_TO_BE_GONE_MS = 1500;

/** How long each member is waited for that says nothing: for ever where nothing can be done without it. */
export function patienceFor(procedure: Procedure | 'undecided', target: Role): PatienceMs {
  switch (procedure) {
    case 'planned':
      return {};
    case 'unplanned':
      return { [otherRole(target)]: SAID_TO_BE_GONE_MS };
    case 'undecided':
      return PATIENCE_MS;
  }
}
