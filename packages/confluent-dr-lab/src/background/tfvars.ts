import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleNames } from '../cloud';

export interface Tfvars {
  /** What the file sets to a plain text, number or flag. */
  readonly values: Readonly<Record<string, string>>;
  /** Where it sets something else, or what Terraform would not read: lines by number, variables of JSON by name. */
  readonly ignored: readonly string[];
}

export function readTfvars(file: string): Tfvars {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.json') ? fromJson(text) : fromHcl(text);
}

function fromJson(text: string): Tfvars {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error('it is no JSON object');
  }
  const entries = Object.entries(parsed as Record<string, unknown>).filter(([, value]) => value !== null);
  const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
  return {
    values: Object.fromEntries(
      entries.filter(([, value]) => isPlain(value)).map(([name, value]) => [name, String(value)]),
    ),
    ignored: entries.filter(([, value]) => !isPlain(value)).map(([name]) => `variable ${name}`),
  };
}

const COMMENT = String.raw`\s*(?:/\*.*?\*/\s*)*(?:(?:#|//).*)?$`;
const NOTHING = new RegExp(`^${COMMENT}`);
const ASSIGNMENT = new RegExp(
  String.raw`^\s*([A-Za-z_][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|(true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))${COMMENT}`,
);

/** One assignment a line, as tfvars files are written: `name = "value"`, with a comment after it or not. */
function fromHcl(text: string): Tfvars {
  const values: Record<string, string> = {};
  const ignored: string[] = [];
  withoutBlockComments(text)
    .split(/\r?\n/)
    .forEach((line, index) => {
      const [, name, quoted, bare] = ASSIGNMENT.exec(line) ?? [];
      const value = quoted === undefined ? bare : unquoted(quoted);
      if (name !== undefined && value !== undefined) {
        if (bare !== 'null') {
          values[name] = value;
        }
      } else if (!NOTHING.test(line)) {
        ignored.push(`line ${index + 1}`);
      }
    });
  return { values, ignored };
}

/** Comments of several lines go, the numbers of the lines after them stay. Those in one line do not matter. */
function withoutBlockComments(text: string): string {
  return text.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replace(/[^\r\n]/g, ''));
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** The text between the quotes; undefined with an escape that Terraform does not know, or with an expression in it. */
function unquoted(text: string): string | undefined {
  if (/(^|[^$])\$\{|(^|[^%])%\{/.test(text)) {
    return undefined;
  }
  let isRead = true;
  const value = text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4\{/g,
    (_all, short, long, one, sign) => {
      if (sign !== undefined) {
        return `${String(sign)}{`;
      }
      const code = (short ?? long) as string | undefined;
      const number = code === undefined ? undefined : parseInt(code, 16);
      const read =
        number === undefined ? ESCAPES[one as string] : number <= 0x10ffff ? String.fromCodePoint(number) : undefined;
      isRead &&= read !== undefined;
      return read ?? '';
    },
  );
  return isRead ? value : undefined;
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
