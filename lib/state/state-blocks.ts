import { TerraformElement } from 'cdktf';
import { type Construct } from 'constructs';

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
