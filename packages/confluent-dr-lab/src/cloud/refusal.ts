export type RefusalKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict';

/** The cloud says no. A refused command has changed nothing. */
export class Refusal extends Error {
  constructor(
    public readonly kind: RefusalKind,
    /** Kafka REST's `error_code`, for example 40403; elsewhere the HTTP status. */
    public readonly code: number,
    message: string,
    /** By which the control plane's clients tell this one from others. */
    public readonly word?: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

export const invalid = (message: string, code = 40002): Refusal => new Refusal('invalid', code, message);
export const notFound = (message: string, code = 404): Refusal => new Refusal('not-found', code, message);
export const conflict = (message: string, code = 409): Refusal => new Refusal('conflict', code, message);
export const forbidden = (message = 'Request is not authorized', code = 40301): Refusal =>
  new Refusal('forbidden', code, message);
export const unauthenticated = (message = 'Authentication failed', code = 40101): Refusal =>
  new Refusal('unauthenticated', code, message);
