import { Unknown, type Value } from '../../../src/schema/value';
import { decode, encode } from '../../../src/terraform/protocol/messages';

const bytes = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex');
const hex = ({ msgpack }: { readonly msgpack?: Uint8Array }) => Buffer.from(msgpack!).toString('hex');

/** As go-cty writes them. Source: the msgpack specification; go-cty, `msgpack/unknown.go`. */
const VALUES: [string, Value, string][] = [
  ['null', null, 'c0'],
  ['unknown', Unknown.value, 'd4 00 00'],
  ['true', true, 'c3'],
  ['a small number', 6, '06'],
  ['a negative number', -1, 'ff'],
  ['a great number', 86_400_000, 'ce 05265c00'],
  ['a number that is not whole', 0.5, 'cb 3fe0000000000000'],
  ['a text', 'orders', 'a6 6f7264657273'],
  ['an empty list', [], '90'],
  ['a list with an unknown', [null, Unknown.value, 'a'], '93 c0 d40000 a161'],
  ['blocks within blocks', { a: [{ b: Unknown.value, c: { d: null } }] }, '81 a161 91 82 a162 d40000 a163 81 a164 c0'],
];

describe('a value on the wire', () => {
  test.each(VALUES)('%s is read and written byte by byte', (_what, value, wire) => {
    expect(decode({ msgpack: bytes(wire) })).toEqual(value);
    expect(hex(encode(value))).toBe(wire.replace(/\s/g, ''));
  });

  test('that is unknown but for its beginning is unknown', () => {
    // Extension 12 with a map of what is known: here that it is not null, and a prefix.
    const refined = 'c7 0b 0c 82 01 c2 02 a6 6f72646572 73';
    expect(decode({ msgpack: bytes(refined) })).toBe(Unknown.value);
    expect(decode({ msgpack: bytes(`91 ${refined}`) })).toEqual([Unknown.value]);
  });

  test('may be JSON, as in states of old', () => {
    expect(decode({ json: Buffer.from('{"id":"lkc-1","tags":null,"ä":[1]}') })).toEqual({
      id: 'lkc-1',
      tags: null,
      ä: [1],
    });
    expect(decode({ msgpack: new Uint8Array(), json: Buffer.from('7') })).toBe(7);
    expect(decode({ msgpack: bytes('06'), json: Buffer.from('7') })).toBe(6);
  });

  test.each([[undefined], [null], [{}], [{ msgpack: new Uint8Array() }], [{ json: new Uint8Array() }]])(
    'that is not there is null: %j',
    (value) => {
      expect(decode(value)).toBeNull();
    },
  );

  test('that is cut off or is no JSON is refused', () => {
    expect(() => decode({ msgpack: bytes('93 c0') })).toThrow(RangeError);
    expect(() => decode({ json: Buffer.from('{') })).toThrow(SyntaxError);
  });
});
