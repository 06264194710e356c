import { ProviderError } from '../../protocol/diagnostics';
import { type Json } from '../api-client';
import { type Pace } from '../../pace';
import { WAITS } from '../waits';

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
