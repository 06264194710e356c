import { type SettingValues } from './originated-value';
import { CONFIG_DOCUMENT, valuesOfDocument } from './runbook-document';
import { isSecret, SETTING_NAMES, type SettingName, variableOf } from './settings';
import { shapeProblems, UnusableDeployment } from './unusable';

/**
 * The values in the text of a configuration file.
 *
 * @throws UnusableDeployment
 */
export function valuesOfFile(text: string, file: string): SettingValues {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's own message can quote a secret.
    throw new UnusableDeployment(`${file} is no JSON; give it the shape of the output \`runbook\`.`);
  }
  const config = CONFIG_DOCUMENT.safeParse(document);
  if (!config.success) {
    throw shapeProblems(file, config.error);
  }
  return valuesOfDocument(config.data, { kind: 'file', detail: file });
}

/** The values in environment variables; an empty one counts as not set. */
export function valuesOfEnvironment(env: NodeJS.ProcessEnv): SettingValues {
  return Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const variable = variableOf(name);
      const value = env[variable];
      return value ? [[name, { value, origin: { kind: 'environment', detail: variable } }]] : [];
    }),
  );
}

/**
 * The values of options `name=value`.
 *
 * @throws UnusableDeployment for a name that is not known, or a secret, which others on the machine could read
 */
export function valuesOfOptions(assignments: readonly string[]): SettingValues {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const [name, ...rest] = assignment.split('=');
      const value = rest.join('=');
      const known = SETTING_NAMES.find((candidate) => candidate === name);
      if (known === undefined || (value === '' && !isSecret(known))) {
        // Only the name is repeated: the value may be a secret.
        throw new UnusableDeployment(
          `--set: received ${JSON.stringify(name)}${rest.length === 0 ? ' without a value' : ''}; allowed is ` +
            `<name>=<value> with one of the names ${SETTING_NAMES.filter((each) => !isSecret(each)).join(', ')}.`,
        );
      }
      if (isSecret(known)) {
        throw new UnusableDeployment(
          `--set: ${name} is a secret, and everyone on this machine can read the arguments of a command. ` +
            `Give it by the environment variable ${variableOf(known)} or in the file of --config.`,
        );
      }
      return [known satisfies SettingName, { value, origin: { kind: 'option', detail: `--set ${name}` } }];
    }),
  );
}
