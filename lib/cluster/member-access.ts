import { TerraformIterator } from 'cdktf';
import { Construct } from 'constructs';
import { ApiKey } from '../../.gen/providers/confluent/api-key';
import { type DataConfluentEnvironment } from '../../.gen/providers/confluent/data-confluent-environment';
import { type DataConfluentKafkaCluster } from '../../.gen/providers/confluent/data-confluent-kafka-cluster';
import { type DataConfluentSchemaRegistryCluster } from '../../.gen/providers/confluent/data-confluent-schema-registry-cluster';
import { type DataConfluentServiceAccount } from '../../.gen/providers/confluent/data-confluent-service-account';
import { RoleBinding } from '../../.gen/providers/confluent/role-binding';
import { type ApiCredentials } from './api-credentials';

interface MemberAccessProps {
  readonly role: string;
  readonly environment: DataConfluentEnvironment;
  readonly cluster: DataConfluentKafkaCluster;
  readonly schemaRegistry: DataConfluentSchemaRegistryCluster;
  readonly serviceAccount: DataConfluentServiceAccount;
}

/** What lets the service account work on one member: its roles, and a key each for Kafka and the Schema Registry. */
export class MemberAccess extends Construct {
  public readonly kafka: ApiCredentials;
  public readonly schemaRegistry: ApiCredentials;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MemberAccessProps,
  ) {
    super(scope, id);
    const { role, cluster, schemaRegistry } = props;
    const topics = `${cluster.rbacCrn}/kafka=${cluster.id}/topic=*`;
    const clusterRoles = this.roles('ClusterRoles', ['CloudClusterAdmin', 'Operator'], cluster.rbacCrn);
    const topicRoles = this.roles('TopicRoles', ['DeveloperRead', 'ResourceOwner'], topics);
    const subjectRole = new RoleBinding(this, 'SubjectRole', {
      principal: this.principal,
      roleName: 'ResourceOwner',
      crnPattern: `${schemaRegistry.resourceName}/subject=*`,
    });
    // The provider waits until a key answers, which it does only with its roles.
    this.kafka = this.key('KafkaKey', `${role} cluster`, cluster, [clusterRoles, topicRoles]);
    this.schemaRegistry = this.key('SchemaRegistryKey', `${role} Schema Registry`, schemaRegistry, [subjectRole]);
  }

  private get principal(): string {
    return `User:${this.props.serviceAccount.id}`;
  }

  private roles(id: string, roleNames: string[], crnPattern: string): RoleBinding {
    const forEach = TerraformIterator.fromList(roleNames);
    return new RoleBinding(this, id, {
      forEach,
      principal: this.principal,
      roleName: forEach.value as string,
      crnPattern,
    });
  }

  private key(
    id: string,
    what: string,
    managed: DataConfluentKafkaCluster | DataConfluentSchemaRegistryCluster,
    dependsOn: RoleBinding[],
  ): ApiCredentials {
    const { serviceAccount, environment } = this.props;
    const key = new ApiKey(this, id, {
      displayName: `Disaster recovery: ${what}`,
      owner: { id: serviceAccount.id, apiVersion: serviceAccount.apiVersion, kind: serviceAccount.kind },
      managedResource: {
        id: managed.id,
        apiVersion: managed.apiVersion,
        kind: managed.kind,
        environment: [{ id: environment.id }],
      },
      dependsOn,
      // Links hold a key's secret: the new key is put into them before the old one goes. Names are for people, whose
      // words stay.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['display_name', 'description'] },
    });
    return { key: key.id, secret: key.secret };
  }
}
