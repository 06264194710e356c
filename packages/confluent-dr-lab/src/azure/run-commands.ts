import { randomUUID } from 'node:crypto';

import { text, type ValueObject } from '../schema/value';
import { AzureError } from './addresses';
import { type Azure } from './azure';
import { type RunCommand, ScriptFailed } from './run-command';

export const RUN_COMMAND = 'azurerm_virtual_machine_run_command';

/** Of what a script printed, Azure keeps the end. */
const KEPT_OUTPUT = 4096;

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  readonly error: string;
  /** What Azure says of a failure: never what the script printed. */
  readonly message: string;
}

/**
 * Keeps a run command and runs it until its script has ended.
 *
 * @param attributes what Azure will tell of it
 * @returns what it tells in the end
 * @throws AzureError if the script fails, and the command says that this is a failure
 */
export async function putRunCommand(azure: Azure, command: RunCommand, attributes: ValueObject): Promise<ValueObject> {
  const { id, timeoutInSeconds, treatFailureAsDeploymentFailure } = command;
  const started = new Date().toISOString();
  // No count: Azure may be taken back to an earlier state while the script runs.
  const run = randomUUID();
  const kept = {
    ...attributes,
    id,
    run,
    timeout_in_seconds: timeoutInSeconds,
    treat_failure_as_deployment_failure: treatFailureAsDeploymentFailure,
  };
  azure.put(RUN_COMMAND, { ...kept, instance_view: [view('Running', started)] });
  const outcome = await outcomeOf(azure, command);
  const state = outcome.exitCode === 0 ? 'Succeeded' : 'Failed';
  const result = { ...kept, instance_view: [view(state, started, outcome)] };
  // It may have been deleted meanwhile, or sent anew.
  if (azure.find(RUN_COMMAND, id)?.run === run) {
    azure.put(RUN_COMMAND, result);
  }
  if (outcome.exitCode !== 0 && treatFailureAsDeploymentFailure) {
    throw new AzureError(200, 'VMExtensionProvisioningError', outcome.message);
  }
  return result;
}

async function outcomeOf(azure: Azure, command: RunCommand): Promise<Outcome> {
  const fault = azure.runCommandFault;
  if (fault !== undefined) {
    return { exitCode: 1, output: '', error: fault, message: fault };
  }
  try {
    return { exitCode: 0, output: await azure.run(command), error: '', message: '' };
  } catch (error) {
    const exitCode = error instanceof ScriptFailed ? error.exitCode : 1;
    const name = text(command.id.split('/').at(-1));
    return {
      exitCode,
      output: error instanceof ScriptFailed ? error.output : '',
      error: error instanceof Error ? error.message : String(error),
      message: `VM has reported a failure when processing run command '${name}': its script ended with exit code ${exitCode}.`,
    };
  }
}

function view(state: string, started: string, outcome?: Outcome): ValueObject {
  return {
    execution_state: state,
    execution_message: '',
    exit_code: outcome?.exitCode ?? 0,
    output: (outcome?.output ?? '').slice(-KEPT_OUTPUT),
    error_message: (outcome?.error ?? '').slice(-KEPT_OUTPUT),
    start_time: started,
    end_time: outcome ? new Date().toISOString() : '',
  };
}
