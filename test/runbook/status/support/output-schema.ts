import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type AnySchemaObject } from 'ajv/dist/2020';

const FOLDER = join(__dirname, '../../../../lib/runbook/output-schema');

/** What is wrong with a command's document by its published schema. */
export function problemsOf(command: 'check' | 'lag' | 'status', document: unknown): string[] {
  const schema = JSON.parse(readFileSync(join(FOLDER, `${command}.json`), 'utf8')) as AnySchemaObject;
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message, params }) =>
        [instancePath, message, JSON.stringify(params)].join(' '),
      );
}
