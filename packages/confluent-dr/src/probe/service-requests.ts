import { request } from 'node:http';
import { connect as connectTcp, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { type Credentials, Secrets } from '../client/endpoint';
import { errorAnswer } from '../client/error-answer';
import { type LayerResult } from './probe-result';

/** How long one address of several is tried before the next one is tried beside it; milliseconds. */
const NEXT_ADDRESS_MS = 1000;

/** The peer ended the connection, without a word on why. */
class ConnectionClosed extends Error {
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

/**
 * The one request that every Kafka broker answers before anybody has logged in: which APIs it has. Version 0, which all
 * brokers know. A Kafka client would be a large dependency for some thirty bytes.
 */
const API_VERSIONS = 18;
const VERSION = 0;
const CLIENT_ID = 'confluent-dr';
const CORRELATION_ID = 1;
const SIZE_BYTES = 4;
const BYTES_OF_API = 6;
const LARGEST_ANSWER = 64 * 1024;

function apiVersionsRequest(): Buffer {
  const client = Buffer.from(CLIENT_ID);
  const body = Buffer.alloc(10);
  body.writeInt16BE(API_VERSIONS, 0);
  body.writeInt16BE(VERSION, 2);
  body.writeInt32BE(CORRELATION_ID, 4);
  body.writeInt16BE(client.length, 8);
  const size = Buffer.alloc(SIZE_BYTES);
  size.writeInt32BE(body.length + client.length);
  return Buffer.concat([size, body, client]);
}

/**
 * @param received what came so far
 * @returns how many APIs the broker has; undefined while more has to come
 * @throws Error if it is no answer to the request
 */
function apisIn(received: Buffer): number | undefined {
  if (received.length < SIZE_BYTES) {
    return undefined;
  }
  const size = received.readInt32BE(0);
  if (size < 10 || size > LARGEST_ANSWER) {
    throw new Error('what answers there does not speak the Kafka protocol');
  }
  if (received.length < SIZE_BYTES + size) {
    return undefined;
  }
  const [correlation, error, apis] = [received.readInt32BE(4), received.readInt16BE(8), received.readInt32BE(10)];
  if (correlation !== CORRELATION_ID || size < 10 + apis * BYTES_OF_API) {
    throw new Error('what answers there does not speak the Kafka protocol');
  }
  if (error !== 0) {
    throw new Error(`the broker answered ApiVersions with error ${error}`);
  }
  return apis;
}

/** Puts a question on an open connection. */
export type ServiceRequest = (socket: Socket, signal: AbortSignal) => Promise<LayerResult>;

/** @throws what the network says where no answer comes */
export const requestApiVersions: ServiceRequest = (socket, signal) =>
  new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const end = (error: Error): void => reject(error);
    signal.addEventListener('abort', () => end(new ConnectionClosed()), { once: true });
    socket.once('error', end);
    socket.once('close', () => end(new ConnectionClosed()));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      try {
        const apis = apisIn(received);
        if (apis !== undefined) {
          resolve({ kind: 'ok', detail: `Kafka with ${apis} APIs` });
        }
      } catch (error) {
        resolve({ kind: 'failed', failure: 'malformed', detail: (error as Error).message });
      }
    });
    socket.write(apiVersionsRequest());
  });

export interface HttpRequestProps {
  /** Host and, unless it is the usual one, port: what the header says. */
  readonly authority: string;
  readonly path: string;
  /** @default - it is asked without a key */
  readonly credentials?: Credentials;
}

/** @throws what the network says where no answer comes */
export function requestOverHttp({ authority, path, credentials }: HttpRequestProps): ServiceRequest {
  const secrets = credentials && new Secrets(credentials);
  return (socket, signal) =>
    new Promise((resolve, reject) => {
      const headers = {
        host: authority,
        accept: 'application/json',
        ...(secrets && { authorization: secrets.authorization }),
      };
      const asked = request({ createConnection: () => socket, path, headers, signal }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          resolve(understood(response.statusCode ?? 0, body, secrets));
        });
      });
      asked.once('error', reject);
      asked.end();
    });
}

function understood(status: number, body: string, secrets?: Secrets): LayerResult {
  if (status >= 200 && status < 300) {
    return isJson(body)
      ? { kind: 'ok', detail: `HTTP ${status}` }
      : { kind: 'failed', failure: 'malformed', detail: `HTTP ${status} without JSON; something else answers there` };
  }
  const { kind, detail } = errorAnswer({ status, headers: {}, body }, 0);
  const failure = kind === 'aborted' ? 'malformed' : kind;
  const said = `HTTP ${status}${detail && `: ${detail}`}`;
  return { kind: 'failed', failure, detail: secrets?.hiddenIn(said) ?? said };
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
