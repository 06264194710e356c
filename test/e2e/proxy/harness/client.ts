import { type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** A client's session that a broker has greeted; knows when and how it ended. */
export class Session {
  endedAt?: number;
  private pending = '';
  private waiting?: () => void;

  /** Rejects when there is no connection, when the session is closed, or not greeted in time. */
  static async open(connection: Promise<Socket>, servername: string, ca: string, timeout: number): Promise<Session> {
    const late = new Error(`no greeting within ${timeout} ms`);
    let giveUp: (() => void) | undefined;
    const timer = setTimeout(() => giveUp?.(), timeout);
    try {
      const raw = await Promise.race([connection, new Promise<never>((_, reject) => (giveUp = () => reject(late)))]);
      const session = new Session(connectTls({ socket: raw, servername, ca }));
      session.socket.on('close', () => raw.destroy());
      giveUp = () => session.socket.destroy(late);
      session.greeting = await session.readLine();
      return session;
    } catch (error) {
      connection.then(
        (raw) => raw.destroy(),
        () => undefined,
      );
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** `<broker's name>:<port>` */
  greeting = '';
  readonly ended: Promise<void>;
  private error?: Error;

  private constructor(readonly socket: TLSSocket) {
    socket.setNoDelay(true);
    socket.on('data', (data: Buffer) => {
      this.pending += data.toString('latin1');
      this.waiting?.();
    });
    socket.on('error', (error: Error) => (this.error = error));
    this.ended = new Promise((resolve) =>
      socket.once('close', () => {
        this.endedAt = performance.now();
        this.waiting?.();
        resolve();
      }),
    );
  }

  /** Sends a line and gives the milliseconds until it came back; rejects when the session ends first. */
  async echo(text = 'ping', timeout = 60_000): Promise<number> {
    const start = performance.now();
    this.socket.write(`${text}\n`);
    await this.readLine(timeout);
    return performance.now() - start;
  }

  close(): void {
    this.socket.destroy();
  }

  private async readLine(timeout = 60_000): Promise<string> {
    const deadline = performance.now() + timeout;
    for (;;) {
      const end = this.pending.indexOf('\n');
      if (end >= 0) {
        const line = this.pending.slice(0, end);
        this.pending = this.pending.slice(end + 1);
        return line;
      }
      if (this.endedAt !== undefined) {
        throw this.error ?? new Error('the session was closed');
      }
      const left = deadline - performance.now();
      if (left <= 0) {
        throw new Error(`no answer within ${timeout} ms`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

export interface Reaction {
  /** What was sent back before the session ended or the time was up. */
  readonly received: Buffer;
  readonly closed: boolean;
}

/** Sends bytes as they are and tells what comes of it: for hellos that no TLS library would send. */
export async function sendBytes(
  connection: Promise<Socket>,
  bytes: Buffer | string,
  timeout = 30_000,
): Promise<Reaction> {
  const socket = await connection;
  const received: Buffer[] = [];
  socket.on('error', () => undefined);
  socket.on('data', (data: Buffer) => received.push(data));
  socket.write(bytes);
  const timer = setTimeout(() => socket.destroy(new Error('late')), timeout);
  const closed = await new Promise<boolean>((resolve) =>
    socket.once('close', () => resolve(socket.errored?.message !== 'late')),
  );
  clearTimeout(timer);
  return { received: Buffer.concat(received), closed };
}
