import { TerraformElement } from 'cdktf';
import { type Construct } from 'constructs';
import { addressOf, markForgotten } from './address';

/**
 * Stands where a resource stood, and lets Terraform forget it instead of deleting what it was: a `removed` block,
 * which needs Terraform 1.7.
 */
export class ForgottenResource extends TerraformElement {
  /**
   * @param id the id that the resource had in the same scope, so that its address comes out the same
   * @param terraformResourceType such as confluent_kafka_topic
   */
  constructor(
    scope: Construct,
    id: string,
    public readonly terraformResourceType: string,
  ) {
    super(scope, id, terraformResourceType);
    markForgotten(this);
  }

  /** @internal */
  public override toTerraform(): unknown {
    return { removed: [{ from: addressOf(this), lifecycle: { destroy: false } }] };
  }
}

interface Blocks {
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly removed?: readonly { readonly from: string; readonly lifecycle: object }[];
}

/** Blocks on what is in Terraform's state, which cdktf has no way to write for instances. They are made at synth. */
export class StateBlocks extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly produce: () => Blocks,
  ) {
    super(scope, id);
  }

  /** @internal */
  public override toTerraform(): unknown {
    const { moved = [], removed = [] } = this.produce();
    return { ...(moved.length > 0 && { moved }), ...(removed.length > 0 && { removed }) };
  }
}
