import { type Lab, type LabOptions } from '../../../../../packages/confluent-dr-lab/src/lab';
import { checkpoint, startLabOfTfvars } from '../../support/lab';
import { requireTerraform, type Run, Workspace } from '../../support/terraform';
import { type Block, type Resources } from './landscape';

const SUBSCRIPTION = '12345678-1234-4234-8234-123456789abc';
/** Of everything in the tests' resource group. */
export const GROUP_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/proxy`;

/** One lab, and one small configuration of Azure at a time in it. */
export class Stage {
  public readonly workspace: Workspace;

  private constructor(public readonly lab: Lab) {
    this.workspace = new Workspace(lab);
  }

  public static async open(options: LabOptions = {}): Promise<Stage> {
    requireTerraform();
    const stage = new Stage(await startLabOfTfvars(options));
    try {
      await stage.configure({}).workspace.init();
    } catch (error) {
      // A lab that stays would keep the tests' process alive.
      await stage.close();
      throw error;
    }
    return stage;
  }

  public async close(): Promise<void> {
    this.workspace.remove();
    await this.lab.stop();
  }

  /** Writes the whole configuration: resources by address, and other blocks as Terraform names them. */
  public configure(resources: Resources, { provider = {}, ...blocks }: Block & { provider?: Block } = {}): this {
    const resource: Record<string, Record<string, Block>> = {};
    for (const [address, body] of Object.entries(resources)) {
      const [type, name] = address.split('.');
      resource[type] = { ...resource[type], [name]: body };
    }
    this.workspace.write('main.tf.json', {
      terraform: { required_providers: { azurerm: { source: 'hashicorp/azurerm' } }, backend: { local: {} } },
      provider: { azurerm: { subscription_id: SUBSCRIPTION, features: {}, ...provider } },
      ...(Object.keys(resource).length > 0 && { resource }),
      ...blocks,
    });
    return this;
  }

  /** Remembers Azure and the state; the function that it gives brings both back. */
  public keep(): Promise<() => Promise<void>> {
    return checkpoint(this.lab, this.workspace.statePath);
  }

  /** An apply that may fail. */
  public apply(...args: readonly string[]): Promise<Run> {
    return this.workspace.terraform('apply', '-input=false', '-auto-approve', ...args);
  }

  /** The first error of an apply that must fail. */
  public async refused(...args: readonly string[]): Promise<string> {
    const { exitCode, errors, text } = await this.apply(...args);
    if (exitCode !== 1) {
      throw new Error(`The apply was to fail, and did not: ${text}`);
    }
    return errors;
  }

  public async changes(...args: readonly string[]): Promise<Record<string, string>> {
    return (await this.workspace.plan(...args)).changes();
  }

  /** Of a resource in the state. */
  public attributes(address: string): Block {
    return this.instance(address)?.attributes ?? {};
  }

  public isTainted(address: string): boolean {
    return this.instance(address)?.status === 'tainted';
  }

  /** What Terraform wrote since the last checkpoint, such as `create azurerm_subnet`. */
  public writes(): string[] {
    return this.lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`);
  }

  private instance(address: string): { attributes: Block; status?: string } | undefined {
    const [type, name] = address.split('.');
    const found = this.workspace.state().resources.find((resource) => resource.type === type && resource.name === name);
    return found?.instances[0] as { attributes: Block; status?: string } | undefined;
  }
}
