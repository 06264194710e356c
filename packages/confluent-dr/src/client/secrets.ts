/** An API key of one cluster, of one Schema Registry, or of the control plane. */
export interface Credentials {
  readonly key: string;
  readonly secret: string;
}

/** Keeps a secret out of all that is printed: its fields are invisible to console.log and JSON. */
export class Secrets {
  readonly #secret: string;
  readonly #encoded: string;

  constructor({ key, secret }: Credentials) {
    this.#secret = secret;
    this.#encoded = Buffer.from(`${key}:${secret}`).toString('base64');
  }

  /** The header. */
  public get authorization(): string {
    return `Basic ${this.#encoded}`;
  }

  /** A server may tell what it received. */
  public hiddenIn(text: string): string {
    return [this.#encoded, this.#secret]
      .filter(Boolean)
      .reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
  }
}
