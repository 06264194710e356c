import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT_NAMES, publishedSchema } from '.';

/** A step of the build: writes the JSON Schemas beside the built definitions. */
for (const name of DOCUMENT_NAMES) {
  writeFileSync(join(__dirname, `${name}.json`), `${JSON.stringify(publishedSchema(name), undefined, 2)}\n`);
}
