import { type Plan } from '../planning/plan';
import { type RefusalCode } from '../planning/refusal';

/** Refusals that may go away by themselves, once something has begun. */
const PASSING: readonly RefusalCode[] = [
  'member-away',
  'member-declines',
  'topic-unknown',
  'link-unknown',
  'transition-blocked',
];

/** A member that does not answer for a moment is no reason to leave topics half turned. */
export class LostContact {
  private since?: number;

  constructor(private readonly limitMs: number) {}

  /** Whether to look again before the refusal counts. */
  public bears({ refusals }: Plan, now: number): boolean {
    if (refusals.length === 0 || !refusals.every(({ code }) => PASSING.includes(code))) {
      return false;
    }
    this.since ??= now;
    return now - this.since < this.limitMs;
  }

  public regained(): void {
    this.since = undefined;
  }
}
