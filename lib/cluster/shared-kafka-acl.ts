import { Lazy } from 'cdktf';
import { type Construct } from 'constructs';
import { KafkaAcl, type KafkaAclConfig } from '../../.gen/providers/confluent/kafka-acl';
import { addressOf } from '../state/address';
import { type Membership, SharedResources } from '../state/shared-resources';

/** An ACL that a stack makes once for all who need it, so that none of them takes it away from the others. */
export class SharedKafkaAcl extends KafkaAcl {
  private readonly membership: Membership;

  /** @param identity whose permission on what, in words that are the same wherever they are needed */
  constructor(scope: Construct, id: string, config: KafkaAclConfig, identity: string) {
    super(scope, id, config);
    const ownAddress = () => `${KafkaAcl.tfResourceType}.${super.friendlyUniqueId}`;
    this.membership = SharedResources.of(this).join(identity, this, ownAddress, true);
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
