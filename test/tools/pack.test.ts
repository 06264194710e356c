import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Entry {
  readonly name: string;
  readonly keys: readonly string[];
  readonly parts: readonly Buffer[];
}

interface Pack {
  read(name: string, key: string): Buffer[] | undefined;
  write(entries: (names: readonly string[]) => (string | Entry)[]): void;
}

const { Pack } = jest.requireActual<{ Pack: new (file: string) => Pack }>('../../tools/runtime/pack.cjs');

const entry = (name: string, key: string, ...parts: string[]): Entry => ({
  name,
  keys: [key],
  parts: parts.map((part) => Buffer.from(part)),
});

describe('A pack', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pack-'));
    file = join(folder, 'new/pack');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (name: string, key: string) => new Pack(file).read(name, key)?.map(String);

  test('gives the parts that were written under a name and a key', () => {
    new Pack(file).write(() => [entry('a', 'first', 'one', '', 'three'), entry('b', 'first', 'über')]);
    expect(read('a', 'first')).toEqual(['one', '', 'three']);
    expect(read('b', 'first')).toEqual(['über']);
    expect(read('a', 'second')).toBeUndefined();
    expect(read('c', 'first')).toBeUndefined();
    expect(readdirSync(join(folder, 'new'))).toEqual(['pack']);
  });

  test('gives the parts under each of their keys', () => {
    new Pack(file).write(() => [{ ...entry('a', 'first', 'of a'), keys: ['first', 'second'] }]);
    new Pack(file).write((names) => [...names, entry('b', 'first', 'of b')]);
    expect([read('a', 'first'), read('a', 'second'), read('a', 'third')]).toEqual([['of a'], ['of a'], undefined]);
  });

  test('gives nothing of a file in another format, and takes its place', () => {
    const index = Buffer.from(JSON.stringify([['a', { key: '1', start: 0, ends: [0], sum: 0 }]]));
    const head = Buffer.alloc(8);
    head.writeBigUInt64LE(BigInt(index.length));
    mkdirSync(join(folder, 'new'));
    writeFileSync(file, Buffer.concat([head, index]));
    expect(read('a', '1')).toBeUndefined();
    new Pack(file).write((names) => [...names, entry('b', '1', 'of b')]);
    expect([read('a', '1'), read('b', '1')]).toEqual([undefined, ['of b']]);
  });

  test('keeps of what it held what is named', () => {
    new Pack(file).write(() => [entry('a', '1', 'of a'), entry('b', '1', 'of b'), entry('c', '1', 'of c')]);
    new Pack(file).write((names) => {
      expect(names).toEqual(['a', 'b', 'c']);
      return ['c', entry('b', '2', 'new')];
    });
    expect([read('a', '1'), read('b', '1'), read('b', '2'), read('c', '1')]).toEqual([
      undefined,
      undefined,
      ['new'],
      ['of c'],
    ]);
  });

  test('gives nothing of an entry that is not as it was written, and does not keep it', () => {
    new Pack(file).write(() => [entry('a', '1', 'of a'), entry('b', '1', 'of b')]);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(file, bytes);
    expect([read('a', '1'), read('b', '1')]).toEqual([['of a'], undefined]);
    new Pack(file).write((names) => [...names]);
    new Pack(file).write((names) => {
      expect(names).toEqual(['a']);
      return [];
    });
  });

  test('gives nothing that is not whole, wherever it was cut off', () => {
    new Pack(file).write(() => [entry('a', '1', 'of a'), entry('b', '1', 'of b')]);
    const bytes = readFileSync(file);
    for (let length = 0; length < bytes.length; length += 1) {
      writeFileSync(file, bytes.subarray(0, length));
      expect(read('b', '1')).toBeUndefined();
      expect([undefined, ['of a']]).toContainEqual(read('a', '1'));
    }
  });

  test('asks for no entry where it cannot be written', () => {
    writeFileSync(join(folder, 'new'), 'a file in the place of the folder');
    const entries = jest.fn(() => []);
    new Pack(file).write(entries);
    expect(entries).not.toHaveBeenCalled();
    expect(readdirSync(folder)).toEqual(['new']);
  });

  test('is as it was where what was to be written fails', () => {
    new Pack(file).write(() => [entry('a', '1', 'of a')]);
    new Pack(file).write(() => {
      throw new Error('failed');
    });
    expect(read('a', '1')).toEqual(['of a']);
    expect(readdirSync(join(folder, 'new'))).toEqual(['pack']);
  });
});
