import { DataResource, TerraformElement, TerraformIterator } from 'cdktf';
import { Construct } from 'constructs';
import { constructId } from '../construct-id';

/**
 * Makes Terraform refuse to delete a topic because its line of code is gone. `prevent_destroy` goes with the block that
 * it stands in, so a topic cannot protect itself from that; here each topic is an instance of one block that stays, and
 * an instance that vanishes from a protected block ends the plan before the first write.
 */
export class DeletionGuard extends Construct {
  private readonly guarded: string[] = [];
  private readonly forgotten: string[] = [];
  private readonly resource: DataResource;
  private released?: DataResource;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new DataResource(this, 'Topics', {
      // The list is read at synth, when it has grown.
      forEach: TerraformIterator.fromList(this.guarded),
      lifecycle: { preventDestroy: true },
    });
  }

  /** From the next apply on, the plan fails where this topic is neither guarded nor released. */
  public guard(topicName: string): void {
    this.guarded.push(constructId(this, topicName));
  }

  /** Lets go of a topic: its instance moves to a block that nothing protects, and can vanish after one apply. */
  public release(topicName: string): void {
    this.released ??= new DataResource(this, 'Released', { forEach: TerraformIterator.fromList(this.forgotten) });
    const key = constructId(this, topicName);
    this.forgotten.push(key);
    const [from, to] = [this.resource, this.released].map(
      ({ friendlyUniqueId }) => `terraform_data.${friendlyUniqueId}`,
    );
    new MovedInstance(this, `Move-${key}`, `${from}["${key}"]`, `${to}["${key}"]`);
  }
}

/** A `moved` block for one instance, which cdktf has no way to write. */
class MovedInstance extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly from: string,
    private readonly to: string,
  ) {
    super(scope, id);
  }

  /** @internal */
  public override toTerraform(): unknown {
    return { moved: [{ from: this.from, to: this.to }] };
  }
}
