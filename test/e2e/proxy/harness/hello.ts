/** TLS ClientHellos made by hand, so that they can be what no TLS library sends. */
const uint = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

const withLength = (body: Buffer, bytes: number): Buffer => Buffer.concat([uint(body.length, bytes), body]);

export interface ServerName {
  readonly value: string | Buffer;
  /** 0 is a host name; nothing else was ever defined. */
  readonly type?: number;
  /** What the length field says instead of the truth. */
  readonly saysLength?: number;
}

/** The server_name extension with all the names given. */
export function serverNames(...names: (string | Buffer | ServerName)[]): Buffer {
  const entries = names.map((given) => {
    const {
      value,
      type = 0,
      saysLength,
    } = typeof given === 'string' || Buffer.isBuffer(given) ? { value: given } : given;
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    return Buffer.concat([uint(type, 1), uint(saysLength ?? bytes.length, 2), bytes]);
  });
  return extension(0, withLength(Buffer.concat(entries), 2));
}

export const extension = (type: number, body: Buffer): Buffer => Buffer.concat([uint(type, 2), withLength(body, 2)]);

const ALGORITHMS = Buffer.concat([
  extension(10, Buffer.from('00040017001d', 'hex')),
  extension(11, Buffer.from('0100', 'hex')),
  extension(13, Buffer.from('0006040308040401', 'hex')),
]);

const CIPHERS = Buffer.from('c02bc02fc02cc030', 'hex');

/** A handshake message that a server of the lab would answer, with the extensions given. */
export function helloMessage(...extensions: Buffer[]): Buffer {
  const body = Buffer.concat([
    uint(0x0303, 2),
    Buffer.alloc(32, 0x5a),
    uint(0, 1), // no session to resume
    withLength(CIPHERS, 2),
    Buffer.from('0100', 'hex'), // no compression
    withLength(Buffer.concat([...extensions, ALGORITHMS]), 2),
  ]);
  return Buffer.concat([uint(1, 1), withLength(body, 3)]);
}

/** The message in TLS records of at most this size. */
export function records(message: Buffer, size = 16_384, version = 0x0301): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    parts.push(Buffer.concat([uint(22, 1), uint(version, 2), withLength(message.subarray(at, at + size), 2)]));
  }
  return Buffer.concat(parts);
}

export const hello = (...names: (string | Buffer | ServerName)[]): Buffer =>
  records(helloMessage(serverNames(...names)));
