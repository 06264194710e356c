import { ProviderError } from './messages';

const KEPT = 500;

/**
 * What each of Terraform's processes has configured a provider with. One process serves them all here, where each would
 * have a provider of its own: connections tell them apart.
 */
export class Sessions<S> {
  private readonly byPeer = new Map<string, S>();

  public open(peer: string, session: S): void {
    this.byPeer.delete(peer);
    this.byPeer.set(peer, session);
    if (this.byPeer.size > KEPT) {
      const [oldest] = this.byPeer.keys();
      this.byPeer.delete(oldest);
    }
  }

  public of(peer: string): S {
    if (!this.byPeer.has(peer)) {
      throw new ProviderError('The provider was used before it was configured');
    }
    return this.byPeer.get(peer) as S;
  }
}

/** The mark of a lab, as it stands in the private data of a state. */
export const labMark = (labId: string): string => JSON.stringify({ lab: labId });

/**
 * A mark on each object of a state that says which lab made it. A state of real clusters would look to the lab as if
 * everything in it were gone, and the next apply would write that down: so objects without the mark are refused.
 */
export class Stamp {
  private readonly bytes: Buffer;

  constructor(private readonly labId: string) {
    this.bytes = Buffer.from(labMark(labId));
  }

  /** The private data of a state's object, which Terraform keeps and never shows. */
  public get private(): Uint8Array {
    return this.bytes;
  }

  public check(type: string, privateData: Uint8Array | undefined): void {
    const mark = privateData ? Buffer.from(privateData) : Buffer.alloc(0);
    if (!mark.equals(this.bytes)) {
      throw new ProviderError(
        `This state was not made by the lab that runs now (${this.labId})`,
        `It holds a ${type} of ${mark.includes('"lab"') ? 'another lab' : 'something that is no lab'}, which this lab ` +
          'would take for gone. Nothing was changed. Use a state of its own for the lab, as `confluent-dr lab exec` does.',
      );
    }
  }
}
