import { presenceOf } from '../pair/data-plane';
import { type PairObservation } from '../pair/observation';
import { otherRole, type Role } from '../pair/role';
import { type PlannedOperation } from './decision';
import { type Confirmation } from './plan';

interface Proposed {
  readonly operation: PlannedOperation;
  readonly on: Role;
}

/** What a person has to agree to before an operation. To resume a mirror needs nobody's leave. */
export function confirmationsOf({ members }: PairObservation, { operation, on }: Proposed): Confirmation[] {
  const { clusterId } = members[on];
  switch (operation) {
    case 'resume':
      return [];
    case 'reverse-and-start-mirror':
      return [{ kind: 'switch-over', clusterId }];
    case 'failover': {
      const gone = presenceOf(members[otherRole(on)].dataPlane) === 'away';
      const loss: Confirmation = { kind: 'loss', clusterId };
      return gone ? [loss] : [loss, { kind: 'two-writable-sides', clusterId }];
    }
    case 'truncate-and-restore':
      return [{ kind: 'discard', clusterId }];
  }
}
