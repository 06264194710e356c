import { type PairObservation } from '../observe/pair-observation';
import { situationOf } from '../observe/situation';
import { type Journal, PHASE_NAMES, type PhaseName } from './journal';
import { type Phase } from './phases';

/** What is left of a drill that ended on the way. */
export interface Left {
  /** None if only the last look is. */
  readonly phases: readonly Phase[];
  /** Whether the journal of a drill tells so; a failover in earnest looks the same to the clusters. */
  readonly isCertain: boolean;
}

/** What a drill that ended on the way has done, by its journal. */
export interface EarlierDrill {
  readonly begun: ReadonlySet<PhaseName>;
  readonly succeeded: ReadonlySet<PhaseName>;
}

export interface Traces {
  /** @default - no journal tells of an earlier drill */
  readonly earlier?: EarlierDrill;
  /** Whether the proxy keeps clients from the primary. @default - nobody tells */
  readonly blocked?: boolean;
}

export function earlierDrillOf({ run, under_way: underWay }: Journal): EarlierDrill {
  const named = (name: string): PhaseName | undefined => PHASE_NAMES.find((known) => known === name);
  const begun = run.flatMap(({ activity }) => named(activity.name) ?? []);
  const succeeded = run.flatMap(({ activity, status }) => (status === 'succeeded' ? (named(activity.name) ?? []) : []));
  return { begun: new Set([...begun, ...(underWay ? [underWay.name] : [])]), succeeded: new Set(succeeded) };
}

/**
 * The phases that are left of a drill that ended on the way. Where the topics are, the clusters tell; of what came between,
 * the journal. What may have been undone by hand meanwhile, such as a block, is done again.
 *
 * @returns undefined if there was none, or nobody can tell how to go on
 */
export function phasesLeft(
  { topics }: PairObservation,
  phases: readonly Phase[],
  { earlier, blocked }: Traces = {},
): Left | undefined {
  const begun = (name: PhaseName): boolean => earlier?.begun.has(name) === true;
  const from = (name: PhaseName | 'end' | undefined, isCertain: boolean): Left | undefined => {
    const index = name === 'end' ? phases.length : phases.findIndex((phase) => phase.name === name);
    return index < 0 ? undefined : { phases: phases.slice(index), isCertain };
  };
  if (earlier?.begun.has('outage') && !earlier.succeeded.has('recovery')) {
    // What is lost tells nothing of where its topics stand.
    return from(earlier.succeeded.has('failover') ? nextOf(phases, earlier, 'failover') : 'outage', true);
  }
  const stands = new Set(topics.map(standOf));
  if (topics.length === 0 || stands.has('elsewhere')) {
    return undefined;
  }
  if (stands.size === 1 && stands.has('before')) {
    return begun('failback')
      ? from(nextOf(phases, earlier!, 'failback') ?? 'end', true)
      : beforeFailover(from, phases, { earlier, blocked });
  }
  const isCertain = begun('failover');
  if (stands.has('failing-back') || begun('failback')) {
    return from('failback', isCertain);
  }
  if (stands.has('failing-over') || stands.has('before')) {
    return from('failover', isCertain);
  }
  return from(isCertain ? nextOf(phases, earlier!, 'failover') : 'check-moved', isCertain);
}

type From = (name: PhaseName | 'end' | undefined, isCertain: boolean) => Left | undefined;

/** All topics are at home, and no failback was begun. */
function beforeFailover(from: From, phases: readonly Phase[], { earlier, blocked }: Traces): Left | undefined {
  const has = (set: ReadonlySet<PhaseName> | undefined, name: PhaseName): boolean => set?.has(name) === true;
  const toggles = phases.some(({ name }) => name === 'block');
  // Who has failed back by hand has left nothing of that drill but, perhaps, the block.
  if (has(earlier?.begun, toggles ? 'block' : 'failover') && !has(earlier?.succeeded, 'failover')) {
    return from(toggles ? 'block' : 'failover', true);
  }
  if (!toggles || blocked !== true) {
    return undefined;
  }
  const isLast = phases.at(-1)?.name === 'unblock';
  return from(isLast ? 'unblock' : 'block', earlier !== undefined);
}

/** The first phase from there on that has not succeeded. */
function nextOf(phases: readonly Phase[], { succeeded }: EarlierDrill, first: PhaseName): PhaseName | undefined {
  const index = phases.findIndex(({ name }) => name === first);
  return phases.slice(index).find(({ name }) => !succeeded.has(name))?.name;
}

type Stand = 'before' | 'failing-over' | 'failed-over' | 'failing-back' | 'elsewhere';

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
