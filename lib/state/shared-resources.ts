import { createHash } from 'node:crypto';
import { TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { type Addressed, oldAddressOf } from './address';
import { StateBlocks } from './state-blocks';

const ID = 'ConfluentDrSharedResources';

/** One of those that stand for the same thing in the cloud. */
interface Sharer {
  readonly resource: Addressed;
  /** The address that it has where nobody else stands for the same. */
  readonly ownAddress: () => string;
  /** Whether a variable decides if it is made. */
  readonly isCounted: () => boolean;
}

/** What several constructs of a stack need, which can be there only once in the cloud. */
interface Group {
  readonly logicalId: string;
  readonly sharers: Sharer[];
  /** Whether the cloud takes a second creation for the same, as it does with ACLs. */
  readonly repeatable: boolean;
}

/**
 * What is one and the same in the cloud is made once in a stack. A resource that nobody else needs has the address of its
 * own construct; one that several need has an address made of what it is, so that it stays whoever of them is taken out of
 * the code. `moved` blocks lead from the one to the other.
 */
export class SharedResources extends Construct {
  /** Those of the stack that the construct is in. */
  public static of(construct: IConstruct): SharedResources {
    const stack = TerraformStack.of(construct);
    return (stack.node.tryFindChild(ID) as SharedResources | undefined) ?? new SharedResources(stack);
  }

  private readonly groups = new Map<string, Group>();
  private readonly names = new Map<string, string>();

  private constructor(stack: TerraformStack) {
    super(stack, ID);
    new StateBlocks(this, 'Blocks', () => ({
      moved: this.all.flatMap(movesOf),
      removed: this.all.flatMap(forgottenOf),
    }));
  }

  /** Two texts stand for one thing: an id, and the expression that reads it. */
  public alias(text: string, name: string): void {
    this.names.set(text, name);
  }

  /** The one name of what the text stands for. */
  public nameOf(text: string): string {
    return this.names.get(text) ?? text;
  }

  /** @param identity what it is in the cloud, in words that are the same in every run */
  public join(identity: string, resource: Addressed, ownAddress: () => string, repeatable: boolean): Membership {
    const hash = createHash('sha256').update(identity).digest('hex').slice(0, 8);
    const logicalId = `shared-${identity.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 80)}-${hash}`;
    const group = this.groups.get(identity) ?? { logicalId, sharers: [], repeatable };
    this.groups.set(identity, group);
    const isCounted = () => (resource as { count?: unknown }).count !== undefined;
    group.sharers.push({ resource, ownAddress, isCounted });
    return new Membership(group, resource);
  }

  private get all(): Group[] {
    return [...this.groups.values()];
  }
}

const MEMBERS = new WeakSet<IConstruct>();

/** Whether the moves of this resource are told here. */
export function isShared(resource: IConstruct): boolean {
  return MEMBERS.has(resource);
}

/** A resource's part in what it stands for together with others. */
export class Membership {
  constructor(
    private readonly group: Group,
    private readonly resource: Addressed,
  ) {
    MEMBERS.add(resource);
  }

  /** The logical id that all have together; undefined while there is nobody else. */
  public get logicalId(): string | undefined {
    return this.group.sharers.length > 1 ? this.group.logicalId : undefined;
  }

  /** The first one makes it, for all. */
  public get isMadeByAnother(): boolean {
    return this.group.sharers[0].resource !== this.resource;
  }
}

/** From the address of any sharer to the common one, or back from there to that of the only one. */
function movesOf({ logicalId, sharers, repeatable }: Group): { from: string; to: string }[] {
  const common = `${sharers[0].resource.terraformResourceType}.${logicalId}`;
  const own = ({ resource, ownAddress }: Sharer) => [...before(resource), ownAddress()];
  const [first] = sharers;
  // An address can be the target of one move only, so they make a chain.
  if (sharers.length === 1 && first.isCounted()) {
    // Any statement keeps Terraform from moving what had no index by itself.
    const [own, indexed] = [first.ownAddress(), `${common}[0]`];
    return [...before(first.resource), own, indexed, `${own}[0]`].flatMap(pairs);
  }
  const chain =
    sharers.length === 1
      ? [...before(first.resource), common, first.ownAddress()]
      : [...(repeatable ? [first] : [...sharers].reverse()).flatMap(own), common];
  return chain.flatMap(pairs);
}

/** Each but the last with its successor, for flatMap. */
function pairs(from: string, index: number, chain: readonly string[]): { from: string; to: string }[] {
  return index + 1 < chain.length ? [{ from, to: chain[index + 1] }] : [];
}

/** Where each had made it, it must not be deleted with the place of one. */
function forgottenOf({ sharers, repeatable }: Group): { from: string; lifecycle: object }[] {
  return repeatable
    ? sharers.slice(1).map(({ ownAddress }) => ({ from: ownAddress(), lifecycle: { destroy: false } }))
    : [];
}

function before(resource: Addressed): string[] {
  const address = oldAddressOf(resource);
  return address === undefined ? [] : [address];
}
