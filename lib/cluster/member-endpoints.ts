import { Lazy, type TerraformDataSource, TerraformLocal, type TerraformResourceLifecycle } from 'cdktf';
import { Construct } from 'constructs';
import { type DataConfluentKafkaCluster } from '../../.gen/providers/confluent/data-confluent-kafka-cluster';
import { type DataConfluentSchemaRegistryCluster } from '../../.gen/providers/confluent/data-confluent-schema-registry-cluster';
import { resolvedText } from '../synthesis/resolved-text';
import { isUnresolved } from '../validation/problems';
import { describeProblem } from '../validation/problems';
import { variableName } from '../validation/variable-name';

interface MemberEndpointsProps {
  readonly role: string;
  readonly cluster: DataConfluentKafkaCluster;
  readonly schemaRegistry: DataConfluentSchemaRegistryCluster;
  readonly accessPointId?: string;
  readonly privateRegistryRegion?: string;
}

/** By which addresses Terraform and clients reach a member: its own, those of an access point, or private ones of its registry. */
export class MemberEndpoints extends Construct {
  public readonly bootstrap: string;
  public readonly rest: string;
  public readonly schemaRegistry: string;

  constructor(scope: Construct, id: string, { role, cluster, schemaRegistry, ...wishes }: MemberEndpointsProps) {
    super(scope, id);
    const { accessPointId, privateRegistryRegion } = wishes;
    const ofAccessPoint = (name: string, attribute: string): string => {
      const point = expression(this, accessPointId!);
      const found = () =>
        `\${one([for endpoint in ${addressOf(cluster)}.endpoints : endpoint.${attribute} if endpoint.access_point_id == ${point}])}`;
      return new TerraformLocal(this, name, Lazy.anyValue({ produce: found })).asString;
    };
    this.bootstrap =
      accessPointId === undefined ? cluster.bootstrapEndpoint : ofAccessPoint('Bootstrap', 'bootstrap_endpoint');
    this.rest = accessPointId === undefined ? cluster.restEndpoint : ofAccessPoint('Rest', 'rest_endpoint');
    if (accessPointId !== undefined) {
      cluster.lifecycle = isThere(this, `${role}.accessPointId`, accessPointId, {
        keys: '[for endpoint in self.endpoints : endpoint.access_point_id]',
        allowed: 'an access point by which the cluster has endpoints',
      });
    }
    this.schemaRegistry = schemaRegistry.restEndpoint;
    if (privateRegistryRegion !== undefined) {
      const found = () =>
        `\${lookup(${addressOf(schemaRegistry)}.private_regional_rest_endpoints, ${expression(this, privateRegistryRegion)}, null)}`;
      this.schemaRegistry = new TerraformLocal(this, 'SchemaRegistry', Lazy.anyValue({ produce: found })).asString;
      schemaRegistry.lifecycle = isThere(this, `${role}.privateRegistryRegion`, privateRegistryRegion, {
        keys: 'keys(self.private_regional_rest_endpoints)',
        allowed: 'a region in which the Schema Registry has a private endpoint',
      });
    }
  }
}

/** What is read must have what is named. It looks at the data source alone, whose reading it does not put off. */
function isThere(
  scope: Construct,
  property: string,
  received: string,
  { keys, allowed }: { readonly keys: string; readonly allowed: string },
): TerraformResourceLifecycle {
  return {
    postcondition: [
      {
        condition: `\${contains(${keys}, ${expression(scope, received)})}`,
        errorMessage: describeProblem({
          property: isUnresolved(received) ? variableName(scope, received, property) : property,
          received,
          allowed: `${allowed}: \${join(", ", ${keys})}`,
          advice: 'Take one of these, or leave it out for the endpoints of the internet.',
        }),
      },
    ],
  };
}

const addressOf = (source: TerraformDataSource): string =>
  `data.${source.terraformResourceType}.${source.friendlyUniqueId}`;

/** A text as a part of an expression. */
function expression(scope: Construct, text: string): string {
  return isUnresolved(text) ? resolvedText(scope, text).replace(/^[$][{]|[}]$/g, '') : JSON.stringify(text);
}
