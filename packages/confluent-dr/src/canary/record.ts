/** One record of a canary: what it carries is all that is known of it. */
export interface CanaryRecord {
  /** Of which run: records of others are passed over. */
  readonly run: string;
  readonly partition: number;
  /** Counted by partition, from 0. */
  readonly sequence: number;
  /** When it was sent; milliseconds since 1970 by the clock of the machine that the canary ran on. */
  readonly at: number;
}

/** The value of a record. */
export function encodeRecord({ run, partition, sequence, at }: CanaryRecord): string {
  return JSON.stringify({ canary: run, partition, sequence, at });
}

/** @returns undefined for a record that no canary made */
export function decodeRecord(value: Uint8Array | undefined | null): CanaryRecord | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(value ?? []).toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) {
    return undefined;
  }
  const { canary: run, partition, sequence, at } = parsed as Partial<Record<string, unknown>>;
  const isCount = (number: unknown): number is number => Number.isSafeInteger(number) && (number as number) >= 0;
  return typeof run === 'string' && isCount(partition) && isCount(sequence) && isCount(at)
    ? { run, partition, sequence, at }
    : undefined;
}
