import { type Problems } from '../validation/problems';
import { type PropertiesOf, recordShape, requireArgument } from '../validation/shape';

interface SyncOptions {
  readonly intervalMs?: number;
  readonly enabled?: boolean;
}

const SYNC_OPTIONS: PropertiesOf<SyncOptions> = { intervalMs: true, enabled: true };

/** Ends a call whose options are no object, or are not those of a sync. */
export function requireOptions(what: string, options: SyncOptions): void {
  requireArgument(recordShape(`${what}, options`, options, '{ intervalMs: 5000 }', SYNC_OPTIONS));
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
