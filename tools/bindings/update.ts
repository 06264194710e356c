/**
 * `npm run bindings:update -- --schema FILE|- --provider-version X.Y.Z`: takes the bindings, and the lab's provider, to
 * another version of the Confluent provider, and tells what that changes. FILE is the output of `terraform providers schema -json`; `-` reads it from standard input.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateBindings } from './generate';
import { type ProvidersSchema, pruneSchema, USED, wholeSchema } from './prune-schema';
import { schemaChanges } from './schema-changes';

const usage = 'Usage: npm run bindings:update -- --schema FILE|- --provider-version X.Y.Z';

/** The files that an update renews, from the root of the project. */
export const FILES = {
  bindings: 'tools/bindings/confluent-schema.json',
  lab: 'packages/confluent-dr-lab/data/confluent.json',
  project: 'cdktf.json',
} as const;

export type FileTexts = Readonly<Record<keyof typeof FILES, string>>;

export interface Update {
  /** The new content of the files. */
  readonly files: FileTexts;
  /** What becomes other than it was, a line each; empty if nothing does. */
  readonly changes: readonly string[];
}

/**
 * What updating writes, as a function of values: nothing is written unless all of it is good.
 *
 * @param schemaText the output of `terraform providers schema -json`
 * @param present what the files hold now
 * @param version the exact provider version; may be left out where the schema tells it
 */
export function planUpdate(schemaText: string, present: FileTexts, version: string | undefined): Update {
  const printed = parseSchema(schemaText);
  const pruned = pruneSchema(printed, version);
  const [major, minor] = pruned.provider_versions![USED.source].split('.');
  const files = {
    bindings: fileText(pruned),
    lab: fileText(wholeSchema(printed, version)),
    project: withConstraint(present.project, `confluentinc/confluent@~> ${major}.${minor}`),
  };
  return { files, changes: (Object.keys(FILES) as (keyof FileTexts)[]).flatMap((name) => told(name, present, files)) };
}

function withConstraint(project: string, constraint: string): string {
  const known = /"confluentinc\/confluent@[^"]*"/;
  if (!known.test(project)) {
    throw new Error(
      'cdktf.json does not list confluentinc/confluent@… among its terraformProviders; add it there first.',
    );
  }
  return project.replace(known, JSON.stringify(constraint));
}

function told(name: keyof FileTexts, before: FileTexts, after: FileTexts): string[] {
  if (before[name] === after[name]) {
    return [];
  }
  const lines = name === 'project' ? [`~ ${providerOf(before.project)} → ${providerOf(after.project)}`] : undefined;
  const changes = lines ?? schemaChanges(parseSchema(before[name]), parseSchema(after[name]));
  return [`${FILES[name]}:`, ...(changes.length > 0 ? changes : ['~ order alone']).map((line) => `  ${line}`)];
}

const providerOf = (project: string): string => /confluentinc\/confluent@[^"]*/.exec(project)![0];

const fileText = (schema: ProvidersSchema): string => `${JSON.stringify(schema, null, 1)}\n`;

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
  const root = join(__dirname, '..', '..');
  const input = readFileSync(values.schema === '-' ? 0 : values.schema, 'utf8');
  const paths = Object.entries(FILES).map(([name, file]) => [name as keyof FileTexts, join(root, file)] as const);
  const present = Object.fromEntries(paths.map(([name, path]) => [name, readFileSync(path, 'utf8')]));
  const { files, changes } = planUpdate(input, present as Record<keyof FileTexts, string>, values['provider-version']);
  if (changes.length === 0) {
    console.log('Nothing changes: every copy holds this schema already.');
    return;
  }
  try {
    paths.forEach(([name, path]) => writeFileSync(path, files[name]));
    generateBindings();
  } catch (error) {
    paths.forEach(([name, path]) => writeFileSync(path, present[name]));
    throw error;
  }
  console.log(changes.join('\n'));
}

if (require.main === module) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
