import { type Parameter, ScriptFailed } from '../azure/run-command';

/** The desired state of an instance, in the words of the script. */
export interface DesiredState {
  readonly instance: string;
  readonly outage: 'none' | 'reject' | 'blackhole';
  /** Seconds after which it ends by itself. @default - it lasts until it is lifted */
  readonly longest?: number;
  /** Whether clients are kept from it because another member is the active one. */
  readonly fenced: boolean;
}

const PART = /^put '([^']+)' 0[0-7]{3} <<'(\w+)'$/;
const NEEDED = ['wishes', 'instances', 'routes.conf', 'front.conf'];

/**
 * The files that a converge script carries, by their paths.
 *
 * @returns undefined for a script that is no proxy's
 * @throws ScriptFailed for a proxy's that lacks something, which bash would find too
 */
export function filesIn(script: string): ReadonlyMap<string, string> | undefined {
  const files = new Map<string, string>();
  const lines = script.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [, path, delimiter] = PART.exec(lines[at]) ?? [];
    if (path !== undefined) {
      const end = lines.indexOf(delimiter, at + 1);
      if (end < 0) {
        throw failed(`the script ends within its file ${path}`);
      }
      files.set(path, lines.slice(at + 1, end).join('\n') + (end > at + 1 ? '\n' : ''));
      at = end;
    }
  }
  if (!files.has('front.conf')) {
    return undefined;
  }
  const needed = [...NEEDED, ...instancesOf(files).map((name) => `instance-${name}.conf`)];
  const missing = needed.filter((path) => !files.has(path));
  if (missing.length > 0) {
    throw failed(`the script carries no ${missing.join(', ')}`);
  }
  return files;
}

export const instancesOf = (files: ReadonlyMap<string, string>): string[] => linesOf(files.get('instances'));

const OUTAGE = /^(none|reject|blackhole)(?: for at most ([1-9]\d{0,8}) seconds)?$/;
const OUTAGE_FORM =
  "expected none, reject or blackhole, and after it ' for at most 3600 seconds' where the proxy is to end it";
const FENCE_FORM = 'expected true where clients are kept from it, as another member is the active one, or false';

/**
 * The desired state of each instance: a parameter, which reaches the script as a variable, goes before the script's file `wishes`.
 *
 * @throws ScriptFailed with all that is wrong, in the words of the script
 */
export function desiredStates(files: ReadonlyMap<string, string>, parameters: readonly Parameter[]): DesiredState[] {
  const given = new Map(parameters.map(({ name, value }) => [name, value]));
  const wrong: string[] = [];
  const desired = linesOf(files.get('wishes')).flatMap((line) => {
    const [instance, outage, longest, fence] = line.split(' ');
    const variable = variableOf('OUTAGE', instance);
    const value = given.get(variable) ?? (longest === '-' ? outage : `${outage} for at most ${longest} seconds`);
    const [, word, seconds] = OUTAGE.exec(value) ?? [];
    if (word === undefined) {
      wrong.push(
        given.has(variable) || value !== '-'
          ? `${variable} is ${JSON.stringify(value)}: ${OUTAGE_FORM}`
          : `${variable} is not in the environment: ${OUTAGE_FORM}`,
      );
    }
    const fenceVariable = variableOf('FENCED', instance);
    const fenced = given.get(fenceVariable) ?? fence;
    if (fenced !== 'true' && fenced !== 'false') {
      const isGiven = given.has(fenceVariable) || fenced !== '-';
      wrong.push(`${fenceVariable} is ${isGiven ? JSON.stringify(fenced) : 'not in the environment'}: ${FENCE_FORM}`);
    }
    return word === undefined
      ? []
      : [
          {
            instance,
            outage: word as DesiredState['outage'],
            ...(seconds && { longest: Number(seconds) }),
            fenced: fenced === 'true',
          },
        ];
  });
  for (const kind of KINDS) {
    const known = instancesOf(files).map((instance) => variableOf(kind, instance));
    const unknown = [...given.keys()].filter((name) => name.startsWith(`${kind}_`) && !known.includes(name));
    unknown.forEach((name) => wrong.push(`${name} is of no instance: expected ${[...known].sort().join(' ')}`));
  }
  if (wrong.length > 0) {
    throw failed(`the plan is wrong, nothing was changed: ${wrong.map((text) => `\n  ${text}`).join('')}`);
  }
  return desired;
}

const KINDS = ['OUTAGE', 'FENCED'] as const;

const variableOf = (kind: (typeof KINDS)[number], instance: string): string =>
  `${kind}_${instance.toUpperCase().replaceAll('-', '_')}`;

const linesOf = (text = ''): string[] => text.split('\n').filter(Boolean);

/** How the script ends when it fails. */
export const failed = (message: string): ScriptFailed => new ScriptFailed(`confluent-dr-proxy: ${message}`, 1);
