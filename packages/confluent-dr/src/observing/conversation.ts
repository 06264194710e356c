import { RequestFailure } from '../client/request-failure';
import { presenceOf } from '../pair/data-plane';
import { type Reading, readingOf } from './reading';

/** What is asked of one service at a time. One that has said anything lives, and is waited for. */
export class Conversation {
  private heard = false;
  private readonly left = new AbortController();
  private readonly until: AbortSignal;

  /**
   * @param signal ends every reading with an error
   * @param patience once it is aborted, a service that has said nothing is not waited for any longer
   */
  constructor(
    private readonly signal?: AbortSignal,
    patience?: AbortSignal,
  ) {
    this.until = AbortSignal.any([this.left.signal, ...(signal ? [signal] : [])]);
    patience?.addEventListener('abort', () => this.leaveIfSilent(), { once: true });
    if (patience?.aborted) {
      this.leaveIfSilent();
    }
  }

  /** @throws RequestFailure of kind `aborted` if the signal ended it */
  public async reading<T>(request: (signal: AbortSignal) => Promise<T>): Promise<Reading<T>> {
    const reading = await readingOf(this.untilLeft(request(this.until)));
    this.heard ||= reading.known || isWord(reading.failure);
    return reading;
  }

  private leaveIfSilent(): void {
    if (!this.heard) {
      this.left.abort();
    }
  }

  private async untilLeft<T>(request: Promise<T>): Promise<T> {
    try {
      return await request;
    } catch (error) {
      const isLeft = error instanceof RequestFailure && error.kind === 'aborted' && this.signal?.aborted !== true;
      throw isLeft ? silenceOf(error) : error;
    }
  }
}

/** A service that declines lives, too. */
const isWord = ({ kind, message: cause }: RequestFailure): boolean =>
  kind !== 'aborted' && presenceOf({ kind, cause }) === 'declines';

/** What was being repeated says more than that nobody waited any longer. */
const silenceOf = (left: RequestFailure): RequestFailure =>
  left.cause ?? new RequestFailure({ ...left, kind: 'timeout', detail: 'it was not waited for any longer' });
