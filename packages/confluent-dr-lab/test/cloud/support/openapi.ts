import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';

export interface Answer {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

type Content = Readonly<Record<string, { readonly schema: object }>>;
type Responses = Readonly<Record<string, { readonly content: Content }>>;
type Operations = Readonly<Record<string, { readonly operationId: string; readonly responses: Responses }>>;

const ROOT = 'openapi';

const openapi = JSON.parse(readFileSync(join(__dirname, '../../../../../tools/kafka-rest/openapi.json'), 'utf8')) as {
  readonly paths: Readonly<Record<string, Operations>>;
  readonly components: object;
};

/** Confluent documents no 403 and 404 for links and mirrors, but answers them, in the form of all other errors. */
const UNDOCUMENTED: Responses = {
  403: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
  404: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
};

// Making the validators' code shorter takes longer than running it a few times.
const ajv = new Ajv({ strict: false, allErrors: true, code: { optimize: false } }).addSchema({
  $id: ROOT,
  components: openapi.components,
});
const validators = new Map<object, ValidateFunction>();

/** Every operation of which some answer was checked. */
export const checkedOperations = new Set<string>();

export const allOperations: readonly string[] = Object.values(openapi.paths).flatMap((item) =>
  Object.values(item).map(({ operationId }) => operationId),
);

/** What is wrong with an answer of Kafka REST, by Confluent's own OpenAPI. */
export function problemsOf(answer: Answer): string[] {
  const operation = operationOf(answer);
  if (!operation) {
    return [`${answer.method} ${answer.path} is no operation of the OpenAPI`];
  }
  const content = contentFor(operation.responses, answer.status);
  if (!content) {
    return [`${operation.operationId} never answers ${answer.status}`];
  }
  checkedOperations.add(operation.operationId);
  return contentProblems(content, answer);
}

function operationOf({ method, path }: Answer): Operations[string] | undefined {
  // A literal path such as links/-/mirrors goes before one with a parameter.
  const matching = Object.entries(openapi.paths)
    .filter(([template]) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/:]+')}$`).test(path))
    .sort(([one], [other]) => one.split('{').length - other.split('{').length);
  return matching[0]?.[1][method.toLowerCase()];
}

function contentFor(responses: Responses, status: number): Content | undefined {
  return (responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? UNDOCUMENTED[status])?.content;
}

function contentProblems(content: Content, { contentType, body, status }: Answer): string[] {
  const types = Object.keys(content);
  if (types.length === 0) {
    return body === undefined ? [] : [`${status} has no body, received ${JSON.stringify(body)}`];
  }
  const type = contentType.split(';')[0];
  if (!types.includes(type)) {
    return [`${status} is ${types.join(' or ')}, received ${type || 'no content type'}`];
  }
  const validate = validatorFor(content[type].schema);
  validate(body);
  return (validate.errors ?? []).map((error: ErrorObject) => `${error.instancePath} ${error.message}`);
}

function validatorFor(schema: object): ValidateFunction {
  const text = JSON.stringify(schema).replaceAll('"#/', `"${ROOT}#/`);
  const validate = validators.get(schema) ?? ajv.compile(JSON.parse(text) as object);
  validators.set(schema, validate);
  return validate;
}
