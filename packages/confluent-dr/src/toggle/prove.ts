import { setTimeout as sleep } from 'node:timers/promises';
import { type HealthReport } from '../health/report';
import { type Proof, proofOf } from './proof';

export interface Proving {
  readonly blocked: boolean;
  /** The text of the stack's output proxy_report. */
  readonly report?: string;
  /** Looks through the proxy. */
  readonly look: () => Promise<HealthReport>;
  /** Milliseconds in which it has to become true. */
  readonly timeLimitMs: number;
  readonly pauseMs?: number;
  readonly signal?: AbortSignal;
}

const PAUSE_MS = 1000;

/**
 * Looks again and again until it is as wished for, or the time is over.
 *
 * @throws AbortError once the signal is aborted
 */
export async function prove({
  blocked,
  report,
  look,
  timeLimitMs,
  pauseMs = PAUSE_MS,
  signal,
}: Proving): Promise<Proof> {
  const end = performance.now() + timeLimitMs;
  for (;;) {
    const proof = proofOf(blocked, await look(), report);
    if (proof.kind !== 'contradicted' || performance.now() + pauseMs > end) {
      return proof;
    }
    await sleep(pauseMs, undefined, { signal });
  }
}
