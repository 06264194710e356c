import { TerraformIterator, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { type Addressed, addressOf } from './address';
import { StateBlocks } from './state-blocks';

const ID = 'ConfluentDrDeletionGuard';
const TYPE = 'terraform_data';
/** What Terraform prints when it refuses: the only place for a word on the way out. */
const PROTECTED = `${TYPE}.deletion_protection__renamed_say_movedFrom__given_up_say_forgetTopic`;
const RELEASED = `${TYPE}.deletion_protection_released`;

/**
 * Makes Terraform refuse to delete what is protected because its code was moved, renamed or taken out. `prevent_destroy`
 * goes with the block that it stands in, so a resource cannot protect itself from that. Here each protected address is an
 * instance of one block of the stack, which stays while any pair or Confluent provider does: an address that vanishes
 * from it ends the plan before the first write.
 */
export class DeletionGuard extends Construct {
  /** The guard of the stack that the construct is in. */
  public static of(construct: IConstruct): DeletionGuard {
    const stack = TerraformStack.of(construct);
    return (stack.node.tryFindChild(ID) as DeletionGuard | undefined) ?? new DeletionGuard(stack);
  }

  /** The block in the stack. */
  public readonly resource: TerraformResource;

  private readonly guarded = new Set<Addressed>();
  private readonly released = new Set<Addressed>();
  private isNeeded = true;

  private constructor(stack: TerraformStack) {
    super(stack, ID);
    this.resource = new GuardedAddresses(this, 'Protected', this.guarded, () => this.isNeeded || this.guarded.size > 0);
    // The instances of what is let go move to a block that is not there, and are forgotten.
    new StateBlocks(this, 'Released', () => {
      const released = this.isNeeded || this.guarded.size > 0 ? [...this.released] : [];
      return {
        moved: released.map((element) => ({
          from: instance(PROTECTED, addressOf(element)),
          to: instance(RELEASED, addressOf(element)),
        })),
        removed: released.length === 0 ? [] : [{ from: RELEASED, lifecycle: { destroy: false } }],
      };
    });
  }

  /** Says of a stack that nothing in it has ever been protected: it does without the guard until something is. */
  public leaveOutWhileEmpty(): void {
    this.isNeeded = false;
  }

  /** From the next apply on, the plan fails where this address is neither guarded nor released. */
  public protect(resource: Addressed): void {
    this.guarded.add(resource);
  }

  /** What stands here may be deleted by a later plan. */
  public release(resource: Addressed): void {
    this.released.add(resource);
  }

  /** The moves in the guard that go with the move of a resource to its present address. */
  public movesOf(resource: Addressed, oldAddress: string): { from: string; to: string }[] {
    return this.guarded.has(resource) || this.released.has(resource)
      ? [{ from: instance(PROTECTED, oldAddress), to: instance(PROTECTED, addressOf(resource)) }]
      : [];
  }
}

/** The guarding block. Its keys are read at synth, when all is there and has its name. */
class GuardedAddresses extends TerraformResource {
  private readonly keys: string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly resources: ReadonlySet<Addressed>,
    private readonly isThere: () => boolean,
  ) {
    const keys: string[] = [];
    super(scope, id, {
      terraformResourceType: TYPE,
      forEach: TerraformIterator.fromList(keys),
      lifecycle: { preventDestroy: true },
    });
    this.keys = keys;
    this.overrideLogicalId(PROTECTED.slice(TYPE.length + 1));
  }

  /** @internal */
  public override toTerraform(): unknown {
    this.readKeys();
    return this.isThere() ? super.toTerraform() : {};
  }

  /** @internal */
  public override toHclTerraform(): unknown {
    this.readKeys();
    return this.isThere() ? super.toHclTerraform() : {};
  }

  private readKeys(): void {
    this.keys.splice(0, this.keys.length, ...[...this.resources].map(addressOf));
  }
}

const instance = (block: string, key: string): string => `${block}[${JSON.stringify(key)}]`;
