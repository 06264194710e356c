/**
 * Makes openapi.json, which the lab's answers are held to and the runbook's client is typed by, of Confluent's OpenAPI
 * for Kafka REST, and the types of it:
 *
 *     node --require ts-node/register tools/kafka-rest/prune.ts OPENAPI.yaml
 *     node --require ts-node/register tools/kafka-rest/generate.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { parse } from 'yaml';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Only what a message consists of, as OpenAPI 3.1, whose schemas are JSON Schema; nothing for readers. */
function prune(openapi: JsonObject): JsonObject {
  const { schemas, requestBodies } = object(openapi.components);
  return {
    openapi: '3.1.0',
    info: { title: 'Kafka REST v3: clusters, topics, ACLs, links, mirrors', version: '3.0.0' },
    paths: mapValues(openapi.paths, (item) =>
      mapValues(
        Object.fromEntries(Object.entries(object(item)).filter(([method]) => METHODS.includes(method))),
        pruneOperation,
      ),
    ),
    components: {
      schemas: mapValues(schemas, pruneSchema),
      requestBodies: mapValues(requestBodies, (body) => ({ content: pruneContent(object(body).content) })),
    },
  };
}

function pruneOperation(operation: Json): Json {
  const { operationId, parameters, requestBody, responses } = object(operation);
  return {
    operationId,
    ...(Array.isArray(parameters) && { parameters: parameters.map(pruneParameter) }),
    ...(requestBody !== undefined && { requestBody: pruneRequestBody(requestBody) }),
    responses: mapValues(responses, (response) => ({
      description: '',
      content: pruneContent(object(response).content ?? {}),
    })),
  };
}

function pruneParameter(parameter: Json): Json {
  const { name, in: place, required, schema } = object(parameter);
  return { name, in: place, ...(required === true && { required }), schema: pruneSchema(schema) };
}

function pruneRequestBody(requestBody: Json): Json {
  const { $ref, content } = object(requestBody);
  return $ref === undefined ? { content: pruneContent(content) } : { $ref };
}

function pruneContent(content: Json): Json {
  return mapValues(content, (media) => ({ schema: pruneSchema(object(media).schema) }));
}

/** JSON Schema of it: `nullable` becomes a type, and the words that a field may hold become binding. */
function pruneSchema(schema: Json): Json {
  if (Array.isArray(schema)) {
    return schema.map(pruneSchema);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const { type, nullable, enum: words, 'x-extensible-enum': extensible, properties, ...others } = schema;
  const kept = Object.entries(others).filter(([key]) => ['$ref', 'allOf', 'items', 'required'].includes(key));
  const choice = words ?? extensible;
  return {
    ...Object.fromEntries(kept.map(([key, value]) => [key, pruneSchema(value)])),
    ...(type !== undefined && { type: nullable === true ? [type, 'null'] : type }),
    ...(choice !== undefined && { enum: nullable === true ? [...(choice as Json[]), null] : choice }),
    ...(properties !== undefined && { properties: mapValues(properties, pruneSchema) }),
  };
}

function mapValues(value: Json, change: (part: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object(value)).map(([key, part]) => [key, change(part)]));
}

function object(value: Json): JsonObject {
  return value as JsonObject;
}

const [source] = process.argv.slice(2);
if (source === undefined) {
  throw new Error('Received no file; give the OpenAPI document of Kafka REST v3.');
}
const pruned = prune(parse(readFileSync(source, 'utf8')) as JsonObject);
void format(JSON.stringify(pruned), { parser: 'json', printWidth: 120 }).then((text) =>
  writeFileSync(join(__dirname, 'openapi.json'), text),
);
