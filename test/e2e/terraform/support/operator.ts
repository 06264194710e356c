import { eventually } from '../../../support/waiting';
import { type Lab } from '../../../../packages/confluent-dr-lab/src/lab';

export type Role = 'primary' | 'secondary';

export interface MirrorRow {
  readonly mirror_topic_name: string;
  readonly mirror_status: string;
  readonly error_code?: number | null;
  readonly error_message?: string | null;
  readonly messages_truncated?: number | null;
}

/** As the lab's own API takes it. */
export interface Fault {
  readonly kind: string;
  readonly target: string;
  readonly method?: string;
  readonly path?: string;
  readonly delayMs?: number;
}

/** A cluster, and a key that may do everything there. */
export interface OperatedCluster {
  readonly clusterId: string;
  readonly kafka: { readonly key: string; readonly secret: string };
}

/** Somebody who works on the clusters by their REST API, past Terraform. */
export class Operator {
  /** @param clusters those of the lab's sample unless given */
  constructor(
    private readonly lab: Lab,
    private readonly clusters: Readonly<Record<Role, OperatedCluster>> = lab.cloud.sample!,
    private readonly link = 'active-passive-test',
  ) {}

  public async kafka(role: Role, method: string, path: string, body?: object): Promise<unknown> {
    const { clusterId, kafka } = this.clusters[role];
    const response = await fetch(`${this.lab.cloud.endpointOf(clusterId)}/kafka/v3/clusters/${clusterId}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${kafka.key}:${kafka.secret}`).toString('base64')}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  public async topics(role: Role): Promise<string[]> {
    const { data } = (await this.kafka(role, 'GET', '/topics')) as { data: { topic_name: string }[] };
    return data.map(({ topic_name }) => topic_name).sort();
  }

  public async mirrors(role: Role): Promise<Record<string, string>> {
    const { data } = (await this.kafka(role, 'GET', `/links/${this.link}/mirrors`)) as { data: MirrorRow[] };
    return Object.fromEntries(data.map((row) => [row.mirror_topic_name, row.mirror_status]));
  }

  /** One of the mirror operations; a topic that refuses it ends it. */
  public async operate(role: Role, operation: string, ...topics: readonly string[]): Promise<readonly MirrorRow[]> {
    const body = { mirror_topic_names: topics };
    const { data } = (await this.kafka(role, 'POST', `/links/${this.link}/mirrors:${operation}`, body)) as {
      data: MirrorRow[];
    };
    const refused = data.find(({ error_code }) => error_code);
    if (refused) {
      throw new Error(`${operation} of ${refused.mirror_topic_name}: ${refused.error_message}`);
    }
    return data;
  }

  public until(role: Role, topic: string, status: string): Promise<void> {
    return this.untilAll(role, [topic], status);
  }

  public async untilAll(role: Role, topics: readonly string[], status: string): Promise<void> {
    await eventually(
      () => this.mirrors(role),
      (mirrors) => topics.every((topic) => mirrors[topic] === status),
      { what: `${status} of ${topics.join(', ')} on the ${role}` },
    );
  }

  public async produce(role: Role, topic: string, count: number): Promise<void> {
    const { clusterId } = this.clusters[role];
    await this.laboratory('POST', `/clusters/${clusterId}/topics/${topic}/records`, { count });
  }

  /** Reverses topics, this member becoming the one that they are written on, and waits for the end. */
  public async switchOverTo(role: Role, ...topics: readonly string[]): Promise<void> {
    await this.operate(role, 'reverse-and-start-mirror', ...topics);
    for (const topic of topics) {
      await this.until(role, topic, 'STOPPED');
      await this.until(otherRole(role), topic, 'ACTIVE');
    }
  }

  /** Takes a member's data plane away; the function that it gives brings it back. */
  public takeAway(role: Role, kind = 'unavailable'): Promise<() => Promise<void>> {
    return this.fault({ kind, target: this.clusters[role].clusterId });
  }

  /** Puts a fault on something of the lab; the function that it gives takes it off. */
  public async fault(spec: Fault): Promise<() => Promise<void>> {
    const { id } = (await this.laboratory('POST', '/faults', spec)) as { id: string };
    return async () => {
      await this.laboratory('DELETE', `/faults/${id}`);
    };
  }

  /** The lab's own API. */
  public async laboratory(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.lab.cloud.url}/lab/v1${path}`, {
      method,
      headers: body && { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }
}

export function otherRole(role: Role): Role {
  return role === 'primary' ? 'secondary' : 'primary';
}
