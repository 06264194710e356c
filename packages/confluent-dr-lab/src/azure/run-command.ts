/** A script as it is sent to a VM. */
export interface RunCommand {
  /** Of the command, below its VM's. */
  readonly id: string;
  readonly virtualMachineId: string;
  /** One of three. */
  readonly source: { readonly script?: string; readonly scriptUri?: string; readonly commandId?: string };
  readonly parameters: readonly Parameter[];
  readonly protectedParameters: readonly Parameter[];
  /** After which Azure ends the script. */
  readonly timeoutInSeconds: number;
  /** Whether a script that fails is a failure for whoever sent it. */
  readonly treatFailureAsDeploymentFailure: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** A script that ended with an exit code other than 0; its message is what it wrote to its error output. */
export class ScriptFailed extends Error {
  constructor(
    message: string,
    public readonly exitCode: number,
    public readonly output = '',
  ) {
    super(message);
  }
}
