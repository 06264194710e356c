import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type TerraformElement, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';

/** What another app has synthesized, by the bindings alone: its variables, locals, providers, resources and outputs. */
interface Synthesized {
  readonly provider: Blocks;
  readonly resource: Readonly<Record<string, Blocks>>;
  readonly data: Readonly<Record<string, Blocks>>;
  readonly variable: Blocks;
  readonly locals: Readonly<Record<string, unknown>>;
  readonly output: Blocks;
}

type Blocks = Readonly<Record<string, Record<string, unknown> | Record<string, unknown>[]>>;
type Binding = new (stack: TerraformStack, id: string, config: never) => TerraformElement;

const dashed = (name: string): string => name.replaceAll('_', '-');
const upper = (name: string): string => name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A config as it is written by hand; `for_each` of the bindings takes no text. */
function configOf(block: unknown): unknown {
  if (Array.isArray(block)) {
    return block.map(configOf);
  }
  return typeof block === 'object' && block !== null
    ? Object.fromEntries(
        Object.entries(block)
          .filter(([key]) => key !== 'for_each')
          .map(([key, value]) => [camel(key), configOf(value)]),
      )
    : block;
}

function bindingOf(type: string, prefix = ''): Binding {
  const [provider, ...rest] = type.split('_');
  const name = rest.join('_') || 'provider';
  const folder =
    provider === 'azurerm' ? '@cdktf/provider-azurerm/lib' : join(__dirname, '../../.gen/providers', provider);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- which ones, the other app tells
  const bindings = require(`${folder}/${prefix && 'data-'}${prefix && `${provider}-`}${dashed(name)}`) as Record<
    string,
    Binding
  >;
  return bindings[
    rest.length === 0 ? `${upper(provider)}Provider` : `${prefix}${prefix && upper(provider)}${upper(name)}`
  ];
}

const { provider, resource, data, variable, locals, output } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
) as Synthesized;
const app = new App();
const stack = new TerraformStack(app, 'bare-resources');
const build = (blocks: Blocks, Kind: Binding, prefix = ''): void => {
  for (const [name, block] of Object.entries(blocks)) {
    for (const each of [block].flat()) {
      new Kind(stack, `${prefix}${name}`, configOf(each) as never);
    }
  }
};
build(variable, TerraformVariable);
for (const [name, value] of Object.entries(locals)) {
  new TerraformLocal(stack, name, value);
}
for (const [name, block] of Object.entries(provider)) {
  build({ [name]: block }, bindingOf(name), 'provider-');
}
for (const [type, blocks] of Object.entries(data)) {
  build(blocks, bindingOf(type, 'Data'), `data-${type}-`);
}
for (const [type, blocks] of Object.entries(resource)) {
  build(blocks, bindingOf(type), `${type}-`);
}
build(output, TerraformOutput, 'output-');
app.synth();
