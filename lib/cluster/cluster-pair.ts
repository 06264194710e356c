import { Construct, type IConstruct } from 'constructs';
import { isRecord, type Shape } from '../validation/shape';
import { type AclEntry } from './acl-entry';
import { type IClusterMember } from './cluster-member';

/** Two clusters that stand in for each other, as links and outputs need them: `ConfluentClusterPair`, or one of your own. */
export interface IConfluentClusterPair extends IConstruct {
  /** The member that serves in normal times. */
  readonly primary: IClusterMember;
  /** The member that takes over. */
  readonly secondary: IClusterMember;
  /** Both members, the primary first. */
  readonly members: IClusterMember[];
  /** Whether what holds data is protected from deletion. */
  readonly deletionProtection: boolean;
  /** The ACLs that Terraform makes on both members; ACL sync must leave them alone. */
  readonly managedAcls: AclEntry[];
}

function isPair({ primary, secondary, members }: Record<string, unknown>): boolean {
  return [primary, secondary].every(isMember) && Array.isArray(members);
}

function isMember(member: unknown): boolean {
  return isRecord(member) && typeof member.clusterId === 'string' && Array.isArray(member.linkPermissions);
}

/** What a construct that needs a pair must be given. */
export function shapeOfPair(pair: unknown): Shape {
  return {
    ok: isRecord(pair) && isPair(pair) && Construct.isConstruct(pair),
    property: 'pair',
    received: pair,
    allowed: 'a ConfluentClusterPair',
    advice: 'Make one first and pass it.',
  };
}
