import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { ROLES } from '../observe/pair-observation';
import { type CanaryEvent } from './events';

/** The raw log while it is written: a line of JSON for each event, on the disk as soon as it happened. */
export class RawLog {
  private readonly hash = createHash('sha256');
  private readonly descriptor: number;
  private readonly breaking = new AbortController();
  private size = 0;

  /**
   * @param path of a file that is not there yet; its owner alone may read it
   * @throws Error of the file system
   */
  constructor(public readonly path: string) {
    this.descriptor = openSync(path, 'wx', 0o600);
  }

  /** Aborted, with what tells why, once it cannot be written any more, as where the disk is full. */
  public get broken(): AbortSignal {
    return this.breaking.signal;
  }

  /** Of one that cannot be written any more nothing more is written: what it holds stays whole. */
  public write(event: CanaryEvent): void {
    if (this.broken.aborted) {
      return;
    }
    const line = `${JSON.stringify(event)}\n`;
    try {
      writeFileSync(this.descriptor, line);
    } catch (error) {
      this.breakBy(error as Error);
      return;
    }
    this.size += Buffer.byteLength(line);
    this.hash.update(line);
  }

  private breakBy(error: Error): void {
    try {
      ftruncateSync(this.descriptor, this.size);
    } catch {
      // A disk that fails may refuse that too: the last line is cut off then, as after a kill.
    }
    const why = `the raw log ${this.path} cannot be written any more: ${error.message}`;
    this.breaking.abort(new UnusableLog(why, { cause: error }));
  }

  /** Takes the file away: nothing happened that is worth a log. */
  public discard(): void {
    closeSync(this.descriptor);
    rmSync(this.path, { force: true });
  }

  /**
   * @returns the SHA-256 of the whole file, in hexadecimal digits
   * @throws UnusableLog if not all could be written: no number follows from it then
   */
  public close(): string {
    try {
      // Some disks tell only here what they could not write.
      fsyncSync(this.descriptor);
    } catch (error) {
      this.breakBy(error as Error);
    } finally {
      closeSync(this.descriptor);
    }
    this.broken.throwIfAborted();
    return this.hash.digest('hex');
  }
}

/** What was given for a raw log is none; the message tells where. */
export class UnusableLog extends Error {}

export interface ReadLog {
  readonly events: readonly CanaryEvent[];
  readonly sha256: string;
  /** Whether the last line is cut off, as after a kill; it is left out. */
  readonly cutOff: boolean;
}

/**
 * Reads a raw log.
 * @throws UnusableLog
 */
export function readLog(path: string): ReadLog {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UnusableLog(`${path} cannot be read: ${(error as Error).message}`);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const lines = bytes.toString('utf8').split('\n');
  const cutOff = lines.pop() !== '';
  const events = lines.map((line, index) => eventOf(line, `${path}, line ${index + 1}`));
  if (events[0]?.type !== 'begin' || events.slice(1).some(({ type }) => type === 'begin')) {
    throw new UnusableLog(`${path} is no raw log of a canary: the first line and no other has the type begin.`);
  }
  return { events, sha256, cutOff };
}

const whole = z.int().min(0);
/** Of the year 9999. */
const LATEST = 253_402_300_799_999;
const time = whole.max(LATEST);
const happening = { at: time, on: z.enum(ROLES) };
const MOST_PARTITIONS = 100_000;
const MOST_AT_ONCE = 1_000_000;
const span = { ...happening, partition: whole.max(MOST_PARTITIONS), first: whole, last: whole };

const EVENT: z.ZodType<Exclude<CanaryEvent, { readonly type: 'taken-up' }>> = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('begin'),
      ...happening,
      run: z.string(),
      earlier: z.array(z.string()).optional(),
      topic: z.string(),
      partitions: whole.max(MOST_PARTITIONS),
      rate: z.number().positive(),
      lateAfter: z.number().positive(),
      group: z.string(),
      way: z.enum(['proxy', 'direct']),
      clusters: z.strictObject({ primary: z.string(), secondary: z.string() }),
      versions: z.record(z.string(), z.string()),
    }),
    z.strictObject({ type: z.literal('sent'), ...span }),
    z.strictObject({ type: z.literal('acknowledged'), ...span }),
    z.strictObject({ type: z.literal('not-acknowledged'), ...span, cause: z.string() }),
    z.strictObject({ type: z.literal('consumed'), ...span, age: z.number(), late: whole }),
    z.strictObject({ type: z.literal('moved'), ...happening }),
    z.strictObject({
      type: z.literal('trouble'),
      ...happening,
      who: z.enum(['producer', 'consumer', 'look', 'read']),
      cause: z.string(),
    }),
    z.strictObject({
      type: z.literal('shared'),
      ...happening,
      partitions: z.array(whole.max(MOST_PARTITIONS)),
    }),
    z.strictObject({ type: z.literal('stood-still'), ...happening, since: time }),
    z.strictObject({ type: z.literal('stopped'), ...happening }),
    z.strictObject({ type: z.literal('found'), ...span, run: z.string().optional() }),
    z.strictObject({ type: z.literal('read'), ...happening, partition: whole, from: whole, to: whole }),
  ])
  .refine(
    (event) => !('first' in event) || (event.last >= event.first && event.last - event.first < MOST_AT_ONCE),
    `last is at or after first, and no more than ${MOST_AT_ONCE} records later`,
  );

function eventOf(line: string, where: string): CanaryEvent {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new UnusableLog(`${where}: no JSON. A raw log of a canary has an object in each line.`);
  }
  const { data, error } = EVENT.safeParse(parsed);
  if (error) {
    throw new UnusableLog(
      `${where}: ${error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`.replace(/^: /, '')).join('; ')}`,
    );
  }
  return data;
}
