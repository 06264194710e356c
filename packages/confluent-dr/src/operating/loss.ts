import { type PairObservation } from '../pair/observation';
import { type Role } from '../pair/role';
import { type RecordsLost } from '../planning/plan';

/**
 * What stopped mirrors say they lack: of a failover that an earlier run did, or one whose answer was lost. A mirror keeps
 * telling it once it is STOPPED.
 */
export function lossToldBy({ topics }: PairObservation, target: Role, names: ReadonlySet<string>): RecordsLost[] {
  return topics
    .filter(({ name }) => names.has(name))
    .flatMap(({ name, sides }) => {
      const side = sides[target];
      const lags = side.kind === 'mirror' && side.status === 'STOPPED' ? side.lags : [];
      return lags.filter(({ lag }) => lag > 0).map(({ partition, lag }) => ({ topic: name, partition, records: lag }));
    });
}
