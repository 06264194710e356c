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
  return writer.render(readTemplate(name), new StrictContext(values), {}, { escape: String });
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

/** Above the sources, above `dist/` where this is installed, and beside a bundle that it is in. */
function templatesFolder(): string {
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
