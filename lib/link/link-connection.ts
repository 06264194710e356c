import { type IClusterMember } from '../cluster/cluster-member';
import { type IConfluentClusterPair } from '../cluster/cluster-pair';
import { isKind, markKind } from '../validation/kind';
import { type Problems } from '../validation/problems';

/**
 * Which member connects to the other. Confluent calls a link that connects OUTBOUND, and one that waits for the other
 * INBOUND; records flow both ways over what either has opened.
 */
export class LinkConnection {
  /** Each member connects to the other, for members that can both be reached. */
  public static fromBoth(): LinkConnection {
    return new LinkConnection('both');
  }

  /** The primary connects, and the secondary waits for it: for a primary in a private network that the secondary cannot reach. */
  public static fromPrimary(): LinkConnection {
    return new LinkConnection('primary');
  }

  /** The secondary connects, and the primary waits for it: for a secondary in a private network that the primary cannot reach. */
  public static fromSecondary(): LinkConnection {
    return new LinkConnection('secondary');
  }

  private constructor(
    /** @internal */
    public readonly _from: 'both' | 'primary' | 'secondary',
  ) {}

  /** The members in the order in which their links are made: first the one that waits, then the one that finds it there. @internal */
  public _inOrder({ primary, secondary }: IConfluentClusterPair): IClusterMember[] {
    return this._from === 'secondary' ? [primary, secondary] : [secondary, primary];
  }

  /** Whether the link of this member waits for the other's. @internal */
  public _waits({ primary }: IConfluentClusterPair, member: IClusterMember): boolean {
    return this._from !== 'both' && this._from !== (member === primary ? 'primary' : 'secondary');
  }

  /** Says where a member would connect from the internet into a private network. @internal */
  public _check(problems: Problems, property: string, pair: IConfluentClusterPair): void {
    for (const [role, local, remote] of [
      ['primary', pair.primary, pair.secondary],
      ['secondary', pair.secondary, pair.primary],
    ] as const) {
      const isLost = !this._waits(pair, local) && isPrivate(local) === false && isPrivate(remote) === true;
      const other = role === 'primary' ? 'Secondary' : 'Primary';
      problems.refuseUnless(!isLost, {
        property,
        received: `LinkConnection.from${this._from[0].toUpperCase()}${this._from.slice(1)}()`,
        allowed: `LinkConnection.from${other}(): the ${role} is public, and finds no way into the private network of the ${other.toLowerCase()}`,
        advice: 'Let the private member connect, or put both into private networks that reach each other.',
      });
    }
  }
}

markKind(LinkConnection, 'LinkConnection');

/** Undefined where the code does not tell. */
function isPrivate(member: IClusterMember): boolean | undefined {
  return isKind(member, 'PairMember') ? (member as { readonly _isPrivate?: boolean })._isPrivate : undefined;
}
