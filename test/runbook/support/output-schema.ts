import Ajv2020 from 'ajv/dist/2020';
import { DOCUMENT_NAMES, type DocumentName, publishedSchema } from '../../../lib/runbook/output-schema';

const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text)) && text.endsWith('Z');
const ajv = new Ajv2020({ allErrors: true, formats: { 'date-time': isTime } });
const validators = new Map(DOCUMENT_NAMES.map((name) => [name, ajv.compile(publishedSchema(name))] as const));

/** What is wrong with a command's document by its published schema. */
export function documentProblems(name: DocumentName, document: unknown): string[] {
  const validate = validators.get(name)!;
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message, params }) =>
        [instancePath, message, JSON.stringify(params)].join(' '),
      );
}
