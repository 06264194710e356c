import { type Problems } from '../validation/problems';
import { numberShape, ofOptional, type PropertiesOf, recordShape, requireArgument } from '../validation/shape';

interface SyncOptions {
  readonly intervalMs?: number;
  readonly enabled?: boolean;
}

const SYNC_OPTIONS: PropertiesOf<SyncOptions> = { intervalMs: true, enabled: true };

/** Ends a call whose options are no object, or are not those of a sync. */
export function requireOptions(what: string, options: SyncOptions): void {
  requireArgument(recordShape(`${what}, options`, options, '{ intervalMs: 5000 }', SYNC_OPTIONS));
  ofOptional(numberShape(`${what}, options.intervalMs`, options.intervalMs)).forEach(requireArgument);
}

/**
 * Says where the time between two syncs is none that a link takes.
 *
 * Source: Confluent's page on cluster links in the cloud, "Configurations for ACL Sync", has 1000 milliseconds for the
 * least of `acl.sync.ms`. It names none for `consumer.offset.sync.ms` and `topic.config.sync.ms`, which are held to the
 * same, and no most for any: a day is this library's own, for a sync that is rarer is a mistake in the unit.
 */
export function checkInterval(problems: Problems, property: string, intervalMs: number | undefined): void {
  problems.integer(property, intervalMs, 1000, 86_400_000, 'milliseconds');
}

/** Says where a switch is none. */
export function checkEnabled(problems: Problems, property: string, enabled: unknown): void {
  problems.require(typeof enabled === 'boolean', {
    property: `${property}.enabled`,
    received: enabled,
    allowed: 'true or false',
    advice: 'Write it without quotes, or leave it out for true.',
  });
}
