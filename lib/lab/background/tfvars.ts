import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleNames } from '../simulator';

/** What a tfvars file sets to a plain text, number or flag; lists and maps are left out. */
export function readTfvars(file: string): Record<string, string> {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.json') ? fromJson(text) : fromHcl(text);
}

function fromJson(text: string): Record<string, string> {
  const values = JSON.parse(text) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [],
    ),
  );
}

/** One assignment a line, as tfvars files are written: `name = "value"`, with a comment after it or not. */
function fromHcl(text: string): Record<string, string> {
  const assignments = text.matchAll(/^\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w.+-]+))\s*(?:(?:#|\/\/).*)?$/gm);
  return Object.fromEntries(
    [...assignments].map(([, name, quoted, bare]) => [
      name,
      quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'),
    ]),
  );
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
    clusterId: /^lkc-./.test(values[`cc_${role}_cluster_id`] ?? '') ? values[`cc_${role}_cluster_id`] : undefined,
  });
  return {
    cloud: key === undefined ? undefined : { key, secret: values.cc_cloud_api_secret ?? '' },
    serviceAccountId: given('cc_service_account'),
    primary: member('primary'),
    secondary: member('secondary'),
  };
}
