import { markKind } from '../validation/kind';

/** A length of time. */
export class Duration {
  public static seconds(amount: number): Duration {
    return new Duration(amount);
  }

  public static minutes(amount: number): Duration {
    return new Duration(amount * 60);
  }

  public static hours(amount: number): Duration {
    return new Duration(amount * 3600);
  }

  private constructor(private readonly amount: number) {}

  public toSeconds(): number {
    return this.amount;
  }
}

markKind(Duration, 'Duration');
