import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { type Path } from '../../schema/path';
import { attributesOf, type BlockSchema, blockTypesOf, type TypeSchema } from '../../schema/schema';
import { Unknown, type Value } from '../../schema/value';

/** What went wrong, in the words that Terraform prints. */
export interface Diagnostic {
  readonly summary: string;
  readonly detail?: string;
  readonly path?: Path;
}

/** An answer of the imitated cloud that ends an operation; `Error`s of any other kind are bugs and are told as such. */
export class ProviderError extends Error {
  public constructor(
    public readonly summary: string,
    public readonly detail = '',
  ) {
    super(detail ? `${summary}: ${detail}` : summary);
  }
}

export function diagnosticMessage({ summary, detail, path }: Diagnostic): object {
  return { severity: 'ERROR', summary, detail: detail ?? '', ...(path && { attribute: pathMessage(path) }) };
}

export function pathMessage(path: Path): object {
  return {
    steps: path.map((step) => (typeof step === 'number' ? { element_key_int: step } : { attribute_name: step })),
  };
}

export function diagnosticOf(error: unknown): Diagnostic {
  if (error instanceof ProviderError) {
    return { summary: error.summary, detail: error.detail };
  }
  const stack = error instanceof Error ? error.stack : String(error);
  return { summary: "The lab's provider has a bug", detail: stack ?? '' };
}

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

/** A schema as the protocol's message. */
export function schemaMessage(schema: TypeSchema): object {
  return { version: schema.version, block: blockMessage(schema.block) };
}

export function schemaMessages(schemas: Readonly<Record<string, TypeSchema>> | undefined): Record<string, object> {
  return Object.fromEntries(Object.entries(schemas ?? {}).map(([type, schema]) => [type, schemaMessage(schema)]));
}

function blockMessage(block: BlockSchema): object {
  return {
    attributes: attributesOf(block).map(([name, { type, ...flags }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      ...flags,
    })),
    block_types: blockTypesOf(block).map(([name, nested]) => ({
      type_name: name,
      nesting: nested.nesting_mode.toUpperCase(),
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
      block: blockMessage(nested.block),
    })),
  };
}
