import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020, { type AnySchemaObject } from 'ajv/dist/2020';

const FOLDER = join(__dirname, '../../../lib/runbook/output-schema');

/** The commands whose JSON is described, by the names of their files. */
export const describedCommands: readonly string[] = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));

const schemas = describedCommands.map(
  (command) => JSON.parse(readFileSync(join(FOLDER, `${command}.json`), 'utf8')) as AnySchemaObject,
);
const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text)) && text.endsWith('Z');
const ajv = new Ajv2020({ allErrors: true, schemas, formats: { 'date-time': isTime } });

/** What is wrong with a command's document by its published schema. */
export function documentProblems(command: string, document: unknown): string[] {
  const { $id } = schemas[describedCommands.indexOf(command)];
  const validate = ajv.getSchema($id!)!;
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message, params }) =>
        [instancePath, message, JSON.stringify(params)].join(' '),
      );
}
