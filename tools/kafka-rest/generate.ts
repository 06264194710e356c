/**
 * Generates the types that the runbook's client speaks Kafka REST with, from openapi.json beside this file. Like the
 * bindings they are made by `npm ci`, and not committed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';

const TYPES = join(__dirname, '../../packages/confluent-dr/src/client/kafka-rest-types.ts');

async function main(): Promise<void> {
  const nodes = await openapiTypes(readFileSync(join(__dirname, 'openapi.json'), 'utf8'));
  writeFileSync(TYPES, astToString(nodes));
}

void main();
