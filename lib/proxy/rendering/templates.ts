import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type Handlebars from 'handlebars';

/** A file of `nginx-templates/`: readable as it is, with `{{ }}` where the plan's values go. */
export function renderTemplate(name: string, values: object): string {
  return engine().compile(readTemplate(name), { strict: true, noEscape: true })(values);
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
function engine(): typeof Handlebars {
  return createRequire(__filename)('handlebars') as typeof Handlebars;
}

/** Beside `lib/` in the sources and beside `dist/` in the package. */
function templatesFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'nginx-templates');
    if (existsSync(candidate) && statSync(candidate).isDirectory()) {
      return candidate;
    }
  }
  throw new Error(`nginx-templates was not found above ${__dirname}: the package is incomplete, install it again`);
}
