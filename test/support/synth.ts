import { type App, DefaultTokenResolver, StringConcat, TerraformStack, Testing, Tokenization } from 'cdktf';
import { type Construct } from 'constructs';

/** A synthesized stack, as far as tests look into it. */
export interface Synthesized {
  readonly terraform: {
    readonly required_providers: Record<string, { readonly source: string; readonly version: string }>;
  };
  readonly resource: Record<string, Record<string, Attributes>>;
  readonly data: Record<string, Record<string, Attributes>>;
  readonly variable: Record<string, Attributes>;
  readonly output: Record<string, Attributes>;
  readonly check?: Record<string, Attributes>;
  readonly moved?: Attributes[];
  readonly removed?: Attributes[];
  readonly import?: Attributes[];
}

export type Attributes = Record<string, unknown>;

/** An app for tests, with the context given. */
export function testApp(context: Record<string, unknown> = {}): App {
  return Testing.app({ context });
}

/** A stack that holds what `build` puts into it. */
export function stackOf(build: (scope: Construct) => void, context: Record<string, unknown> = {}): TerraformStack {
  const stack = new TerraformStack(testApp(context), 'test');
  build(stack);
  return stack;
}

/** The stack's JSON, with every validation run. */
export function synthesize(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack, true)) as Synthesized;
}

/** A value as it is synthesized, its tokens being Terraform expressions. */
export function resolved(scope: TerraformStack, value: unknown): unknown {
  return Tokenization.resolve(value, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}

/**
 * The stack's HCL, its scripts cut down to the lines that differ from plan to plan, and without the versions of providers:
 * those of the bindings, which another test holds.
 */
export function hclOf(stack: TerraformStack): string {
  return (Testing.synthHcl(stack) as string)
    .replace(/^version = "\d+\.\d+\.\d+"$/gm, 'version = "<of the bindings>"')
    .replace(/"\$\{join\("", \[.*\]\)\}"$/gm, (whole) => summary(wholeText(whole.slice(1, -1))))
    .replace(/<<EOF\n([\s\S]*?)\nEOF/g, (_whole, script: string) => summary(script))
    .replace(/\b[0-9a-f]{64}\b/g, '<sha256>')
    .replace(/confluent-dr-proxy-[0-9a-f]{12}/g, 'confluent-dr-proxy-<12 of sha256>');
}

/** What `longLiteralText` made of a text, as `literalText` would have made it: in one piece. */
export function wholeText(synthesized: string): string {
  const [, list] = /^\$\{join\("", \[(.*)\]\)\}$/s.exec(synthesized) ?? [];
  if (list === undefined) {
    return synthesized;
  }
  const unescaped: Record<string, string> = { n: '\n', r: '\r', t: '\t' };
  let [text, isInside] = ['', false];
  for (let at = 0; at < list.length; at += 1) {
    if (!isInside) {
      isInside = list[at] === '"';
    } else if (list[at] === '"') {
      isInside = false;
    } else if (list[at] === '\\') {
      at += 1;
      text += unescaped[list[at]] ?? list[at];
    } else if (list.startsWith('${', at) && list[at - 1] !== '$') {
      // An expression of its own, with strings of its own.
      const end = list.indexOf('}', at);
      text += list.slice(at, end + 1);
      at = end;
    } else {
      text += list[at];
    }
  }
  return text;
}

/** All that is wrong with the stack, as `app.synth()` tells it; undefined where nothing is. */
export function complaintsOf(stack: TerraformStack): string | undefined {
  try {
    // An app resolves every value before it asks what is wrong, and a value that cannot be resolved ends it there.
    stack.prepareStack();
    Testing.synth(stack, true);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function summary(script: string): string {
  const lines = script.split('\n');
  const varying = lines.filter(
    (line) => /[^$]\$\{(var|local|data)\./.test(line) || /^(primary|secondary|shared) /.test(line),
  );
  return `<<EOF\n… and what differs from plan to plan:\n${varying.join('\n')}\nEOF`;
}
