import { type Key } from './client';
import { jaas, type Lab, LINK, type Row } from './lab';
import { otherSide, type Side, STEP } from './model-pair';

/** What the provider calls for the default app, as the service account that owns all of it. */
export class Drill {
  public readonly kafkaKeys = new Map<Side, Key>();
  public readonly registryKeys = new Map<Side, Key>();

  constructor(public readonly lab: Lab) {}

  public kafka<T = Row>(side: Side, request: string, body?: unknown): Promise<{ status: number; body: T }> {
    return this.lab.kafka<T>(side, request, body, { key: this.kafkaKeys.get(side) });
  }

  /** Roles before keys: the provider waits until a key answers. */
  public async access(side: Side): Promise<void> {
    const { clusterId, environmentId, registryId } = this.lab.member(side);
    const crn = await this.resourceName(`/cmk/v2/clusters/${clusterId}?environment=${environmentId}`);
    const registryCrn = await this.resourceName(`/srcm/v3/clusters/${registryId}?environment=${environmentId}`);
    const rbacCrn = crn.slice(0, crn.lastIndexOf('/kafka='));
    await this.bind('CloudClusterAdmin', rbacCrn);
    await this.bind('Operator', rbacCrn);
    await this.bind('ResourceOwner', `${crn}/topic=*`);
    await this.bind('ResourceOwner', `${registryCrn}/subject=*`);
    this.kafkaKeys.set(side, await this.key(clusterId));
    this.registryKeys.set(side, await this.key(registryId));
    expectStatus(await this.kafka(side, 'GET /topics'), 200);
    expectStatus(await this.lab.registry(side, 'GET /subjects', undefined, { key: this.registryKeys.get(side) }), 200);
  }

  public async acls(side: Side): Promise<void> {
    const principal = `User:${this.lab.sample.serviceAccountId}`;
    for (const [type, name, operation] of [
      ['TOPIC', 'orders', 'READ'],
      ['TOPIC', 'orders', 'DESCRIBE_CONFIGS'],
      ['CLUSTER', 'kafka-cluster', 'DESCRIBE'],
      ['CLUSTER', 'kafka-cluster', 'ALTER'],
    ]) {
      const acl = { ...this.lab.acl(type, name, operation), principal } as Record<string, string>;
      expectStatus(await this.kafka(side, 'POST /acls', acl), 201);
      const { body } = await this.kafka<{ data: Row[] }>(side, `GET /acls?${new URLSearchParams(acl).toString()}`);
      if (body.data.length !== 1) {
        throw new Error(`${body.data.length} ACLs are ${JSON.stringify(acl)}`);
      }
    }
  }

  public async link(side: Side): Promise<void> {
    const body = this.lab.linkBody(this.lab.member(otherSide(side)), {
      'sasl.jaas.config': jaas(this.kafkaKeys.get(otherSide(side))!),
      'local.sasl.jaas.config': jaas(this.kafkaKeys.get(side)!),
      'local.sasl.mechanism': 'PLAIN',
      'local.security.protocol': 'SASL_SSL',
      'connection.mode': 'OUTBOUND',
    });
    expectStatus(await this.kafka(side, `POST /links?link_name=${LINK}`, body), 204);
    expectStatus(await this.kafka(side, `GET /links/${LINK}`), 200);
  }

  public async reverse(side: Side): Promise<Row> {
    const path = `POST /links/${LINK}/mirrors:reverse-and-start-mirror`;
    const { body } = await this.kafka<{ data: Row[] }>(side, path, { mirror_topic_names: ['orders'] });
    await this.lab.wait(STEP);
    return body.data[0];
  }

  public async status(side: Side): Promise<unknown> {
    return (await this.kafka(side, `GET /links/${LINK}/mirrors/orders`)).body.mirror_status;
  }

  private async resourceName(path: string): Promise<string> {
    return (await this.lab.control<{ metadata: { resource_name: string } }>(`GET ${path}`)).body.metadata.resource_name;
  }

  private async bind(roleName: string, crnPattern: string): Promise<void> {
    const principal = `User:${this.lab.sample.serviceAccountId}`;
    const request = { principal, role_name: roleName, crn_pattern: crnPattern };
    expectStatus(await this.lab.control('POST /iam/v2/role-bindings', request), 201);
  }

  private async key(resourceId: string): Promise<Key> {
    const { body } = await this.lab.control<{ id: string; spec: { secret: string } }>('POST /iam/v2/api-keys', {
      spec: {
        owner: { id: this.lab.sample.serviceAccountId, kind: 'ServiceAccount' },
        resource: { id: resourceId, kind: 'Cluster' },
      },
    });
    return { key: body.id, secret: body.spec.secret };
  }
}

/** A step of the deployment, not what a test is about: it has to work. */
function expectStatus({ status, body }: { readonly status: number; readonly body: unknown }, wanted: number): void {
  if (status !== wanted) {
    throw new Error(`${status} instead of ${wanted}: ${JSON.stringify(body)}`);
  }
}
