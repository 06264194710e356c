import { decode, encode, ExtData, ExtensionCodec } from '@msgpack/msgpack';

/** A value on the wire as Terraform's core reads and writes it, apart from the provider's own coding. */
export type Wire = null | boolean | number | string | Wire[] | { [name: string]: Wire } | typeof UNKNOWN;

/** Not known before the apply: extension 0 with one byte. Source: go-cty, `msgpack/unknown.go`. */
export const UNKNOWN = Symbol('unknown');

const codec = new ExtensionCodec();
codec.register({
  type: 0,
  encode: (value) => (value === UNKNOWN ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});

export function toWire(value: unknown): { msgpack: Uint8Array } {
  return { msgpack: encode(marked(value), { extensionCodec: codec }) };
}

export function fromWire(value?: { msgpack?: Uint8Array }): Wire {
  return value?.msgpack && value.msgpack.length > 0 ? (decode(value.msgpack, { extensionCodec: codec }) as Wire) : null;
}

/** The encoder asks no codec about symbols. */
function marked(value: unknown): unknown {
  if (value === UNKNOWN) {
    return new ExtData(0, new Uint8Array([0]));
  }
  if (Array.isArray(value)) {
    return value.map(marked);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, marked(entry)]))
    : value;
}
