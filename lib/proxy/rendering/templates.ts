import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Mustache from 'mustache';
import { packageFolder } from '../../package-folder';

/** A file of `nginx-templates/`: readable as it is, with `{{ }}` where the plan's values go. */
export function renderTemplate(name: string, values: object): string {
  const { Context, Writer } = engine();
  /** Mustache would write nothing for a value that is not there. */
  class StrictContext extends Context {
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
  return new Writer().render(readTemplate(name), new StrictContext(values), {}, { escape: String });
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

/** Loaded at the first use, so that importing the library costs nothing. */
function engine(): typeof Mustache {
  return createRequire(__filename)('mustache') as typeof Mustache;
}

function templatesFolder(): string {
  return join(packageFolder(), 'nginx-templates');
}
