import { isIPv4 } from 'node:net';

/**
 * The origin of a service.
 *
 * @throws Error if it is no address, holds a user or a path, or would send a key in clear over a network
 */
export function checkedBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    // What stands before an @ may be a secret.
    const shown = JSON.stringify(text.replace(/^.*@/s, '…@'));
    throw new Error(`${shown} is no address of a service; give one such as https://pkc-….confluent.cloud.`);
  }
  if (url.username || url.password) {
    throw new Error(`The address of ${url.host} holds a user or a password; give the API key by itself.`);
  }
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new Error(`${text} has a path; give ${url.origin} alone.`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Error(`${text} would send the API key in clear; http is for this machine alone, use https.`);
  }
  return url.origin;
}

function isLoopback(host: string): boolean {
  return host === '[::1]' || host === 'localhost' || (isIPv4(host) && host.startsWith('127.'));
}

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
