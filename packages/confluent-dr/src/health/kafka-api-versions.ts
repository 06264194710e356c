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

export function apiVersionsRequest(): Buffer {
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
export function apisIn(received: Buffer): number | undefined {
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
