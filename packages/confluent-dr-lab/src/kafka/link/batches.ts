import { gzipSync } from 'node:zlib';

/** A batch of records as Kafka keeps it and sends it, version 2. */
export interface Batch {
  readonly bytes: Buffer;
  readonly baseOffset: number;
  readonly lastOffset: number;
}

/** Who writes, and the number that the first record of a batch has among all that it wrote to the partition. */
export interface Writing {
  readonly id: bigint;
  readonly epoch: number;
  readonly sequence: number;
}

export type Checksum = (bytes: Buffer) => number;

const LENGTH = 8;
const LEADER_EPOCH = 12;
const MAGIC = 16;
const CRC = 17;
const ATTRIBUTES = 21;
const LAST_DELTA = 23;
const PRODUCER_ID = 43;
const PRODUCER_EPOCH = 51;
const SEQUENCE = 53;
const COUNT = 57;
const RECORDS = 61;

const GZIP = 1;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;

/** The batches that a broker sent; the last one is left out where it was cut. */
export function batchesIn(records: Buffer): Batch[] {
  const batches: Batch[] = [];
  for (let at = 0; at + RECORDS <= records.length;) {
    const end = at + LEADER_EPOCH + records.readInt32BE(at + LENGTH);
    if (end > records.length) {
      break;
    }
    const bytes = records.subarray(at, end);
    const baseOffset = Number(bytes.readBigInt64BE(0));
    batches.push({ bytes, baseOffset, lastOffset: baseOffset + bytes.readInt32BE(LAST_DELTA) });
    at = end;
  }
  return batches;
}

/**
 * Why this batch cannot stand at that offset of another cluster's log. Offsets without a record, which compaction and the
 * markers of transactions leave, cannot be written by a client.
 */
export function obstacleTo({ bytes, baseOffset, lastOffset }: Batch, expected: number): string | undefined {
  const attributes = bytes.readInt16BE(ATTRIBUTES);
  if (bytes.readInt8(MAGIC) !== 2) {
    return `offset ${baseOffset} is in a batch of format ${bytes.readInt8(MAGIC)}`;
  }
  if ((attributes & (TRANSACTIONAL | CONTROL)) !== 0) {
    return `offset ${baseOffset} belongs to a transaction, whose marker takes an offset`;
  }
  if (baseOffset !== expected) {
    return `offset ${expected} is not there; the next one is ${baseOffset}`;
  }
  const count = bytes.readInt32BE(COUNT);
  return count === lastOffset - baseOffset + 1
    ? undefined
    : `of the offsets ${baseOffset} to ${lastOffset} only ${count} have a record`;
}

/** The same records as a client sends them: with the writer's own name and number, and everything else untouched. */
export function asWritten({ bytes }: Batch, { id, epoch, sequence }: Writing, checksum: Checksum): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeBigInt64BE(0n, 0);
  copy.writeInt32BE(-1, LEADER_EPOCH);
  // A client may not claim the time of a broker.
  copy.writeInt16BE(copy.readInt16BE(ATTRIBUTES) & ~LOG_APPEND_TIME, ATTRIBUTES);
  copy.writeBigInt64BE(id, PRODUCER_ID);
  copy.writeInt16BE(epoch, PRODUCER_EPOCH);
  copy.writeInt32BE(sequence, SEQUENCE);
  copy.writeUInt32BE(checksum(copy.subarray(ATTRIBUTES)) >>> 0, CRC);
  return copy;
}

/** So many records without key and value, with which a log is led up to an offset. */
export function emptyRecords(count: number, checksum: Checksum): Buffer {
  return batchOf(
    Array.from({ length: count }, () => null),
    checksum,
  );
}

/** A batch of records without keys, as a client sends it that has no name. */
export function batchOf(values: readonly (string | null)[], checksum: Checksum): Buffer {
  const count = values.length;
  const records = values.map(recordOf);
  const body = gzipSync(Buffer.concat(records));
  const batch = Buffer.alloc(RECORDS + body.length);
  batch.writeInt32BE(batch.length - LEADER_EPOCH, LENGTH);
  batch.writeInt32BE(-1, LEADER_EPOCH);
  batch.writeInt8(2, MAGIC);
  batch.writeInt16BE(GZIP, ATTRIBUTES);
  batch.writeInt32BE(count - 1, LAST_DELTA);
  const now = BigInt(Date.now());
  batch.writeBigInt64BE(now, LAST_DELTA + 4);
  batch.writeBigInt64BE(now, LAST_DELTA + 12);
  batch.writeBigInt64BE(-1n, PRODUCER_ID);
  batch.writeInt16BE(-1, PRODUCER_EPOCH);
  batch.writeInt32BE(-1, SEQUENCE);
  batch.writeInt32BE(count, COUNT);
  body.copy(batch, RECORDS);
  batch.writeUInt32BE(checksum(batch.subarray(ATTRIBUTES)) >>> 0, CRC);
  return batch;
}

/** Length, attributes, time and offset relative to the batch's, no key, the value, no headers. */
function recordOf(value: string | null, delta: number): Buffer {
  const bytes = Buffer.from(value ?? '');
  const length = varint(value === null ? -1 : bytes.length);
  const body = Buffer.concat([Buffer.from([0, 0]), varint(delta), varint(-1), length, bytes, Buffer.from([0])]);
  return Buffer.concat([varint(body.length), body]);
}

/** Zigzag, as all numbers within a record. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value < 0 ? -2 * value - 1 : 2 * value;
  for (; left > 0x7f; left = Math.floor(left / 128)) {
    bytes.push((left % 128) | 0x80);
  }
  bytes.push(left);
  return Buffer.from(bytes);
}
