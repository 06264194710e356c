import { ProviderError } from '../protocol/diagnostics';
import { type Stored } from '../resource-type';
import { type ValueObject } from '../schema/value';

/** What was just written, once the cluster has told that it is there: only then it has an id. */
export function there(what: string, state: ValueObject | undefined): Stored {
  if (typeof state?.id !== 'string') {
    throw new ProviderError(`${what} is not there`);
  }
  return state as Stored;
}
