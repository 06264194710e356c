import { type ActivityRun } from './activity';
import { type Journal } from './journal';

/** What a drill came to, of what was done in it. */
export function actualsOf(run: readonly ActivityRun[]): Journal['actuals'] {
  const of = (name: string): ActivityRun | undefined => run.find(({ activity }) => activity.name === name);
  const moved = run.find(({ activity, status }) => activity.name === 'check-moved' && status === 'succeeded');
  const begun = of('block') ?? of('outage') ?? of('failover');
  const movedAfter = begun && moved ? secondsBetween(run, begun, moved) : -1;
  return { ...recordsGone(run), ...(movedAfter >= 0 && { moved_after: movedAfter }) };
}

/** From the start of one run to the end of a later one, with what the clock was put back during any of them. */
function secondsBetween(runs: readonly ActivityRun[], first: ActivityRun, last: ActivityRun): number {
  const between = runs.slice(runs.indexOf(first), runs.indexOf(last) + 1);
  const putBack = between.reduce(
    (sum, { start, end, duration }) => sum + Math.max(0, duration - byWall(start, end)),
    0,
  );
  return byWall(first.start, last.end) + putBack;
}

/** Seconds; below zero where the clock was put back in between. */
export const byWall = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/**
 * Records that are gone. Each run of a failover tells all that was lost, also by an interrupted one before it; of what is
 * discarded each run tells its own, and of one that was killed there is what had been agreed to.
 */
function recordsGone(run: readonly ActivityRun[]): Pick<Journal['actuals'], 'lost' | 'discarded'> {
  const discarded = run.reduce((sum, { output }) => sum + (output.discarded ?? 0), 0);
  return {
    lost: Math.max(0, ...run.map(({ output }) => output.lost ?? 0)),
    discarded: discarded > 0 ? discarded : Math.max(0, ...run.map(({ output }) => output.announced ?? 0)),
  };
}
