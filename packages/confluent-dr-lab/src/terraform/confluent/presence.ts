import { type ValueObject } from '../../schema/value';
import { type Pace } from '../pace';
import { ProviderError } from '../protocol/messages';
import { type Stored } from '../resource-type';
import { type Json, WAITS } from './api-client';

/** What was just written, once the cluster has told that it is there: only then it has an id. */
export function there(what: string, state: ValueObject | undefined): Stored {
  if (typeof state?.id !== 'string') {
    throw new ProviderError(`${what} is not there`);
  }
  return state as Stored;
}

/** Asks for what was deleted until it is gone. */
export async function untilGone(pace: Pace, find: () => Promise<Json | undefined>): Promise<void> {
  const gone = await pace.poll(WAITS.poll, WAITS.deletion / WAITS.poll, async () =>
    (await find()) ? undefined : true,
  );
  if (!gone) {
    throw new ProviderError(
      'error waiting for the deletion: it is still there',
      'Something of the same name answers in its place, such as a mirror that was created at the same time.',
    );
  }
}
