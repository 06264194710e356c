import { type Command, InvalidArgumentError, Option } from 'commander';
import { type HostLookup } from '../client/host-finder';
import { TOPIC_NAME } from '../deployment/settings';
import { type DeploymentSources } from '../deployment/sources';

/** What names the deployment that a command is about. */
export type DeploymentOptions = DeploymentSources;

/** What every command that talks with the pair takes. */
export interface SessionOptions extends DeploymentOptions {
  readonly json?: boolean;
  /** Milliseconds for the command as a whole. @default - the command's own */
  readonly timeout?: number;
  readonly resolver?: HostLookup;
}

/** What every command that changes something takes, beside the others. */
export interface ChangeOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  /** False for `--no-input`. */
  readonly input?: boolean;
}

export const SOURCES_HELP = `
What the deployment is, is read from the outputs of the stack in the current folder, or as --from and --outputs say.
Values of the environment (CONFLUENT_DR_PRIMARY_CLUSTER_ID …), the file of --config and --set go before them:
confluent-dr config show tells them all. Secrets come from outputs, environment or file, never from options.
`;

/** Adds the options that name a deployment. */
export function addDeploymentOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--from <folder>', 'the folder of cdktf or Terraform (default: the current one)').env(
        'CONFLUENT_DR_FROM',
      ),
    )
    .addOption(
      new Option('--outputs <file>', "the stack's outputs as JSON; - for standard input").env('CONFLUENT_DR_OUTPUTS'),
    )
    .option('--stack <name>', 'which stack, if there are several')
    .addOption(
      new Option('--proxy-from <folder>', 'the folder that the proxy is deployed from (default: that of --from)').env(
        'CONFLUENT_DR_PROXY_FROM',
      ),
    )
    .option('--proxy-stack <name>', "the proxy's stack, where it has one of its own")
    .addOption(new Option('--config <file>', 'JSON in the shape of the output runbook').env('CONFLUENT_DR_CONFIG'))
    .option('--set <name=value>', 'one value, such as linkName=orders; can be repeated', collect);
}

/** Adds `--json`. */
export function addJsonOption(command: Command, prints = 'print one JSON document'): Command {
  return command.option('--json', prints);
}

/** Adds what every command that talks with the pair takes. */
export function addSessionOptions(command: Command): Command {
  return addResolverOption(
    addJsonOption(addDeploymentOptions(command)).option(
      '--timeout <duration>',
      'how long the command may take: 90s, 5m, 1h',
      duration,
    ),
  );
}

/** Adds `--resolver`. */
export function addResolverOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--resolver <way>',
      "how hosts are found: dns, past the machine's hosts file, or machine, as all programs do",
    )
      .choices(['dns', 'machine'])
      .default('dns')
      .env('CONFLUENT_DR_RESOLVER'),
  );
}

/**
 * Adds what every command that changes something takes.
 *
 * @param yesCovers what `--yes` agrees to
 */
export function addChangeOptions(command: Command, yesCovers = 'answer every question with yes'): Command {
  return command
    .option('--dry-run', 'tell what would be done, and do nothing')
    .option('--yes', yesCovers)
    .option('--no-input', 'ask nothing; where a question has to be answered, do nothing');
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds. */
export function duration(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text) ?? [];
  const milliseconds = Number(count) * UNITS[(unit ?? 's') as keyof typeof UNITS];
  if (!(milliseconds > 0 && milliseconds <= 24 * UNITS.h)) {
    throw new InvalidArgumentError('Allowed is a duration of up to a day, such as 90s, 5m or 1h.');
  }
  return milliseconds;
}

const MOST_A_SECOND = 100_000;

/** Records a second. */
export function rate(text: string): number {
  const count = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || count <= 0 || count > MOST_A_SECOND) {
    throw new InvalidArgumentError(`Allowed is a number of records a second, more than 0 and up to ${MOST_A_SECOND}.`);
  }
  return count;
}

export const NAME = /^[A-Za-z0-9._-]{1,249}$/;
const NAME_FORM = 'up to 249 letters, digits, dots, underscores and hyphens';

/** The name of a consumer group. */
export function groupName(text: string): string {
  if (!NAME.test(text)) {
    throw new InvalidArgumentError(`Allowed are ${NAME_FORM}.`);
  }
  return text;
}

/** The name of a topic. */
export function topicName(text: string): string {
  if (!TOPIC_NAME.test(text)) {
    throw new InvalidArgumentError(`Allowed are ${NAME_FORM}, and neither '.' nor '..'.`);
  }
  return text;
}

/** Names separated by commas; can be given again and again. */
export function names(text: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ];
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
