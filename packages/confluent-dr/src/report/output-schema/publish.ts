import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENT_NAMES, publishedSchema } from './documents';

/** A step of the build: writes the JSON Schemas into the folder that is named. */
for (const name of DOCUMENT_NAMES) {
  writeFileSync(join(process.argv[2], `${name}.json`), `${JSON.stringify(publishedSchema(name), undefined, 2)}\n`);
}
