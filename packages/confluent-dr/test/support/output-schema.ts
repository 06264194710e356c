import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { type DocumentName, publishedSchema } from '../../src/report/output-schema/documents';

const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text)) && text.endsWith('Z');
// Making the validators' code shorter takes longer than running it a few times.
const ajv = new Ajv2020({ allErrors: true, formats: { 'date-time': isTime }, code: { optimize: false } });
/** Compiling all of them takes a second: a test waits for those alone that it asks for. */
const validators = new Map<DocumentName, ValidateFunction>();

function validatorOf(name: DocumentName): ValidateFunction {
  const validator = validators.get(name) ?? ajv.compile(publishedSchema(name));
  validators.set(name, validator);
  return validator;
}

/** What is wrong with a command's document by its published schema. */
export function documentProblems(name: DocumentName, document: unknown): string[] {
  const validate = validatorOf(name);
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message, params }) =>
        [instancePath, message, JSON.stringify(params)].join(' '),
      );
}
