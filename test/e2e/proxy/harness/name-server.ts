import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

/** A DNS server of A records by exact name, which can also be made silent. */
export class NameServer {
  /** Lower-case names without a final dot. */
  readonly records = new Map<string, string>();
  readonly questions: string[] = [];
  silent = false;
  ttl = 1;

  static async listen(address: string): Promise<NameServer> {
    const socket = createSocket('udp4');
    const server = new NameServer(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(53, address, resolve);
    });
    return server;
  }

  private constructor(private readonly socket: Socket) {
    socket.on('message', (message, from) => this.answer(message, from));
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }

  private answer(query: Buffer, from: RemoteInfo): void {
    const labels: string[] = [];
    let end = 12;
    while (query[end] !== 0) {
      labels.push(query.toString('latin1', end + 1, end + 1 + query[end]));
      end += query[end] + 1;
    }
    const name = labels.join('.').toLowerCase();
    this.questions.push(name);
    if (this.silent) {
      return;
    }
    const address = this.records.get(name);
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(address ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(address ? 1 : 0, 6);
    header.writeUInt32BE(0, 8);
    const question = query.subarray(12, end + 5);
    const record = Buffer.from([
      0xc0,
      12,
      0,
      1,
      0,
      1,
      0,
      0,
      0,
      this.ttl,
      0,
      4,
      ...(address ?? '').split('.').map(Number),
    ]);
    this.socket.send(Buffer.concat([header, question, ...(address ? [record] : [])]), from.port, from.address);
  }
}
