import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type AnySchemaObject } from 'ajv/dist/2020';

const FOLDER = join(__dirname, '../../../lib/runbook/output-schema');

const schemas = ['acl', 'failback', 'failover'].map(
  (command) => JSON.parse(readFileSync(join(FOLDER, `${command}.json`), 'utf8')) as AnySchemaObject,
);
const ajv = new Ajv2020({ allErrors: true, schemas });

/** What is wrong with a command's document by its published schema. */
export function documentProblems(command: string, document: unknown): string[] {
  const validate = ajv.getSchema(`https://cdktf-confluent-dr.invalid/output-schema/${command}.json`)!;
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
