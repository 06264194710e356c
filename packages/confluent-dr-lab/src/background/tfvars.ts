import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleNames } from '../cloud';

export interface Tfvars {
  /** What the file sets to a plain text, number or flag. */
  readonly values: Readonly<Record<string, string>>;
  /** The variables that it sets to something else: a list, a map, an expression. */
  readonly ignored: readonly string[];
}

/**
 * What a tfvars file sets, in HCL or JSON.
 *
 * @throws Error with the line where the file is none that Terraform reads
 */
export async function readTfvars(file: string): Promise<Tfvars> {
  const text = readFileSync(file, 'utf8');
  const entries = Object.entries(file.endsWith('.json') ? fromJson(text) : await fromHcl(text)).filter(
    ([, value]) => value !== null,
  );
  const plain = entries.flatMap(([name, value]) => (isPlain(value) ? [[name, String(value)] as const] : []));
  return {
    values: Object.fromEntries(plain),
    ignored: entries.filter(([, value]) => !isPlain(value)).map(([name]) => name),
  };
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

function fromJson(text: string): object {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error('it is no JSON object');
  }
  return parsed;
}

/** By Terraform's own parser. */
async function fromHcl(text: string): Promise<Record<string, unknown>> {
  const { parse } = await import('@cdktn/hcl2json');
  const parsed = await parse('tfvars', text).catch((error: unknown) => {
    throw new Error(complaintsOf(String(error)));
  });
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, literal(value)]));
}

/** `parse config: [tfvars:2,1-2: Missing value; Expected ...]` of the parser, as "line 2: Missing value". */
function complaintsOf(error: string): string {
  const complaints = [...error.matchAll(/tfvars:(\d+),[\d,-]+: ([^;\]]+)/g)];
  return complaints.length > 0 ? complaints.map(([, line, what]) => `line ${line}: ${what}`).join(', ') : error;
}

/** A text with its escapes resolved; undefined for a template, which the parser leaves as it is written. */
function literal(value: unknown): unknown {
  if (typeof value !== 'string') {
    return value;
  }
  const isTemplate = /(^|[^$])\$\{|(^|[^%])%\{/.test(value);
  return isTemplate ? undefined : value.replace(/([$%])\1\{/g, '$1{');
}

/** The files that cdktf, and Terraform in its own folder, load without being told. */
export function automaticTfvars(folder: string): string[] {
  const named = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => existsSync(join(folder, name)));
  const others = readdirSync(folder).filter((name) => /\.auto\.tfvars(\.json)?$/.test(name));
  return [...named, ...others.sort()].map((name) => join(folder, name));
}

/** A sample that a default app with these values finds: what is not in them gets names of its own. */
export function sampleNamesOf(values: Readonly<Record<string, string>>): SampleNames {
  const given = (name: string): string | undefined => values[name] || undefined;
  const key = given('cc_cloud_api_key');
  const member = (role: string): SampleNames['primary'] => ({
    environmentId: given(`cc_env_${role}`),
    clusterId: /^lkc-[a-z0-9]+$/.test(values[`cc_${role}_cluster_id`] ?? '')
      ? values[`cc_${role}_cluster_id`]
      : undefined,
  });
  return {
    cloud: key === undefined ? undefined : { key, secret: values.cc_cloud_api_secret ?? '' },
    serviceAccountId: given('cc_service_account'),
    primary: member('primary'),
    secondary: member('secondary'),
  };
}
