import { request } from 'node:http';
import { type Socket } from 'node:net';
import { errorAnswer } from '../client/error-answer';
import { type Credentials, Secrets } from '../client/secrets';
import { ConnectionClosed } from './connecting';
import { apisIn, apiVersionsRequest } from './kafka-api-versions';
import { type LayerResult } from './passage';

/** Puts a question on an open connection. */
export type Ask = (socket: Socket, signal: AbortSignal) => Promise<LayerResult>;

/** @throws what the network says where no answer comes */
export const askKafka: Ask = (socket, signal) =>
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

export interface HttpQuestion {
  /** Host and, unless it is the usual one, port: what the header says. */
  readonly authority: string;
  readonly path: string;
  /** @default - it is asked without a key */
  readonly credentials?: Credentials;
}

/** @throws what the network says where no answer comes */
export function askHttp({ authority, path, credentials }: HttpQuestion): Ask {
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
