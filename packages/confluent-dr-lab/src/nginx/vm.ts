import { type RunCommand } from '../azure/run-command';

/** What of a run command is for its VM. */
export type VmCommand = Pick<RunCommand, 'id' | 'parameters' | 'timeoutInSeconds'> & { readonly script: string };

/** What a lab tells of a VM. */
export interface ShownVm {
  /** The proxy's state, in the form of its own command. */
  readonly status: object;
  /** The nginx masters on this machine, by the name of their configuration. */
  readonly pids: Readonly<Record<string, number | undefined>>;
  /** Process 1 of a VM that is a machine of its own. @default - it is none, or it is off */
  readonly firstProcess?: number;
}

/** A VM as the lab has it, with what scripts made of it. */
export interface Vm {
  /** Where it takes sessions on this machine. */
  readonly address: string;
  /** Its own, which goes with it. */
  readonly folder: string;
  /** The VM at another address; it may be another object then, and this one is to be ended. */
  at(address: string): Vm;
  /**
   * @returns what the script prints
   * @throws ScriptFailed
   */
  run(command: VmCommand): Promise<string>;
  show(): Promise<ShownVm>;
  end(): Promise<void>;
}

/** How a lab has VMs. */
export interface VmKind {
  /**
   * @returns whether the script has something to do here; one that has not succeeds
   * @throws ScriptFailed where that shows before there is a VM
   */
  concerns(command: VmCommand): boolean;
  open(folder: string, address: string, name: string): Vm;
  end(): Promise<void>;
}
