import { type PairSource } from '../observing/observe-pair';
import { type OperationStep, type Step } from '../planning/plan';
import { readTraffic, waitForQuiet } from '../traffic/read-traffic';
import { type DisturbedStep, type Traffic } from '../traffic/traffic';
import { type OperatingClock } from './clock';
import { type OperatingListener } from './operating-event';
import { type TrafficPolicy } from './operation-run';

/** Whether clients can be in the way of a step. */
export const isDisturbed = (step: Step): step is OperationStep & DisturbedStep =>
  step.kind === 'operate' &&
  (step.operation === 'reverse-and-start-mirror' || step.operation === 'truncate-and-restore');

/**
 * Looks at the clients that a step would find, or waits until they are quiet.
 *
 * @throws RequestFailure of kind `aborted`
 */
export async function seeTraffic(
  pair: PairSource,
  step: DisturbedStep,
  { drainMs }: TrafficPolicy,
  time: Pick<OperatingClock, 'now' | 'sleep'> & { readonly signal?: AbortSignal },
  listener: OperatingListener,
): Promise<{ readonly traffic: Traffic; readonly isBusy: boolean }> {
  if (drainMs === undefined) {
    const traffic = await readTraffic(pair, step, time);
    listener({ type: 'traffic', traffic, isFinal: true });
    return { traffic, isBusy: false };
  }
  const { traffic, isQuiet } = await waitForQuiet(pair, step, time, drainMs, (seen) =>
    listener({ type: 'traffic', traffic: seen, isFinal: false }),
  );
  listener({ type: 'traffic', traffic, isFinal: true });
  return { traffic, isBusy: !isQuiet };
}
