import { type Lab, type LabOptions } from '../../../../packages/confluent-dr-lab/src/lab';
import { type Event } from '../../../../packages/confluent-dr-lab/src/cloud/event-log';
import { synthesizeInto, tfvars } from '../../terraform/support/app';
import { checkpoint, startLabOfTfvars } from '../../terraform/support/lab';
import { Operator } from '../../terraform/support/operator';
import { requireTerraform, type Run, Workspace } from '../../terraform/support/terraform';

export type Configure = (workspace: Workspace) => void;

export interface DeploymentOptions {
  readonly lab?: LabOptions;
  /** @default - the tests' tfvars, which adopt the sample's clusters */
  readonly values?: object;
  /** Writes the configuration. @default - the default app */
  readonly configure?: Configure;
}

/** The topic of the default app. */
export const topic = 'active-passive-a';

/** A configuration that the real terraform has applied to a lab of its own, and can go back to. */
export class Deployment {
  public static async start({ lab: options, values = tfvars, configure = synthesizeInto }: DeploymentOptions = {}) {
    requireTerraform();
    const lab = await startLabOfTfvars(options);
    const workspace = new Workspace(lab).write('terraform.tfvars.json', values);
    try {
      configure(workspace);
      await workspace.init();
      await workspace.apply();
    } catch (error) {
      // Nobody else could: a lab that goes on keeps the test's process from ending.
      workspace.remove();
      await lab.stop();
      throw error;
    }
    return new Deployment(lab, workspace, configure, await checkpoint(lab, workspace.statePath));
  }

  public readonly operator: Operator;
  private lastEvent = 0;

  private constructor(
    public readonly lab: Lab,
    public readonly workspace: Workspace,
    private readonly configure: Configure,
    private readonly restoreDeployed: () => Promise<void>,
  ) {
    this.operator = new Operator(lab);
  }

  /** Everything is as it was deployed, and nothing has been called since. */
  public async restore(): Promise<void> {
    await this.restoreDeployed();
    this.configure(this.workspace);
    this.forgetCalls();
  }

  /** The deployment as it is now, to go back to. */
  public async keep(): Promise<Deployment> {
    const { lab, workspace, configure } = this;
    return new Deployment(lab, workspace, configure, await checkpoint(lab, workspace.statePath));
  }

  public forgetCalls(): void {
    this.lab.operations.clear();
    this.lastEvent = this.lab.cloud.events.list().at(-1)?.number ?? 0;
  }

  /** What was called in Confluent's cloud, of a target if one is named. */
  public calls(target?: string): Event[] {
    return this.lab.cloud.events.list(this.lastEvent, target);
  }

  /** Of those, what can have changed something. */
  public writingCalls(): string[] {
    return this.calls()
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, status }) => `${method} ${path} ${status}`);
  }

  /** What Terraform did, as `delete azurerm_virtual_machine_run_command`. */
  public writes(): string[] {
    return this.lab.operations.writes().map(({ operation, type }) => `${operation} ${type}`);
  }

  /** An apply that may fail. */
  public tryApply(...args: readonly string[]): Promise<Run> {
    return this.workspace.terraform('apply', '-input=false', '-auto-approve', ...args);
  }

  public tryPlan(...args: readonly string[]): Promise<Run> {
    return this.workspace.terraform('plan', '-input=false', ...args);
  }

  public async end(): Promise<void> {
    this.workspace.remove();
    await this.lab.stop();
  }
}
