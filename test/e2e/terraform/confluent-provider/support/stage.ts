import { addAcl } from '../../../../../packages/confluent-dr-lab/src/cloud/kafka/acls';
import { sidesOf } from '../../../../../packages/confluent-dr-lab/src/cloud/linking/lookup';
import { type Mirror } from '../../../../../packages/confluent-dr-lab/src/cloud/linking/records';
import { type MirrorStatus } from '../../../../../packages/confluent-dr-lab/src/cloud/vocabulary';
import { type Lab, type LabOptions } from '../../../../../packages/confluent-dr-lab/src/lab';
import { checkpoint, startLabOfTfvars } from '../../support/lab';
import { Operator, type Role } from '../../support/operator';
import { requireTerraform, type Run, Workspace } from '../../support/terraform';
import { type Block, Parts, type Resources } from './configuration';

const ROLES: readonly Role[] = ['primary', 'secondary'];

/** Waits of the real provider, a thousand times shorter, and a cloud that is as quick. */
const QUICK: LabOptions = { pace: 0.001, timing: { mirrorTransitionMs: 20, exporterStartMs: 20, fetchMs: 10 } };

/** One lab, and one small configuration at a time in it. */
export class Stage {
  public readonly workspace: Workspace;
  public readonly operator: Operator;
  public readonly parts: Parts;
  private readonly cloudKey: Block;
  private seen = 0;

  private constructor(
    public readonly lab: Lab,
    bootstrapHosts: Readonly<Record<string, string>>,
  ) {
    this.workspace = new Workspace(lab);
    this.operator = new Operator(lab);
    this.parts = new Parts(lab, bootstrapHosts);
    const { key, secret } = lab.cloud.sample!.cloud;
    this.cloudKey = { cloud_api_key: key, cloud_api_secret: secret };
  }

  public static async open(options: LabOptions = {}): Promise<Stage> {
    requireTerraform();
    const lab = await startLabOfTfvars({ ...QUICK, ...options });
    const hosts = await lab.cloud.perform(({ kafkaClusters }) =>
      Object.fromEntries([...kafkaClusters.values()].map(({ id, bootstrapHost }) => [id, bootstrapHost])),
    );
    const stage = new Stage(lab, hosts);
    try {
      await stage.configure({}).workspace.init();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  public async close(): Promise<void> {
    this.workspace.remove();
    await this.lab.stop();
  }

  /** Writes the whole configuration: resources by address, and other blocks as Terraform names them. */
  public configure(resources: Resources, { provider = {}, ...blocks }: Block & { provider?: Block } = {}): this {
    this.workspace.write('main.tf.json', {
      terraform: { required_providers: { confluent: { source: 'confluentinc/confluent' } }, backend: { local: {} } },
      provider: { confluent: { ...this.cloudKey, ...provider } },
      ...(Object.keys(resources).length > 0 && { resource: byType(resources) }),
      ...blocks,
    });
    return this;
  }

  /** Remembers the cloud and the state; the function that it gives brings both back. */
  public async keep(): Promise<() => Promise<void>> {
    const restore = await checkpoint(this.lab, this.workspace.statePath);
    return async () => {
      await restore();
      this.forget();
    };
  }

  /** An apply that may fail. */
  public apply(...args: readonly string[]): Promise<Run> {
    return this.workspace.terraform('apply', '-input=false', '-auto-approve', ...args);
  }

  public plan(...args: readonly string[]): Promise<Run> {
    return this.workspace.terraform('plan', '-input=false', ...args);
  }

  public async changes(...args: readonly string[]): Promise<Record<string, string>> {
    return (await this.workspace.plan(...args)).changes();
  }

  /** The ACLs without which the links' owner cannot reverse. */
  public async allowReversals(): Promise<void> {
    const principal = `User:${this.lab.cloud.sample!.administratorId}`;
    for (const role of ROLES) {
      for (const [resourceType, resourceName] of [
        ['CLUSTER', 'kafka-cluster'],
        ['TOPIC', '*'],
      ]) {
        const acl = { resourceType, resourceName, patternType: 'LITERAL', operation: 'ALL', permission: 'ALLOW' };
        await this.lab.cloud.perform((state) =>
          addAcl(state.kafkaClusters.get(this.parts.clusterId(role))!, { ...acl, principal, host: '*' }),
        );
      }
    }
  }

  /** Makes the secondary call every mirror by this status, and keeps it at that. */
  public async show(status: MirrorStatus): Promise<void> {
    await this.lab.cloud.perform((state) => {
      for (const side of sidesOf(state, this.parts.clusterId('secondary'))) {
        // While a link is paused, nothing on it moves on.
        side.settings.set('cluster.link.paused', 'true');
        side.mirrors.forEach((mirror) => {
          mirror.status = status as Mirror['status'];
        });
      }
    });
  }

  /** @param target a role, for its cluster; or `control-plane`, or an id */
  public async fault(kind: string, target: string, more: Block = {}): Promise<void> {
    const role = ROLES.find((name) => name === target);
    await this.operator.laboratory('POST', '/faults', {
      kind,
      target: role ? this.parts.clusterId(role) : target,
      ...more,
    });
  }

  public async reverse(): Promise<void> {
    await this.operator.operate('secondary', 'reverse-and-start-mirror', 'orders');
    await this.operator.until('primary', 'orders', 'ACTIVE');
  }

  public async failOver(): Promise<void> {
    await this.operator.operate('secondary', 'failover', 'orders');
    await this.operator.until('secondary', 'orders', 'STOPPED');
  }

  /** Of a resource in the state. */
  public attributes(address: string): Block {
    const [type, name] = address.split('.');
    const found = this.workspace.state().resources.find((resource) => resource.type === type && resource.name === name);
    return (found?.instances[0] as { attributes?: Block } | undefined)?.attributes ?? {};
  }

  /** Forgets what was asked of the cloud so far. */
  public forget(): void {
    this.seen = this.lab.cloud.events.list().at(-1)?.number ?? 0;
  }

  /** What was asked of the cloud since, such as `secondary DELETE /topics/orders`. */
  public requests(): string[] {
    return this.lab.cloud.events.list(this.seen).map(({ target, method, path }) => {
      const short = decodeURIComponent(path).replace(`/kafka/v3/clusters/${target}`, '');
      return `${this.nameOf(target)} ${method} ${short}`;
    });
  }

  /** Of those, what may change something. */
  public writes(): string[] {
    return this.requests().filter((request) => !request.includes(' GET '));
  }

  private nameOf(target: string): string {
    const { sample } = this.lab.cloud;
    const role = ROLES.find((name) => [sample![name].clusterId, sample![name].registryId].includes(target));
    return role ?? target;
  }
}

function byType(resources: Resources): Record<string, Record<string, Block>> {
  const result: Record<string, Record<string, Block>> = {};
  for (const [address, resource] of Object.entries(resources)) {
    const [type, name] = address.split('.');
    result[type] = { ...result[type], [name]: resource };
  }
  return result;
}
