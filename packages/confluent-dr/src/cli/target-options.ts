import { type Command, InvalidArgumentError, Option } from 'commander';
import { type PairSource } from '../observe/observe-pair';
import { DEFAULT_TARGETS, type LagTargets } from '../report/status/member-status';
import { duration, names } from './options';
import { type Session } from './session';

/** What a pair has to be so that it is well; the deployment may say it, and options go before it. */
export interface TargetOptions {
  readonly leaveOut?: readonly string[];
  /** Milliseconds. */
  readonly maxLag?: number;
  readonly maxLagRecords?: number;
}

export function addTargetOptions(command: Command): Command {
  return command
    .option(
      '--leave-out <names>',
      "topics that need no mirror, separated by commas; 'test-*' for all that begin so (default: the deployment's, or none)",
      names,
    )
    .addOption(
      new Option(
        '--max-lag <duration>',
        `within it a mirror has to have what its source has now (default: the deployment's, or ${DEFAULT_TARGETS.timeMs / 1000}s)`,
      ).argParser(duration),
    )
    .option(
      '--max-lag-records <count>',
      `so many records may be missing on all mirrors together (default: the deployment's, or ${DEFAULT_TARGETS.records})`,
      count,
    );
}

/** The pair, with the topics that nobody misses. */
export const sourceOf = ({ source }: Session, { leaveOut }: TargetOptions): PairSource => ({
  ...source,
  ...(leaveOut && { leaveOut }),
});

export const targetsOf = ({ deployment }: Session, { maxLag, maxLagRecords }: TargetOptions): LagTargets => ({
  timeMs: maxLag ?? (deployment.maxLag === undefined ? DEFAULT_TARGETS.timeMs : duration(deployment.maxLag)),
  records:
    maxLagRecords ??
    (deployment.maxLagRecords === undefined ? DEFAULT_TARGETS.records : Number(deployment.maxLagRecords)),
});

function count(text: string): number {
  if (!/^\d{1,15}$/.test(text)) {
    throw new InvalidArgumentError('Allowed is a whole number, 0 or more.');
  }
  return Number(text);
}
