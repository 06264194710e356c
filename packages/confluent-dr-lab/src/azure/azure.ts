import { createHash } from 'node:crypto';
import { text, type ValueObject } from '../schema/value';
import { AzureError, freePublicAddress } from './addresses';
import { type RunCommand } from './run-command';

/** Plain data: what is written to the lab's state file. */
export interface AzureState {
  counter: number;
  /** Terraform's type, and what Azure tells of the object in Terraform's words, by Azure's id. */
  readonly objects: Record<string, { readonly type: string; readonly attributes: ValueObject }>;
  /** The message with which commands on VMs fail, if they shall. */
  runCommandFault?: string;
  /** The message with which deletions are refused, if they shall be. */
  deletionFault?: string;
  /** Whether Azure keeps to itself that a run command's failure is one of the deployment. */
  hidesFailureFlag?: boolean;
}

/** What of an Azure's VMs is on this machine. */
export interface AzureHost {
  /**
   * Runs a VM's script; what it throws is how the script failed.
   *
   * @returns what the script printed; undefined of one that has nothing to do here, and succeeds
   */
  run(command: RunCommand): Promise<string | undefined>;
  /** A public address for a VM, which none of the others has. @default - one that nobody has anywhere */
  publicAddress?(taken: readonly string[], turn: number, version: string): string;
  /** A private address by which this machine reaches what Azure has inside a network. @default - one of the subnet */
  privateAddress?(taken: readonly string[]): string;
  /** Something of load balancers, or of what stands behind them, is other than before. @default - it does not matter */
  balancersChanged?(): void;
  /** @default - it does not matter */
  machineDeleted?(id: string): void;
}

const NOWHERE: AzureHost = { run: () => Promise.resolve(undefined) };
const MACHINE = 'azurerm_linux_virtual_machine';

/** A small Azure: objects by id, and a virtual machine on which commands run. */
export class Azure {
  private state: AzureState;

  /** @param host @default - scripts have nothing to do, and succeed */
  constructor(
    state: AzureState = { counter: 0, objects: {} },
    private readonly host: AzureHost = NOWHERE,
  ) {
    this.state = state;
  }

  /** The attributes of what has this id, unless it is of another type. */
  public find(type: string, id: string): ValueObject | null {
    const found = this.state.objects[keyOf(type, id)];
    return found?.type === kindOf(type) ? found.attributes : null;
  }

  public all(type: string): ValueObject[] {
    return Object.values(this.state.objects)
      .filter((object) => object.type === kindOf(type))
      .map(({ attributes }) => attributes);
  }

  /** The ids of what is in a group, or below another object. */
  public idsBelow(id: string): string[] {
    const start = `${id.toLowerCase()}/`;
    return Object.values(this.state.objects)
      .map(({ attributes }) => text(attributes.id))
      .filter((other) => other.toLowerCase().startsWith(start));
  }

  public put(type: string, attributes: ValueObject & { readonly id: string }): void {
    this.state.objects[keyOf(type, attributes.id)] = { type: kindOf(type), attributes };
    this.tellOfBalancers(type);
  }

  /** @throws AzureError when deletions shall fail */
  public delete(type: string, id: string): void {
    if (this.state.deletionFault !== undefined) {
      throw new AzureError(409, 'Conflict', this.state.deletionFault);
    }
    delete this.state.objects[keyOf(type, id)];
    this.tellOfBalancers(type);
    if (kindOf(type) === MACHINE) {
      this.host.machineDeleted?.(id);
    }
  }

  /** A public address that none of its others has. */
  public freePublicAddress(taken: readonly string[], version: string): string {
    const free = this.host.publicAddress?.bind(this.host) ?? freePublicAddress;
    return free(taken, this.next(), version);
  }

  /** Is this an address of the machine that runs the lab, whatever the subnet is? */
  public isOfHost(address: string): boolean {
    return this.host.privateAddress !== undefined && address.startsWith('127.');
  }

  /** A private address by which the lab's machine reaches what is inside, where there is such a one. */
  public hostAddress(taken: readonly string[]): string | undefined {
    return this.host.privateAddress?.(taken);
  }

  /** A number that no other object of this Azure has. */
  public next(): number {
    this.state.counter += 1;
    return this.state.counter;
  }

  /** A GUID that no other object of this Azure has. */
  public guid(): string {
    const digits = createHash('sha256').update(`lab ${this.next()}`).digest('hex');
    return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
  }

  /** From now on the scripts of run commands fail, with this message. */
  public failRunCommands(message: string): void {
    this.state.runCommandFault = message;
  }

  /** Undefined while they succeed. */
  public get runCommandFault(): string | undefined {
    return this.state.runCommandFault;
  }

  public repairRunCommands(): void {
    delete this.state.runCommandFault;
  }

  /** From now on nothing can be deleted, for this reason. */
  public failDeletions(message: string): void {
    this.state.deletionFault = message;
  }

  public repairDeletions(): void {
    delete this.state.deletionFault;
  }

  /** From now on an answer about a run command lacks `treatFailureAsDeploymentFailure`: what the real Azure does is not known. */
  public hideFailureFlag(): void {
    this.state.hidesFailureFlag = true;
  }

  public get hidesFailureFlag(): boolean {
    return this.state.hidesFailureFlag ?? false;
  }

  /** @throws what the script's failure is */
  public async run(command: RunCommand): Promise<string> {
    return (await this.host.run(command)) ?? 'proxy: converged';
  }

  private tellOfBalancers(type: string): void {
    if (type.startsWith('azurerm_lb') || type.endsWith('pool_association')) {
      this.host.balancersChanged?.();
    }
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

/** A VM is one object, whichever of Terraform's two types describes it. */
function kindOf(type: string): string {
  return type === 'azurerm_virtual_machine' ? MACHINE : type;
}

/** Azure compares ids without regard to case. An association is part of another object, and bears its id. */
function keyOf(type: string, id: string): string {
  return `${type.endsWith('_association') ? `${type}|` : ''}${id.toLowerCase()}`;
}

const SECRET = /password|secret|protected_parameter|custom_data/;
/** Says that there is one, not which. */
const HARMLESS = /^disable_password_authentication$/;

function withoutSecrets(attributes: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      SECRET.test(name) && !HARMLESS.test(name) && value !== null ? '(hidden)' : value,
    ]),
  );
}
