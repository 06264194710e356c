import { type CloudState } from '../state';
import { advance, change } from './advance';

/**
 * A cloud that nobody changes but through here, and so with a memory of when something next happens in it by itself:
 * until then looking at it costs nothing, however many mirrors it has.
 */
export class Timeline {
  private quietUntil = -Infinity;

  constructor(private readonly state: CloudState) {}

  /** Lets time pass until now, and the command change the cloud. */
  public perform<T>(now: number, command: (state: CloudState) => T): T {
    const passed = this.pass(now);
    this.quietUntil = -Infinity;
    return change(passed, command);
  }

  /** Lets time pass until now, and looks. What it looks with must change nothing. */
  public observe<T>(now: number, look: (state: CloudState) => T): T {
    return look(this.pass(now));
  }

  private pass(now: number): CloudState {
    if (now >= this.quietUntil) {
      this.quietUntil = advance(this.state, now);
    }
    this.state.now = Math.max(this.state.now, now);
    return this.state;
  }
}
