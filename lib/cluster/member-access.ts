import { TerraformIterator, type TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { ApiKey } from '../../.gen/providers/confluent/api-key';
import { type DataConfluentEnvironment } from '../../.gen/providers/confluent/data-confluent-environment';
import { type DataConfluentKafkaCluster } from '../../.gen/providers/confluent/data-confluent-kafka-cluster';
import { type DataConfluentSchemaRegistryCluster } from '../../.gen/providers/confluent/data-confluent-schema-registry-cluster';
import { type DataConfluentServiceAccount } from '../../.gen/providers/confluent/data-confluent-service-account';
import { RoleBinding } from '../../.gen/providers/confluent/role-binding';
import { resolvedText } from '../synthesis/resolved-text';
import { ForgottenResource } from '../state/state-blocks';
import { type ApiCredentials } from './api-credentials';
import { type ApiKeys } from './api-keys';
import { type ServiceAccountRoles } from './service-account-roles';
import { SharedRoleBinding } from './shared-role-binding';
import { subjectRoles } from './subject-role';

interface MemberAccessProps {
  readonly role: string;
  readonly environment: DataConfluentEnvironment;
  readonly cluster: DataConfluentKafkaCluster;
  readonly schemaRegistry: DataConfluentSchemaRegistryCluster;
  readonly serviceAccount: DataConfluentServiceAccount;
  /** The cluster in words that are the same for all of the stack who use it. */
  readonly clusterName: string;
  /** The environment as its owner gave it. */
  readonly environmentId: string;
  /** The service account as its owner gave it. */
  readonly accountId: string;
  readonly roles: ServiceAccountRoles;
  readonly keys: ApiKeys;
  /** The Kafka key of both members, where they have one. */
  readonly globalKey?: ApiKey;
  readonly provider?: TerraformProvider;
}

const KAFKA_KEY = 'KafkaKey';
const REGISTRY_KEY = 'SchemaRegistryKey';

/** What lets the service account work on one member: its roles, and a key each for Kafka and the Schema Registry. */
export class MemberAccess extends Construct {
  public readonly kafka: ApiCredentials;
  public readonly schemaRegistry: ApiCredentials;
  /** The keys, where they are made. */
  public readonly kafkaKey?: ApiKey;
  public readonly schemaRegistryKey?: ApiKey;
  /** The roles that are made here. */
  public readonly made: RoleBinding[];
  /** Those of them that the cluster needs, for what no key comes before. */
  public readonly clusterRoles: RoleBinding[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MemberAccessProps,
  ) {
    super(scope, id);
    const { role, cluster, schemaRegistry, keys, globalKey } = props;
    const [clusterRoles, subjectRole] = [this.rolesOnCluster(), this.subjectRoles()];
    this.clusterRoles = clusterRoles;
    this.made = [...clusterRoles, ...subjectRole.slice(0, 1)];
    const { _existing: existing } = keys;
    if (existing) {
      new ForgottenResource(this, KAFKA_KEY, ApiKey.tfResourceType);
      new ForgottenResource(this, REGISTRY_KEY, ApiKey.tfResourceType);
      ({ kafka: this.kafka, schemaRegistry: this.schemaRegistry } = existing);
      return;
    }
    // The provider waits until a key answers, which it does only with its roles.
    this.kafkaKey = globalKey ?? this.key(KAFKA_KEY, `${role} cluster`, cluster, clusterRoles);
    this.schemaRegistryKey = this.key(REGISTRY_KEY, `${role} Schema Registry`, schemaRegistry, subjectRole);
    this.kafka = credentialsOf(this.kafkaKey);
    this.schemaRegistry = credentialsOf(this.schemaRegistryKey);
  }

  private get principal(): string {
    return `User:${this.props.serviceAccount.id}`;
  }

  private rolesOnCluster(): RoleBinding[] {
    const { cluster } = this.props;
    const topics = `${cluster.rbacCrn}/kafka=${cluster.id}/topic=*`;
    return [
      ...this.roles('ClusterRoles', ['CloudClusterAdmin', 'Operator'], cluster.rbacCrn),
      ...this.roles('TopicRoles', ['DeveloperRead', 'ResourceOwner'], topics),
    ];
  }

  private roles(id: string, roleNames: string[], crnPattern: string): RoleBinding[] {
    if (!this.areManaged(id)) {
      return [];
    }
    const forEach = TerraformIterator.fromList(roleNames);
    const { accountId: account, clusterName, provider } = this.props;
    const config = { forEach, principal: this.principal, roleName: forEach.value as string, crnPattern, provider };
    return [new SharedRoleBinding(this, id, config, resolvedText(this, `${id} ${account} ${clusterName}`))];
  }

  private subjectRoles(): RoleBinding[] {
    const id = 'SubjectRole';
    if (!this.areManaged(id)) {
      return [];
    }
    const { accountId: account, environmentId: environment, schemaRegistry, provider } = this.props;
    const crnPattern = `${schemaRegistry.resourceName}/subject=*`;
    const config = { principal: this.principal, roleName: 'ResourceOwner', crnPattern, provider };
    const identity = resolvedText(this, `${id} ${account} ${environment}`);
    return subjectRoles(this, id, config, identity, { account, environment });
  }

  /** Roles that are somebody else's are not deleted with the code that had made them. */
  private areManaged(id: string): boolean {
    if (!this.props.roles._areManaged) {
      new ForgottenResource(this, id, RoleBinding.tfResourceType);
    }
    return this.props.roles._areManaged;
  }

  private key(
    id: string,
    what: string,
    managed: DataConfluentKafkaCluster | DataConfluentSchemaRegistryCluster,
    dependsOn: RoleBinding[],
  ): ApiKey {
    const { serviceAccount, environment, provider, keys } = this.props;
    return new ApiKey(this, id, {
      ...keyOf(serviceAccount, what),
      managedResource: {
        id: managed.id,
        apiVersion: managed.apiVersion,
        kind: managed.kind,
        environment: [{ id: environment.id }],
      },
      disableWaitForReady: keys._isNotWaitedFor || undefined,
      dependsOn,
      provider,
    });
  }
}

/** One key for Kafka on every cluster that the service account may use. */
export function globalKey(
  scope: Construct,
  id: string,
  serviceAccount: DataConfluentServiceAccount,
  provider?: TerraformProvider,
): ApiKey {
  return new ApiKey(scope, id, {
    ...keyOf(serviceAccount, 'both clusters'),
    managedResource: { id: 'global', apiVersion: 'global/v1', kind: 'Global' },
    provider,
  });
}

function keyOf({ id, apiVersion, kind }: DataConfluentServiceAccount, what: string) {
  return {
    displayName: `Disaster recovery: ${what}`,
    owner: { id, apiVersion, kind },
    // Links hold a key's secret: the new key is put into them before the old one goes. Names are for people, whose
    // words stay.
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ['display_name', 'description'] },
  };
}

function credentialsOf({ id: key, secret }: ApiKey): ApiCredentials {
  return { key, secret };
}
