import { type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { type Control, LIMIT_MS, orHangs } from './patience';

/** A client's session that a broker has greeted; knows when and how it ended. */
export class Session {
  endedAt?: number;
  private pending = '';
  private waiting?: () => void;

  /** Rejects when there is no connection, when the session is closed, or not greeted in any time. */
  static async open(connection: Promise<Socket>, servername: string, ca: string): Promise<Session> {
    const late = new Error(`no greeting within ${LIMIT_MS} ms`);
    let giveUp: (() => void) | undefined;
    const timer = setTimeout(() => giveUp?.(), LIMIT_MS);
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
  async echo(text = 'ping'): Promise<number> {
    const start = performance.now();
    this.socket.write(`${text}\n`);
    await this.readLine();
    return performance.now() - start;
  }

  /** Sends a line, and tells whether one comes back, or `hangs` while the control goes on. It is read by the next echo. */
  async echoOrHangs(control: Control): Promise<'answered' | 'ended' | 'hangs'> {
    const answered = new Promise<'answered'>((resolve) => this.socket.once('data', () => resolve('answered')));
    this.socket.write('may hang\n');
    return orHangs(Promise.race([answered, this.ended.then(() => 'ended' as const)]), control);
  }

  close(): void {
    this.socket.destroy();
  }

  private async readLine(): Promise<string> {
    const deadline = performance.now() + LIMIT_MS;
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
        throw new Error(`no answer within ${LIMIT_MS} ms`);
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
export async function sendBytes(connection: Promise<Socket>, bytes: Buffer | string): Promise<Reaction> {
  const socket = await connection;
  const received: Buffer[] = [];
  socket.on('error', () => undefined);
  socket.on('data', (data: Buffer) => received.push(data));
  socket.write(bytes);
  const timer = setTimeout(() => socket.destroy(new Error('late')), LIMIT_MS);
  const closed = await new Promise<boolean>((resolve) =>
    socket.once('close', () => resolve(socket.errored?.message !== 'late')),
  );
  clearTimeout(timer);
  return { received: Buffer.concat(received), closed };
}
