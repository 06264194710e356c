import { TerraformElement } from 'cdktf';
import { type Construct } from 'constructs';
import { validate } from '../validation/problems';

/** The context value that names the dry run's VM, to take it over. */
export const ORIGINAL_VM_ID = 'original_vm_id';

/**
 * Takes over the VM of the dry run, whose resource type is another: forgets it under the old type and imports it under
 * the new one, in one apply. Both blocks can stay or go afterwards. Needs Terraform 1.7.
 */
export class OriginalMachine extends TerraformElement {
  private readonly vmId: unknown;

  constructor(
    scope: Construct,
    id: string,
    private readonly newAddress: string,
  ) {
    super(scope, id);
    this.vmId = this.node.tryGetContext(ORIGINAL_VM_ID);
    validate(this, (problems) => {
      problems.text(`context ${ORIGINAL_VM_ID}`, this.vmId as string | undefined, {
        pattern: '^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.Compute/virtualMachines/[^/]+$',
        allowed: 'the Azure id of the VM to take over, /subscriptions/…/virtualMachines/proxy-vm',
        advice: 'Copy it from `terraform state show azurerm_virtual_machine.main`, or leave it out.',
      });
    });
  }

  /** @internal */
  public override toTerraform(): unknown {
    return typeof this.vmId === 'string'
      ? {
          removed: [{ from: 'azurerm_virtual_machine.main', lifecycle: { destroy: false } }],
          import: [{ to: this.newAddress, id: this.vmId }],
        }
      : {};
  }
}
