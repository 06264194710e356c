import { setTimeout as sleep } from 'node:timers/promises';
import { AzureError } from '../../azure/addresses';
import { type Parameter, type RunCommand } from '../../azure/run-command';
import { putRunCommand, RUN_COMMAND } from '../../azure/run-commands';
import { block, blocks, isEqual, isObject, knownPart, text, Unknown, type ValueObject } from '../../schema/value';
import { matching } from '../planning/rules';
import { type Diagnostic, ProviderError } from '../protocol/messages';
import { type ResourceType, type Stored, Unfinished } from '../resource-type';
import { alreadyExists, type AzureSession, only, refusal, without, withTimeouts } from './azure-object';
import { MACHINE } from './machine';
import { location } from './names';

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration as Terraform writes it, such as `1h30m` or `500ms`, in milliseconds; undefined if it is none. */
function milliseconds(duration: unknown): number | undefined {
  if (typeof duration !== 'string' || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(duration)) {
    return undefined;
  }
  return [...duration.matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * MILLISECONDS[unit],
    0,
  );
}

const HIDDEN = ['protected_parameter', 'run_as_password', 'timeouts'];
const SOURCES = ['script', 'script_uri', 'command_id'] as const;
const DEFAULT_WAIT_MS = 30 * 60_000;

/** A script on a VM. One that fails on creation leaves a tainted object; one that fails on an update leaves no trace. */
export const runCommand: ResourceType<AzureSession> = {
  planning: withTimeouts({
    forceNew: ['name', 'location', 'virtual_machine_id'],
    normalize: { location, 'parameter.value': filled, 'protected_parameter.value': filled },
    rules: { name: matching(/^[A-Za-z0-9._-]+$/) },
    check: ({ source }) => blocks(source).flatMap(oneSource),
  }),
  create: async (planned, { azure }) => {
    const machine = text(planned.virtual_machine_id);
    const id = `${machine}/runCommands/${text(planned.name)}`;
    if (azure.find(RUN_COMMAND, id)) {
      throw alreadyExists(RUN_COMMAND, id);
    }
    if (!azure.find(MACHINE, machine)) {
      const missing = new AzureError(404, 'ParentResourceNotFound', `There is no virtual machine ${machine}.`);
      throw refusal('running the command', missing);
    }
    const state: Stored = { ...knownPart(planned), id };
    const wait = waitOf(state, 'create');
    const sent = {
      ...commandOf(state),
      protectedParameters: parametersOf(state.protected_parameter),
      timeoutInSeconds: Math.floor(wait / 1000),
      treatFailureAsDeploymentFailure: true,
    };
    return carryOut(sent, state, azure, wait, 'running the command');
  },
  read: (state, { azure }) => {
    const found = azure.find(RUN_COMMAND, text(state.id));
    return Promise.resolve(found && { ...found, ...only(HIDDEN, state) });
  },
  /** The provider reads the command, changes what it reads, and sends that: what Azure does not tell is lost. */
  update: (prior, planned, { azure }) => {
    const state = knownPart(planned) as Stored;
    const now = azure.find(RUN_COMMAND, state.id);
    const changed = !isEqual(prior.protected_parameter ?? null, state.protected_parameter ?? null);
    const sent = {
      ...commandOf(state),
      protectedParameters: changed ? parametersOf(state.protected_parameter) : [],
      timeoutInSeconds: Number(now?.timeout_in_seconds ?? 0),
      treatFailureAsDeploymentFailure: !azure.hidesFailureFlag && now?.treat_failure_as_deployment_failure === true,
    };
    const step = 'updating the command: polling after CreateOrUpdate';
    return carryOut(sent, state, azure, waitOf(state, 'update'), step);
  },
  delete: ({ id }, { azure }) => {
    try {
      return Promise.resolve(azure.delete(RUN_COMMAND, text(id)));
    } catch (error) {
      throw refusal(`deleting Virtual Machine Run Command (${text(id)})`, error);
    }
  },
  import: (id, { azure }) => Promise.resolve(azure.find(RUN_COMMAND, id)),
};

/** What came of a run that failed is not in the state before the next refresh. */
async function carryOut(
  command: RunCommand,
  state: Stored,
  azure: AzureSession['azure'],
  waitMs: number,
  step: string,
): Promise<Stored> {
  const deadline = new AbortController();
  const run = putRunCommand(azure, command, without(HIDDEN, state));
  const late = sleep(waitMs, undefined, { signal: deadline.signal }).then(() => {
    throw new Unfinished(state, `${step}: polling failed: context deadline exceeded`);
  });
  try {
    return { ...(await Promise.race([run, late])), ...only(HIDDEN, state), id: state.id };
  } catch (error) {
    // Of the two, the one that lost may still fail.
    run.catch(() => undefined);
    throw error instanceof AzureError ? new Unfinished(state, failureText(step, error)) : error;
  } finally {
    late.catch(() => undefined);
    deadline.abort();
  }
}

function failureText(step: string, { code, message }: AzureError): string {
  const body = { status: 'Failed', error: { code, message } };
  return [
    `${step}: polling failed: the Azure API returned the following error:`,
    `Status: "${code}"\nCode: ""\nMessage: ${JSON.stringify(message)}`,
    `API Response:\n${JSON.stringify(body)}`,
  ].join('\n\n');
}

function commandOf(state: Stored): Omit<RunCommand, 'protectedParameters' | 'timeoutInSeconds'> {
  const { script, script_uri, command_id } = block(state.source);
  return {
    id: state.id,
    virtualMachineId: text(state.virtual_machine_id),
    source: {
      ...(text(script) !== '' && { script: text(script) }),
      ...(text(script_uri) !== '' && { scriptUri: text(script_uri) }),
      ...(text(command_id) !== '' && { commandId: text(command_id) }),
    },
    parameters: parametersOf(state.parameter),
    treatFailureAsDeploymentFailure: true,
  };
}

function parametersOf(value: ValueObject[string]): Parameter[] {
  return blocks(value).map((entry) => ({ name: text(entry.name), value: text(entry.value) }));
}

function waitOf({ timeouts }: ValueObject, step: 'create' | 'update'): number {
  return (isObject(timeouts) ? milliseconds(timeouts[step]) : undefined) ?? DEFAULT_WAIT_MS;
}

function oneSource(source: ValueObject): Diagnostic[] {
  const given = SOURCES.filter((name) => source[name] !== null && source[name] !== undefined);
  const judged = given.length === 1 && (Unknown.is(source[given[0]]) || source[given[0]] !== '');
  return judged
    ? []
    : [
        {
          summary: 'Invalid combination of arguments',
          detail: `Received ${given.join(', ') || 'none'} in source; allowed is one of ${SOURCES.join(', ')}, not empty.`,
          path: ['source'],
        },
      ];
}

/** @throws ProviderError for an empty value, which the provider learns only when it plans */
function filled(value: string): string {
  if (value === '') {
    throw new ProviderError(
      'Invalid value for a parameter of a run command',
      'Received an empty text; allowed is text that is not empty. Send a word such as none.',
    );
  }
  return value;
}
