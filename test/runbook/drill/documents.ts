import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type AnySchemaObject } from 'ajv/dist/2020';

const FOLDER = join(__dirname, '../../../lib/runbook/output-schema');

/** What is wrong with a command's document by its published schema. */
export function problemsIn(command: 'block' | 'drill' | 'runbook' | 'unblock', document: unknown): string[] {
  const schema = JSON.parse(readFileSync(join(FOLDER, `${command}.json`), 'utf8')) as AnySchemaObject;
  const times = { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) && text.endsWith('Z') };
  const validate = new Ajv2020({ allErrors: true, formats: times }).compile(schema);
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
