import { createSocket, type Socket } from 'node:dgram';

const A = 1;
const NXDOMAIN = 3;
const open: Socket[] = [];

/**
 * A DNS server that knows these hosts' IPv4 addresses and nothing else.
 *
 * @returns its address, for a resolver's list of servers
 */
export async function dnsServer(hosts: Readonly<Record<string, string>>): Promise<string> {
  const socket = createSocket('udp4');
  open.push(socket);
  socket.on('message', (query, { port, address }) => socket.send(answerTo(query, hosts), port, address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return `127.0.0.1:${socket.address().port}`;
}

export async function closeDnsServers(): Promise<void> {
  await Promise.all(open.splice(0).map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
}

/** RFC 1035, section 4: a header of 12 bytes, the question as it came, and at most one record. */
function answerTo(query: Buffer, hosts: Readonly<Record<string, string>>): Buffer {
  const { name, end } = nameIn(query);
  const address = hosts[name];
  const isKnown = address !== undefined;
  const hasRecord = isKnown && query.readUInt16BE(end) === A;
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (isKnown ? 0 : NXDOMAIN), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(hasRecord ? 1 : 0, 6);
  const question = query.subarray(12, end + 4);
  return Buffer.concat([header, question, ...(hasRecord ? [record(address)] : [])]);
}

/** Labels, each after its length, until an empty one. */
function nameIn(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]));
    at += 1 + query[at];
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** The name is a pointer to the question's; an A record of the Internet that may be kept for a minute. */
function record(address: string): Buffer {
  const fixed = Buffer.from([0xc0, 12, 0, A, 0, 1, 0, 0, 0, 60, 0, 4]);
  return Buffer.concat([fixed, Buffer.from(address.split('.').map(Number))]);
}
