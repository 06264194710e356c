import { ProviderError } from './diagnostics';

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
