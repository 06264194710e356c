import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `confluent-dr clients` printed, as the code that it is. */
export function madeBy(file, classes) {
  return new Function(...Object.keys(classes), `return ${readFileSync(file, 'utf8')}`)(...Object.values(classes));
}

/** Appends a line to the log for each event. */
export function teller(client, log) {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../../node_modules', client, 'package.json'), 'utf8'),
  );
  return (event, record) => {
    const line = { client, version, time: new Date().toISOString(), event, record };
    appendFileSync(log, `${JSON.stringify(line)}\n`);
  };
}
