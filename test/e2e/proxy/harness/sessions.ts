import type net from 'node:net';
import tls from 'node:tls';
import { CLIENT_ADDRESS, type Network, PROXY_ADDRESS } from './network';
import { type Control, orHangs } from './patience';

/** A TLS session through the proxy; the server's certificate is checked against the name. */
export async function openSession(network: Network, ca: string, name: string, port = 9092): Promise<tls.TLSSocket> {
  return handshake(await network.portal.connect(PROXY_ADDRESS, port, CLIENT_ADDRESS), ca, name);
}

export function handshake(socket: net.Socket, ca: string, name: string): Promise<tls.TLSSocket> {
  socket.setNoDelay(true);
  return new Promise((resolve, reject) => {
    const session = tls.connect({ socket, servername: name, ca }, () => {
      session
        .off('error', reject)
        .off('close', closed)
        .on('error', () => undefined);
      resolve(session);
    });
    const closed = (): void => reject(new Error(`closed before the handshake was done: ${name}`));
    session.once('error', reject).once('close', closed);
  });
}

export interface AttemptOptions {
  /** @default 9092 */
  readonly port?: number;
  /** Tells what hangs from what is slow. @default - it hangs when it takes longer than anything does on any machine */
  readonly control?: Control;
}

/** What became of a try to open a session, and after how long. */
export async function attempt(
  network: Network,
  ca: string,
  name: string,
  { port = 9092, control }: AttemptOptions = {},
): Promise<{ outcome: 'open' | 'refused' | 'hangs'; ms: number }> {
  const began = Date.now();
  const connection = network.portal.connect(PROXY_ADDRESS, port, CLIENT_ADDRESS);
  const tried = connection
    .then((socket) => handshake(socket, ca, name))
    .then(
      (session) => (session.destroy(), 'open' as const),
      () => 'refused' as const,
    );
  const outcome = await orHangs(tried, control);
  const ms = Date.now() - began;
  connection.then(
    (socket) => socket.destroy(),
    () => undefined,
  );
  return { outcome, ms };
}

/** A session under load: 64 bytes each 20 ms, echoed; remembers each answer's time and how the session ended. */
export class EchoSession {
  readonly answers: number[] = [];
  ended?: { at: number; by: string };
  private readonly timer: NodeJS.Timeout;

  constructor(readonly socket: tls.TLSSocket) {
    const end = (by: string): void => void (this.ended ??= { at: Date.now(), by });
    socket.on('data', () => this.answers.push(Date.now()));
    socket
      .on('end', () => end('end'))
      .on('close', () => end('close'))
      .on('error', (error: Error) => end(error.message));
    this.timer = setInterval(() => this.ended ?? socket.write(Buffer.alloc(64)), 20);
  }

  /**
   * The longest time without an answer, less what the control missed at that time: a busy machine delays both.
   * The ends of the span count as answers, so a session that ended early has a long pause.
   */
  longestPause(from: number, to: number, control?: EchoSession): number {
    const times = [from, ...this.answers.filter((at) => at > from && at < to), to];
    const pauses = times.slice(1).map((at, index) => {
      const length = at - times[index];
      return control && length > 100 ? length - control.longestPause(times[index], at) : length;
    });
    return Math.max(...pauses);
  }

  answeredSince(at: number): boolean {
    return (this.answers.at(-1) ?? 0) > at;
  }

  close(): void {
    clearInterval(this.timer);
    this.ended ??= { at: Date.now(), by: 'the test' };
    this.socket.destroy();
  }
}
