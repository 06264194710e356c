import { chmodSync, copyFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isWhole, kafkaJars } from '../../../packages/confluent-dr-lab/src/kafka/broker/class-archive';
import { type KafkaJars } from '../../../packages/confluent-dr-lab/src/kafka/broker/java';

jest.setTimeout(300_000);

describe('The archive of classes with which brokers start', () => {
  let folder: string;
  let jars: KafkaJars;

  beforeAll(async () => {
    jars = await kafkaJars();
    folder = mkdtempSync(join(tmpdir(), 'class-archive-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const copy = (): string => {
    const file = join(folder, 'classes.jsa');
    rmSync(file, { force: true });
    copyFileSync(jars.classArchive!, file);
    chmodSync(file, 0o600);
    return file;
  };

  test('is one that a JVM starts with', () => {
    expect(isWhole(jars, copy())).toBe(true);
  });

  test('is not taken where it was cut off, as on a full disk, or is none', () => {
    const cut = copy();
    truncateSync(cut, Math.floor(statSync(cut).size / 2));
    expect(isWhole(jars, cut)).toBe(false);
    writeFileSync(cut, 'classes');
    expect(isWhole(jars, cut)).toBe(false);
    expect(isWhole(jars, join(folder, 'absent.jsa'))).toBe(false);
  });
});
