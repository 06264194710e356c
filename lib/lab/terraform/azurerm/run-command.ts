import { type Azure } from '../../azure/azure';
import { matching } from '../planning/rules';
import { type ResourceType, type Stored, Unfinished } from '../resource-type';
import { text } from '../schema/reading';
import { knownPart, type ValueObject } from '../schema/value';
import { location } from './names';

const TYPE = 'azurerm_virtual_machine_run_command';
const notEmpty = { allowed: 'text that is not empty', accepts: (value: unknown) => value !== '' };

/** A script on a VM. One that fails on creation leaves a tainted object; one that fails on an update leaves no trace. */
export const runCommand: ResourceType<Azure> = {
  planning: {
    forceNew: ['name', 'location', 'virtual_machine_id'],
    normalize: { location },
    rules: {
      name: matching(/^[A-Za-z0-9._-]+$/),
      'parameter.value': notEmpty,
      'protected_parameter.value': notEmpty,
    },
  },
  create: (planned, azure) => {
    const id = `${text(planned.virtual_machine_id)}/runCommands/${text(planned.name)}`;
    return carryOut({ ...knownPart(planned), id }, azure, 'running the command: polling failed');
  },
  read: (state, azure) => Promise.resolve(azure.find(TYPE, text(state.id))),
  update: (_prior, planned, azure) =>
    carryOut(knownPart(planned) as Stored, azure, 'updating the command: polling after CreateOrUpdate: polling failed'),
  delete: ({ id }, azure) => Promise.resolve(azure.delete(TYPE, text(id))),
  import: (id, azure) => Promise.resolve(azure.find(TYPE, id)),
};

async function carryOut(command: Stored, azure: Azure, failure: string): Promise<Stored> {
  const startedAt = new Date().toISOString();
  try {
    const output = await azure.run(command);
    return keep(command, azure, view({ startedAt, output, exitCode: 0 }));
  } catch (error) {
    const { message } = error as Error;
    // The state learns what became of it by the next refresh.
    keep(command, azure, view({ startedAt, error: message, exitCode: 1 }));
    throw new Unfinished(
      { ...command, instance_view: [] },
      failure,
      `the Azure API returned the following error: Status: "VMExtensionProvisioningError" Message: ${JSON.stringify(message)}`,
    );
  }
}

function keep(command: Stored, azure: Azure, instanceView: ValueObject): Stored {
  const attributes = { ...command, instance_view: [instanceView] };
  azure.put(TYPE, attributes);
  return attributes;
}

interface Outcome {
  readonly startedAt: string;
  readonly exitCode: number;
  readonly output?: string;
  readonly error?: string;
}

function view({ startedAt, exitCode, output = '', error = '' }: Outcome): ValueObject {
  return {
    execution_state: exitCode === 0 ? 'Succeeded' : 'Failed',
    execution_message: '',
    exit_code: exitCode,
    output,
    error_message: error,
    start_time: startedAt,
    end_time: new Date().toISOString(),
  };
}
