import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** How long one address of several is tried before the next one is tried beside it; milliseconds. */
const NEXT_ADDRESS_MS = 1000;

/** The peer ended the connection, without a word on why. */
export class ConnectionClosed extends Error {
  constructor() {
    super('the connection was closed');
    this.name = 'ConnectionClosed';
  }
}

/** @param addresses at least one; the first that takes the connection is taken */
export function connected(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  const lookup: LookupFunction = (_host, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  const socket = connectTcp({
    ...(addresses.length === 1 ? { host: addresses[0] } : { host: 'service.invalid', lookup }),
    port,
    autoSelectFamily: addresses.length > 1,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS,
  });
  return opened(socket, 'connect', signal);
}

/**
 * TLS on a connection, to a host whose certificate has to bear its name.
 *
 * @param trusted certificates to trust, as PEM. @default those that Node trusts
 */
export async function secured(socket: Socket, host: string, signal: AbortSignal, trusted?: string): Promise<Secured> {
  const tls = connectTls({ socket, host, servername: host, ...(trusted !== undefined && { ca: trusted }) });
  await opened(tls, 'secureConnect', signal);
  return { socket: tls, certificate: certificateOf(tls) };
}

export interface Secured {
  readonly socket: TLSSocket;
  /** Whose certificate it is, and how long it is good. A socket forgets that when it is closed. */
  readonly certificate: string;
}

function certificateOf(socket: TLSSocket): string {
  const { subject, valid_to: validTo } = socket.getPeerCertificate();
  return `certificate of ${[subject.CN].flat().join(', ')}, good until ${new Date(validTo).toISOString().slice(0, 10)}`;
}

function opened<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const give = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => give(new ConnectionClosed());
    const onClose = (): void => give(new ConnectionClosed());
    socket.once('error', give);
    socket.once('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once(event, () => {
      signal.removeEventListener('abort', onAbort);
      socket.off('close', onClose);
      socket.off('error', give);
      // Whoever goes on with it listens too; until then an error must not end the process.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
