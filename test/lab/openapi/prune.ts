/**
 * Makes kafka-rest-v3.json, which the lab's answers are held to, of Confluent's OpenAPI for Kafka REST:
 *
 *     node --require ts-node/register test/lab/openapi/prune.ts OPENAPI.yaml
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Only paths, statuses, types of content and schemas; nothing for readers. */
function prune(openapi: JsonObject): JsonObject {
  const paths = Object.entries(object(openapi.paths)).map(([path, item]): [string, Json] => {
    const operations = Object.entries(object(item)).filter(([method]) => METHODS.includes(method));
    return [path, Object.fromEntries(operations.map(([method, operation]) => [method, pruneOperation(operation)]))];
  });
  const schemas = object(object(openapi.components).schemas);
  return {
    paths: Object.fromEntries(paths),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, pruneSchema(schema)])),
    },
  };
}

function pruneOperation(operation: Json): Json {
  const { operationId, responses } = object(operation);
  const kept = Object.entries(object(responses)).map(([status, response]): [string, Json] => {
    const content = Object.entries(object(object(response).content ?? {}));
    return [status, Object.fromEntries(content.map(([type, media]) => [type, pruneSchema(object(media).schema)]))];
  });
  return { operationId, responses: Object.fromEntries(kept) };
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
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(object(properties)).map(([name, part]) => [name, pruneSchema(part)]),
      ),
    }),
  };
}

function object(value: Json): JsonObject {
  return value as JsonObject;
}

const [source] = process.argv.slice(2);
if (source === undefined) {
  throw new Error('Received no file; give the OpenAPI document of Kafka REST v3.');
}
const pruned = prune(parse(readFileSync(source, 'utf8')) as JsonObject);
writeFileSync(join(__dirname, 'kafka-rest-v3.json'), `${JSON.stringify(pruned, null, 1)}\n`);
