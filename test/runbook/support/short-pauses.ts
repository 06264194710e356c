import { DEFAULT_REPETITION } from '../../../lib/runbook/client';
import { DEFAULT_TIMEOUTS } from '../../../lib/runbook/operating';

/**
 * The tool in this process repeats what failed as often as ever, after hundredths of a second: a lab whose time runs fast
 * has changed meanwhile as much as a cluster in seconds. Call it once, before all tests of a file.
 */
export function shortenPauses(): void {
  jest.replaceProperty(DEFAULT_REPETITION, 'firstWaitMs', 20);
  jest.replaceProperty(DEFAULT_TIMEOUTS, 'shortestPauseMs', 20);
}
