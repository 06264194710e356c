import { TerraformElement } from 'cdktf';
import { type Construct } from 'constructs';

/**
 * Stands where a resource stood, and lets Terraform forget it instead of deleting what it was: a `removed` block,
 * which needs Terraform 1.7.
 */
export class ForgottenResource extends TerraformElement {
  /**
   * @param id the id that the resource had in the same scope, so that its address comes out the same
   * @param resourceType such as confluent_kafka_topic
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly resourceType: string,
  ) {
    super(scope, id, resourceType);
  }

  /** @internal */
  public override toTerraform(): unknown {
    const from = `${this.resourceType}.${this.friendlyUniqueId}`;
    return { removed: [{ from, lifecycle: { destroy: false } }] };
  }
}
