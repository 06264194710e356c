import { type Problems } from '../validation/problems';
import { recordShape, requireArgument } from '../validation/shape';

/** Ends a call whose options are no object. */
export function requireOptions(what: string, options: unknown): void {
  requireArgument(recordShape(`${what}, options`, options, '{ intervalMs: 5000 }'));
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
