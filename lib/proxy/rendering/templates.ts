import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Handlebars from 'handlebars';
import { packageFolder } from '../../package-folder';

const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** A file of `nginx-templates/`: readable as it is, with `{{ }}` where the plan's values go. */
export function renderTemplate(name: string, values: object): string {
  const template = compiled.get(name) ?? engine().compile(readTemplate(name), { strict: true, noEscape: true });
  compiled.set(name, template);
  return template(values);
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

function templatesFolder(): string {
  return join(packageFolder(), 'nginx-templates');
}
