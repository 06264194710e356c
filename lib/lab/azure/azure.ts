import { text } from '../terraform/schema/reading';
import { type ValueObject } from '../terraform/schema/value';

/** What runs instead of a VM's script. It gives what the script printed; what it throws is how the script failed. */
export type RunCommandHandler = (command: ValueObject) => Promise<string>;

/** Plain data: what is written to the lab's state file. */
export interface AzureState {
  counter: number;
  /** Terraform's type and attributes, by Azure's id. */
  readonly objects: Record<string, { readonly type: string; readonly attributes: ValueObject }>;
  /** The message with which commands on VMs fail, if they shall. */
  runCommandFault?: string;
}

/** A small Azure: objects by id, and a virtual machine on which commands run. */
export class Azure {
  private state: AzureState;

  /**
   * @param runCommand @default - a script that has nothing to do and succeeds
   */
  constructor(
    state: AzureState = { counter: 0, objects: {} },
    private readonly handler: RunCommandHandler = () => Promise.resolve('proxy: converged'),
  ) {
    this.state = state;
  }

  /** The attributes of what has this id, unless it is of another type. */
  public find(type: string, id: string): ValueObject | null {
    const found = this.state.objects[keyOf(type, id)];
    return found?.type === type ? found.attributes : null;
  }

  public all(type: string): ValueObject[] {
    return Object.values(this.state.objects)
      .filter((object) => object.type === type)
      .map(({ attributes }) => attributes);
  }

  public put(type: string, attributes: ValueObject & { readonly id: string }): void {
    this.state.objects[keyOf(type, attributes.id)] = { type, attributes };
  }

  public delete(type: string, id: string): void {
    delete this.state.objects[keyOf(type, id)];
  }

  /** A number that no other object of this Azure has. */
  public next(): number {
    this.state.counter += 1;
    return this.state.counter;
  }

  /** From now on the scripts of run commands fail, with this message. */
  public failRunCommands(message: string): void {
    this.state.runCommandFault = message;
  }

  public repairRunCommands(): void {
    delete this.state.runCommandFault;
  }

  /** @throws what the script's failure is */
  public async run(command: ValueObject): Promise<string> {
    if (this.state.runCommandFault !== undefined) {
      throw new Error(this.state.runCommandFault);
    }
    return this.handler(command);
  }

  /** Everything, without what is secret. */
  public inspect(): unknown {
    return Object.fromEntries(
      Object.values(this.state.objects).map(({ type, attributes }) => [
        text(attributes.id),
        { type, ...withoutSecrets(attributes) },
      ]),
    );
  }

  public save(): AzureState {
    return structuredClone(this.state);
  }

  public restore(state: AzureState): void {
    this.state = structuredClone(state);
  }
}

/** Azure compares ids without regard to case. An association is part of another object, and bears its id. */
function keyOf(type: string, id: string): string {
  return `${type.endsWith('_association') ? `${type}|` : ''}${id.toLowerCase()}`;
}

const SECRET = /password|secret|protected_parameter|custom_data/;

function withoutSecrets(attributes: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, SECRET.test(name) && value !== null ? '(hidden)' : value]),
  );
}
