import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cloud,
  type CloudOptions,
  type CloudState,
  type Event,
  startCloud,
} from '../../../confluent-dr-lab/src/cloud/index';
import { addAcl } from '../../../confluent-dr-lab/src/cloud/kafka/acls';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { createTopic } from '../../../confluent-dr-lab/src/cloud/kafka/topics';
import { createLink } from '../../../confluent-dr-lab/src/cloud/linking/links';
import { findSide } from '../../../confluent-dr-lab/src/cloud/linking/lookup';
import { createMirror } from '../../../confluent-dr-lab/src/cloud/linking/mirrors';
import { createApiKey } from '../../../confluent-dr-lab/src/cloud/organization/api-keys';
import { clusterRbacCrn } from '../../../confluent-dr-lab/src/cloud/organization/crn';
import { createRoleBinding } from '../../../confluent-dr-lab/src/cloud/organization/role-bindings';
import { serialize, type Snapshot } from '../../../confluent-dr-lab/src/cloud/state-file';
import { type Credentials } from '../../src/client/endpoint';
import { otherRole, type Role, ROLES } from '../../src/observe/pair-observation';
import { aclOf, neededForReversal } from './lab-acls';

/** The default app's name for the link. */
export const DEPLOYED_LINK = 'active-passive-test';

export interface DeployedLabOptions extends CloudOptions {
  /** Names, or how many of them: `t0000`, `t0001`, … @default 3 */
  readonly topics?: number | readonly string[];
  /** @default 2 */
  readonly partitions?: number;
  /** Whether the service account has the ACLs that a reversal needs, on both clusters. @default true */
  readonly acls?: boolean;
  /** Settings of the sides of the link, beside those that they need. */
  readonly linkSettings?: LinkSettings;
}

export type LinkSettings = Partial<Record<Role, Readonly<Record<string, string>>>>;

/** What one member's owner knows of it. */
export interface DeployedMember {
  readonly environmentId: string;
  readonly clusterId: string;
  readonly registryId: string;
  readonly restEndpoint: string;
  readonly registryEndpoint: string;
  /** `SASL_SSL://pkc-…:9092` */
  readonly bootstrapEndpoint: string;
  /** Of the service account, which is CloudClusterAdmin there. */
  readonly kafka: Credentials;
  readonly schemaRegistry: Credentials;
}

const clouds: Cloud[] = [];
const folders: string[] = [];

/** Closes what `DeployedLab` opened; call it after each test. */
export async function closeDeployedLabs(): Promise<void> {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true }));
}

/**
 * A lab as the default app leaves it, without Terraform: topics on the primary, both ends of the link with the service
 * account's keys, a mirror of each topic on the secondary, ACLs. Its time stands still unless told otherwise.
 */
export class DeployedLab {
  public static async start({
    topics = 3,
    partitions = 2,
    acls = true,
    linkSettings = {},
    ...options
  }: DeployedLabOptions = {}): Promise<DeployedLab> {
    // Long enough for a look at a mirror that changes, and one at what it has become; more would be the same again.
    const timing = { mirrorTransitionMs: 400, fetchMs: 100, ...options.timing };
    const cloud = await started({ rate: 0, ...options, timing });
    const names = typeof topics === 'number' ? numbered(topics) : topics;
    const keys = await cloud.perform((state) => deploy(state, cloud, { names, partitions, acls, linkSettings }));
    const lab = new DeployedLab(cloud, names, keys);
    await lab.wait(200);
    return lab;
  }

  private constructor(
    public readonly cloud: Cloud,
    /** By their names on the primary. */
    public readonly topics: readonly string[],
    private readonly keys: Readonly<Record<Role, DeployedKeys>>,
  ) {}

  public get serviceAccountId(): string {
    return this.cloud.sample!.serviceAccountId;
  }

  public member(role: Role): DeployedMember {
    const { environmentId, clusterId, registryId } = this.cloud.sample![role];
    return {
      environmentId,
      clusterId,
      registryId,
      restEndpoint: this.cloud.endpointOf(clusterId),
      registryEndpoint: this.cloud.endpointOf(registryId),
      ...this.keys[role],
    };
  }

  /** Moves the lab's time on. */
  public async wait(milliseconds: number): Promise<void> {
    this.cloud.clock.advance(milliseconds);
    await this.cloud.perform(() => undefined);
  }

  /** The whole cloud as it is at this moment, for `continued`. */
  public snapshot(): string {
    const { sample } = this.cloud;
    let text = '';
    // It is looked at before anything is waited for.
    void this.cloud.observe((state) => (text = serialize({ format: 1, state, ports: {}, sample } satisfies Snapshot)));
    return text;
  }

