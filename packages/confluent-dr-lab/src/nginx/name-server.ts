import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const TYPE_A = 1;
const CLASS_IN = 1;
const HEADER_BYTES = 12;
const TTL_SECONDS = 1;
const SERVER_FAILURE = 2;
const NO_SUCH_NAME = 3;

/** The IPv4 address of a name in small letters; undefined where nobody has it. */
export type FindAddress = (name: string) => Promise<string | undefined>;

/** A name server, by itself on loopback, that knows IPv4 addresses alone, for nginx, which reads no hosts file. */
export class NameServer {
  public static async start(find: FindAddress): Promise<NameServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return NameServer.on(socket, find);
  }

  /** @param socket bound, maybe in another network; it is closed with the server */
  public static on(socket: Socket, find: FindAddress): NameServer {
    return new NameServer(socket, find);
  }

  private constructor(
    private readonly socket: Socket,
    private readonly find: FindAddress,
  ) {
    socket.on('message', (message, { port, address }) => {
      void answerTo(message, this.find).then((reply) => reply && this.socket.send(reply, port, address));
    });
    // Who asked may be gone when it is answered.
    socket.on('error', () => undefined);
  }

  /** As nginx takes it: `127.0.0.1:5300`. */
  public get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  public close(): void {
    this.socket.close();
  }
}

/** @returns undefined for what is no question */
async function answerTo(message: Buffer, find: FindAddress): Promise<Buffer | undefined> {
  const question = questionIn(message);
  if (!question) {
    return undefined;
  }
  const { name, type, end } = question;
  let [address, problem]: [string | undefined, number] = [undefined, 0];
  try {
    address = await find(name);
    problem = address === undefined ? NO_SUCH_NAME : 0;
  } catch {
    problem = SERVER_FAILURE;
  }
  const records = address !== undefined && type === TYPE_A ? [record(address)] : [];
  const head = Buffer.from(message.subarray(0, HEADER_BYTES));
  // An answer, of this server's own knowledge; recursion is desired and offered.
  head.writeUInt16BE(0x8580 | problem, 2);
  [1, records.length, 0, 0].forEach((count, index) => head.writeUInt16BE(count, 4 + 2 * index));
  return Buffer.concat([head, message.subarray(HEADER_BYTES, end), ...records]);
}

function questionIn(message: Buffer): { name: string; type: number; end: number } | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  while (message[at] > 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
    at += 1 + message[at];
  }
  const end = at + 5;
  return end <= message.length && message.readUInt16BE(4) === 1
    ? { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end }
    : undefined;
}

function record(address: string): Buffer {
  const bytes = Buffer.alloc(16);
  // The name of the question, by its place.
  bytes.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  bytes.writeUInt16BE(TYPE_A, 2);
  bytes.writeUInt16BE(CLASS_IN, 4);
  bytes.writeUInt32BE(TTL_SECONDS, 6);
  bytes.writeUInt16BE(4, 10);
  address.split('.').forEach((part, index) => bytes.writeUInt8(Number(part), 12 + index));
  return bytes;
}
