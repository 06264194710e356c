import { Op, Token } from 'cdktf';
import { markKind } from '../validation/kind';
import { requireArgument } from '../validation/shape';

/** A length of time. */
export class Duration {
  /** So many seconds. */
  public static seconds(amount: number): Duration {
    return Duration.of('seconds', amount, 1);
  }

  /** So many minutes. */
  public static minutes(amount: number): Duration {
    return Duration.of('minutes', amount, 60);
  }

  /** So many hours. */
  public static hours(amount: number): Duration {
    return Duration.of('hours', amount, 3600);
  }

  private static of(unit: string, amount: number, seconds: number): Duration {
    requireArgument({
      ok: typeof amount === 'number',
      property: `Duration.${unit}`,
      received: amount,
      allowed: 'a number',
      advice: 'Write it without quotes.',
    });
    // A number that only Terraform knows stands for itself, and cannot be reckoned with here.
    return new Duration(
      seconds !== 1 && Token.isUnresolved(amount) ? Token.asNumber(Op.mul(amount, seconds)) : amount * seconds,
    );
  }

  private constructor(private readonly amount: number) {}

  /** The same in seconds. */
  public toSeconds(): number {
    return this.amount;
  }
}

markKind(Duration, 'Duration');