  /** Another lab, in which all goes on from a snapshot of this one, its time too; nothing was asked of it yet. */
  public async continued(snapshot: string): Promise<DeployedLab> {
    const folder = mkdtempSync(join(tmpdir(), 'lab-'));
    folders.push(folder);
    const stateFile = join(folder, 'state.json');
    writeFileSync(stateFile, snapshot);
    return new DeployedLab(await started({ rate: 0, stateFile }), this.topics, this.keys);
  }

  /** What was asked of one member, in the order of the answers. */
  public callsOf(role: Role, method: string, path = ''): Event[] {
    return this.cloud.events
      .list(0, this.cloud.sample![role].clusterId)
      .filter((event) => event.method === method && event.path.includes(path));
  }
}

async function started(options: CloudOptions): Promise<Cloud> {
  const cloud = await startCloud(options);
  clouds.push(cloud);
  return cloud;
}

interface DeployedKeys {
  readonly bootstrapEndpoint: string;
  readonly kafka: Credentials;
  readonly schemaRegistry: Credentials;
}

interface Wanted {
  readonly names: readonly string[];
  readonly partitions: number;
  readonly acls: boolean;
  readonly linkSettings: LinkSettings;
}

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `t${String(index).padStart(4, '0')}`);

function deploy(state: CloudState, cloud: Cloud, request: Wanted): Record<Role, DeployedKeys> {
  const sample = cloud.sample!;
  const primary = access(state, cloud, 'primary');
  const keys = { primary, secondary: access(state, cloud, 'secondary') };
  const clusterOf = (role: Role) => findKafkaCluster(state, sample[role].clusterId);
  request.names.forEach((name) => createTopic(state, clusterOf('primary'), { name, partitions: request.partitions }));
  const waits = (role: Role) => request.linkSettings[role]?.['connection.mode'] === 'INBOUND';
  // A link that waits for the other to connect is there before that.
  for (const role of waits('primary') ? ROLES : [...ROLES].reverse()) {
    const remote = otherRole(role);
    createLink(state, clusterOf(role), {
      name: DEPLOYED_LINK,
      remoteClusterId: sample[remote].clusterId,
      validateLink: true,
      settings: Object.entries({
        'link.mode': 'BIDIRECTIONAL',
        'connection.mode': 'OUTBOUND',
        'bootstrap.servers': keys[remote].bootstrapEndpoint,
        'security.protocol': 'SASL_SSL',
        'sasl.mechanism': 'PLAIN',
        'sasl.jaas.config': jaas(keys[remote].kafka),
        'local.security.protocol': 'SASL_SSL',
        'local.sasl.mechanism': 'PLAIN',
        'local.sasl.jaas.config': jaas(keys[role].kafka),
        ...request.linkSettings[role],
      }).map(([name, value]) => ({ name, value })),
    });
    if (request.acls) {
      const acls = neededForReversal(request.names).map((needed) => aclOf(sample.serviceAccountId, needed));
      acls.forEach((acl) => addAcl(clusterOf(role), acl));
    }
  }
  const secondary = findSide(state, sample.secondary.clusterId, DEPLOYED_LINK);
  const prefix = request.linkSettings.secondary?.['cluster.link.prefix'] ?? '';
  request.names.forEach((name) =>
    createMirror(state, secondary, { sourceTopicName: name, mirrorTopicName: `${prefix}${name}` }),
  );
  return keys;
}

/** The service account's role and keys on one member. */
function access(state: CloudState, cloud: Cloud, role: Role): DeployedKeys {
  const { serviceAccountId: ownerId, [role]: member } = cloud.sample!;
  const cluster = findKafkaCluster(state, member.clusterId);
  createRoleBinding(state, {
    principal: `User:${ownerId}`,
    roleName: 'CloudClusterAdmin',
    crnPattern: clusterRbacCrn(state, cluster.environmentId, cluster.id),
  });
  const keyOf = (resourceId: string): Credentials => {
    const { id, secret } = createApiKey(state, { ownerId, resourceId, displayName: 'deployed' });
    return { key: id, secret };
  };
  return {
    bootstrapEndpoint: `SASL_SSL://${cluster.bootstrapHost}:9092`,
    kafka: keyOf(member.clusterId),
    schemaRegistry: keyOf(member.registryId),
  };
}

const jaas = ({ key, secret }: Credentials): string =>
  `org.apache.kafka.common.security.plain.PlainLoginModule required username="${key}" password="${secret}";`;
