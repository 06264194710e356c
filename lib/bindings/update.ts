/**
 * `npm run bindings:update -- --schema FILE|- --provider-version X.Y.Z`: takes the bindings to another version of the
 * Confluent provider. FILE is the output of `terraform providers schema -json`; `-` reads it from standard input.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateBindings } from './generate';
import { type ProvidersSchema, pruneSchema, USED } from './prune-schema';

const usage = 'Usage: npm run bindings:update -- --schema FILE|- --provider-version X.Y.Z';

export interface Update {
  /** The new content of `confluent-schema.json`. */
  readonly schema: string;
  /** The new content of `cdktf.json`. */
  readonly project: string;
}

/**
 * What updating writes, as a function of values: nothing is written unless all of it is good.
 *
 * @param schemaText the output of `terraform providers schema -json`
 * @param projectText the present `cdktf.json`
 * @param version the exact provider version; may be left out where the schema tells it
 */
export function planUpdate(schemaText: string, projectText: string, version: string | undefined): Update {
  const pruned = pruneSchema(parseSchema(schemaText), version);
  const exact = pruned.provider_versions![USED.source];
  const [major, minor] = exact.split('.');
  const constraint = `confluentinc/confluent@~> ${major}.${minor}`;
  const known = /"confluentinc\/confluent@[^"]*"/;
  if (!known.test(projectText)) {
    throw new Error(
      'cdktf.json does not list confluentinc/confluent@… among its terraformProviders; add it there first.',
    );
  }
  return {
    schema: `${JSON.stringify(pruned, null, 1)}\n`,
    project: projectText.replace(known, JSON.stringify(constraint)),
  };
}

function parseSchema(text: string): ProvidersSchema {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(
      `The schema is not JSON (${(error as Error).message}). Give the output of \`terraform providers schema -json\`.`,
      { cause: error },
    );
  }
  if (typeof parsed !== 'object' || parsed === null || !('provider_schemas' in parsed)) {
    throw new Error('The schema has no provider_schemas. Give the output of `terraform providers schema -json`.');
  }
  return parsed as ProvidersSchema;
}

function main(args: string[]): void {
  const { values } = parseArgs({
    args,
    options: { schema: { type: 'string' }, 'provider-version': { type: 'string' } },
  });
  if (!values.schema) {
    throw new Error(usage);
  }
  const schemaFile = join(__dirname, 'confluent-schema.json');
  const projectFile = join(__dirname, '..', '..', 'cdktf.json');
  const input = readFileSync(values.schema === '-' ? 0 : values.schema, 'utf8');
  const update = planUpdate(input, readFileSync(projectFile, 'utf8'), values['provider-version']);
  const before = [schemaFile, projectFile].map((file) => [file, readFileSync(file)] as const);
  try {
    writeFileSync(schemaFile, update.schema);
    writeFileSync(projectFile, update.project);
    generateBindings();
  } catch (error) {
    before.forEach(([file, content]) => writeFileSync(file, content));
    throw error;
  }
}

if (require.main === module) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
