import { otherRole, type PairObservation, presenceOf, type Role, type TopicObservation } from '../pair';
import { type PlannedOperation } from './decision';
import { type Confirmation } from './plan';

interface Proposed {
  readonly operation: PlannedOperation;
  readonly on: Role;
  readonly topics: readonly TopicObservation[];
}

/** What a person has to agree to before an operation. To resume a mirror needs nobody's leave. */
export function confirmationsOf({ members }: PairObservation, { operation, on, topics }: Proposed): Confirmation[] {
  const other = otherRole(on);
  const count = topics.length === 1 ? `Topic ${topics[0].name}` : `${topics.length} topics`;
  switch (operation) {
    case 'resume':
      return [];
    case 'reverse-and-start-mirror':
      return [
        {
          kind: 'switch-over',
          text: `${count}: the ${on} becomes active and the ${other} its mirror. Clients have to move.`,
        },
      ];
    case 'failover': {
      const loss: Confirmation = {
        kind: 'loss',
        text: `${count}: the ${on} becomes active at once. Records that it does not have yet are lost.`,
      };
      const gone = presenceOf(members[other].dataPlane) === 'away';
      const text = `The ${other} is not gone: both sides could be written to. Confirm that no client writes to the ${other} any more.`;
      return gone ? [loss] : [loss, { kind: 'two-writable-sides', text }];
    }
    case 'truncate-and-restore':
      return [
        {
          kind: 'discard',
          text: `${count}: records that only the ${on} (${members[on].clusterId}) has are discarded for ever.`,
        },
      ];
  }
}
