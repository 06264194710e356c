import { Lazy } from 'cdktf';
import { type Construct } from 'constructs';
import { RoleBinding, type RoleBindingConfig } from '../../.gen/providers/confluent/role-binding';
import { addressOf } from '../state/address';
import { type Membership, SharedResources } from '../state/shared-resources';

/** A role, or several on one resource, that a stack makes once for all who need it. Confluent refuses a second one. */
export class SharedRoleBinding extends RoleBinding {
  private readonly membership: Membership;

  /** @param identity whose roles on what, in words that are the same wherever they are needed */
  constructor(scope: Construct, id: string, config: RoleBindingConfig, identity: string) {
    super(scope, id, config);
    const ownAddress = () => `${RoleBinding.tfResourceType}.${super.friendlyUniqueId}`;
    this.membership = SharedResources.of(this).join(identity, this, ownAddress, false);
  }

  public override get friendlyUniqueId(): string {
    return this.membership.logicalId ?? super.friendlyUniqueId;
  }

  /** Known when all who need it are there. */
  public override get fqn(): string {
    return Lazy.stringValue({ produce: () => addressOf(this) });
  }

  /** @internal */
  public override toTerraform(): unknown {
    return this.membership.isMadeByAnother ? {} : super.toTerraform();
  }

  /** @internal */
  public override toHclTerraform(): unknown {
    return this.membership.isMadeByAnother ? {} : super.toHclTerraform();
  }
}
