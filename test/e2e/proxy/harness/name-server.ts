import type dgram from 'node:dgram';

export interface NameAnswer {
  readonly addresses: readonly string[];
  /** @default 1 */
  readonly ttlSeconds?: number;
}

/** What a name resolves to; `undefined` is "no such name", `silent` no answer at all. */
export type Zone = (name: string) => NameAnswer | 'silent' | undefined;

const A = 1;
const ANY_CLASS_IN = 1;
const NO_SUCH_NAME = 3;

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at]; length > 0; length = message[at]) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function record({ addresses, ttlSeconds = 1 }: NameAnswer): Buffer[] {
  return addresses.map((address) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt16BE(0xc00c, 0); // the name of the question
    bytes.writeUInt16BE(A, 2);
    bytes.writeUInt16BE(ANY_CLASS_IN, 4);
    bytes.writeUInt32BE(ttlSeconds, 6);
    bytes.writeUInt16BE(4, 10);
    address.split('.').forEach((part, index) => bytes.writeUInt8(Number(part), 12 + index));
    return bytes;
  });
}

/** A name server of a few lines: IPv4 addresses only, and it remembers what it was asked. */
export class NameServer {
  readonly questions: string[] = [];

  constructor(
    private readonly socket: dgram.Socket,
    public zone: Zone,
  ) {
    socket.on('message', (message, from) => {
      const reply = this.answer(message);
      if (reply) socket.send(reply, from.port, from.address);
    });
  }

  close(): void {
    this.socket.close();
  }

  private answer(message: Buffer): Buffer | undefined {
    const { name, end } = readName(message);
    const type = message.readUInt16BE(end);
    if (type === A) this.questions.push(name);
    const found = this.zone(name);
    if (found === 'silent') return undefined;
    const records = found && type === A ? record(found) : [];
    const head = Buffer.from(message.subarray(0, 12));
    head.writeUInt16BE(0x8180 | (found ? 0 : NO_SUCH_NAME), 2);
    head.writeUInt16BE(records.length, 6);
    head.writeUInt16BE(0, 8);
    head.writeUInt16BE(0, 10);
    return Buffer.concat([head, message.subarray(12, end + 4), ...records]);
  }
}
