import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { Unknown, type Value } from '../schema/value';

/** A value on the wire: msgpack from Terraform's core, JSON in states of old. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Terraform's msgpack extension types: unknown, and unknown with something known about it ("refined"). */
const UNKNOWN = 0;
const REFINED_UNKNOWN = 12;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: UNKNOWN,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => Unknown.value,
});
extensionCodec.register({ type: REFINED_UNKNOWN, encode: () => null, decode: () => Unknown.value });

export function decode(value: DynamicValue | undefined | null): Value {
  if (value?.msgpack && value.msgpack.length > 0) {
    return new Decoder({ extensionCodec }).decode(value.msgpack) as Value;
  }
  if (value?.json && value.json.length > 0) {
    return JSON.parse(Buffer.from(value.json).toString('utf8')) as Value;
  }
  return null;
}

export function encode(value: Value): DynamicValue {
  return { msgpack: new Encoder({ extensionCodec }).encode(value) };
}
