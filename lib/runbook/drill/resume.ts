import { type PairObservation, situationOf } from '../pair';
import { type Phase, type PhaseName } from './phases';

type Stand = 'before' | 'failing-over' | 'failed-over' | 'failing-back' | 'elsewhere';

/** The phases that are left of a drill that ended on the way, by where the clusters are; undefined if there was none. */
export function phasesLeft(observed: PairObservation, phases: readonly Phase[]): readonly Phase[] | undefined {
  const at = phaseAt(observed);
  const begin = at === undefined ? -1 : phases.findIndex(({ name }) => name === at);
  return begin === -1 ? undefined : phases.slice(begin);
}

/** A failover or failback goes on by itself where it was interrupted. */
function phaseAt({ topics }: PairObservation): PhaseName | undefined {
  const stands = new Set(topics.map(standOf));
  if (stands.has('elsewhere')) {
    return undefined;
  }
  if (stands.has('failing-back')) {
    return 'failback';
  }
  if (stands.has('failing-over')) {
    return 'failover';
  }
  return stands.has('failed-over') ? (stands.has('before') ? 'failover' : 'check-moved') : undefined;
}

function standOf(topic: PairObservation['topics'][number]): Stand {
  const situation = situationOf(topic);
  switch (situation.kind) {
    case 'replicating':
    case 'failed-over':
      return situation.active === 'secondary' ? 'failed-over' : 'before';
    case 'reversing':
      return situation.to === 'secondary' ? 'failing-over' : 'failing-back';
    case 'stopping':
      return situation.on === 'secondary' ? 'failing-over' : 'elsewhere';
    case 'restoring':
      return situation.on === 'primary' ? 'failing-back' : 'elsewhere';
    default:
      return 'elsewhere';
  }
}
