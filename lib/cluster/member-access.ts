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
  readonly provider?: TerraformProvider;
}

/** What lets the service account work on one member: its roles, and a key each for Kafka and the Schema Registry. */
export class MemberAccess extends Construct {
  public readonly kafka: ApiKey;
  public readonly schemaRegistry: ApiKey;
  /** The roles that are made here. */
  public readonly made: RoleBinding[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MemberAccessProps,
  ) {
    super(scope, id);
    const { role, cluster, schemaRegistry } = props;
    const [clusterRoles, subjectRole] = [this.clusterRoles(), this.subjectRoles()];
    this.made = [...clusterRoles, ...subjectRole.slice(0, 1)];
    // The provider waits until a key answers, which it does only with its roles.
    this.kafka = this.key('KafkaKey', `${role} cluster`, cluster, clusterRoles);
    this.schemaRegistry = this.key('SchemaRegistryKey', `${role} Schema Registry`, schemaRegistry, subjectRole);
  }

  private get principal(): string {
    return `User:${this.props.serviceAccount.id}`;
  }

  private clusterRoles(): RoleBinding[] {
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
    const { serviceAccount, environment, provider } = this.props;
    return new ApiKey(this, id, {
      displayName: `Disaster recovery: ${what}`,
      owner: { id: serviceAccount.id, apiVersion: serviceAccount.apiVersion, kind: serviceAccount.kind },
      managedResource: {
        id: managed.id,
        apiVersion: managed.apiVersion,
        kind: managed.kind,
        environment: [{ id: environment.id }],
      },
      dependsOn,
      provider,
      // Links hold a key's secret: the new key is put into them before the old one goes. Names are for people, whose
      // words stay.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['display_name', 'description'] },
    });
  }
}
