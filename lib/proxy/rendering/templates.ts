import mustache from 'mustache';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Parses a template once, though each instance is rendered of the same. */
const writer = new mustache.Writer();

/** A file of `nginx-templates/`: readable as it is, with `{{ }}` where the plan's values go. */
export function renderTemplate(name: string, values: object): string {
  /** Mustache would write nothing for a value that is not there. */
  class StrictContext extends mustache.Context {
    public override push(view: unknown): StrictContext {
      return new StrictContext(view, this);
    }

    public override lookup(value: string): unknown {
      const found: unknown = super.lookup(value);
      if (found === undefined) {
        throw new Error(`nginx-templates/${name}: there is no value for ${value}`);
      }
      return found;
    }
  }
  const { template, plain } = withoutPlainLines(readTemplate(name));
  return writer.render(template, new StrictContext({ ...values, ...plain }), {}, { escape: String });
}

/**
 * Mustache makes an array of each character, a fifth of what it takes to make the default app: lines without a tag go
 * through it as values. The last line break of such lines stays, for a tag that is alone in the next line takes its own.
 */
function withoutPlainLines(text: string): { template: string; plain: Record<string, string> } {
  const plain: Record<string, string> = {};
  const template = text.replace(/^(?:(?!.*\{\{).*\n)+/gm, (lines) => {
    const name = `lines-${Object.keys(plain).length}`;
    plain[name] = lines.slice(0, -1);
    return `{{${name}}}\n`;
  });
  return { template, plain };
}

/** A file of `nginx-templates/` that holds no values. */
export function readTemplate(name: string): string {
  return readFileSync(join(templatesFolder(), name), 'utf8');
}

export function templatesIn(folder: string): string[] {
  return readdirSync(join(templatesFolder(), folder))
    .sort()
    .map((file) => `${folder}/${file}`);
}

let found: string | undefined;

/** Above the sources, above `dist/` where this is installed, and beside a bundle that it is in. */
const templatesFolder = (): string => (found ??= folderAbove());

function folderAbove(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const templates = join(folder, 'nginx-templates');
    if (existsSync(templates)) {
      return templates;
    }
    if (folder === dirname(folder)) {
      throw new Error(`nginx-templates was not found above ${__dirname}: the package is incomplete, install it again`);
    }
  }
}
