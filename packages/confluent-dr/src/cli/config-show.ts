import { type Command } from 'commander';
import { UnusableDeployment } from '../deployment/deployment';
import { describedValues, resolveDeployment } from '../deployment/resolve';
import { configText, shownValues } from '../words/config';
import { EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { addDeploymentOptions, addJsonOption, type DeploymentOptions, SOURCES_HELP } from './options';
import { readValues } from './session';
import { look } from './terminal';

const HELP = `${SOURCES_HELP}
Secrets are shown as (set). Exit code 2 if something is missing or wrong; what there is, is shown all the same.

Example:
  $ confluent-dr config show
  $ confluent-dr config show --from ../deployment --json
  $ terraform output -json | confluent-dr config show --outputs -
  $ confluent-dr config show --set linkName=orders
`;

export function addConfig(program: Command): void {
  const config = program.command('config').description('what the runbook knows of the deployment');
  addJsonOption(addDeploymentOptions(config.command('show')))
    .description('each value, and where it came from')
    .addHelpText('after', HELP)
    .action(show);
}

async function show({ json, ...options }: DeploymentOptions & { readonly json?: boolean }): Promise<void> {
  const known = await readValues(options);
  const values = shownValues(describedValues(known));
  const problem = problemOf(() => resolveDeployment(known));
  if (json) {
    printDocument('config-show', {
      values,
      complete: problem === undefined,
      ...(problem !== undefined && { problem }),
    });
  } else if (values.length > 0) {
    console.log(configText(values, look()));
  }
  if (known.unread !== undefined && problem === undefined) {
    console.error(`The current folder told nothing, and was not needed: ${known.unread}`);
  }
  if (problem !== undefined) {
    console.error(`confluent-dr: ${problem}`);
    throw new Exit(EXIT.badInput);
  }
}

function problemOf(resolve: () => unknown): string | undefined {
  try {
    resolve();
    return undefined;
  } catch (error) {
    if (error instanceof UnusableDeployment) {
      return error.message;
    }
    throw error;
  }
}
