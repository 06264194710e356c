import { Ranges } from './ranges';

/** What one record that came was, beside those that had come before. */
export type Arrival = 'in-order' | 'out-of-order' | 'twice';

/** The records of one partition that somebody read, in the order in which they came. */
export class Arrivals {
  /** By sequence number. */
  public readonly seen = new Ranges();
  /** Records that came again, each time counted. */
  public twice = 0;
  /** Records that came for the first time after one that was sent later. */
  public outOfOrder = 0;

  public add(sequence: number): Arrival {
    const { highest = -1 } = this.seen;
    if (!this.seen.add(sequence)) {
      this.twice += 1;
      return 'twice';
    }
    if (sequence < highest) {
      this.outOfOrder += 1;
      return 'out-of-order';
    }
    return 'in-order';
  }
}
