import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';

/** What has, or had, a resource's address in Terraform's state. */
export interface Addressed extends IConstruct {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
}

/** `confluent_kafka_topic.…` */
export function addressOf({ terraformResourceType, friendlyUniqueId }: Addressed): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** Where a resource stood that Terraform is to forget instead of deleting it. */
const FORGOTTEN = Symbol.for('cdktf-confluent-dr.ForgottenResource');

export function markForgotten(element: TerraformElement): void {
  Object.defineProperty(element, FORGOTTEN, { value: true });
}

/** What is below the construct, or is it, and has a place in the state that could be lost. Data sources have none. */
export function addressedBelow(construct: IConstruct): Addressed[] {
  return construct.node
    .findAll()
    .filter(
      (element): element is IConstruct & Addressed =>
        TerraformResource.isTerraformResource(element) || (element as { [FORGOTTEN]?: boolean })[FORGOTTEN] === true,
    );
}

/** The logical id that an element at this path of the stack has, or would have. */
export function logicalIdAt(stack: TerraformStack, path: readonly string[]): string {
  let place: IConstruct = stack;
  let made: Construct | undefined;
  for (const part of path) {
    const there: IConstruct | undefined = place.node.tryFindChild(part);
    const next: IConstruct = there ?? new Construct(place, part);
    made ??= there ? undefined : next;
    place = next;
  }
  const id = TerraformElement.isTerraformElement(place) ? place.friendlyUniqueId : stack.getLogicalId(place.node);
  made?.node.scope?.node.tryRemoveChild(made.node.id);
  return id;
}

/** Where constructs stood before they were moved, in their stacks. */
const OLD_PATHS = new WeakMap<IConstruct, readonly string[]>();

export function noteMove(construct: IConstruct, oldPath: readonly string[]): void {
  OLD_PATHS.set(construct, oldPath);
}

/** Other constructs of the stack that say that they stood where this one did. */
export function claimants(construct: IConstruct): IConstruct[] {
  const path = OLD_PATHS.get(construct)?.join('/');
  return path === undefined
    ? []
    : TerraformStack.of(construct)
        .node.findAll()
        .filter((other) => other !== construct && OLD_PATHS.get(other)?.join('/') === path);
}

/** The address that a resource had before it, or a construct around it, was moved; undefined where none was. */
export function oldAddressOf(resource: Addressed): string | undefined {
  const scopes = resource.node.scopes;
  const moved = [...scopes].reverse().find((scope) => OLD_PATHS.has(scope));
  if (!moved) {
    return undefined;
  }
  const below = scopes.slice(scopes.indexOf(moved) + 1).map(({ node }) => node.id);
  const id = logicalIdAt(TerraformStack.of(resource), [...OLD_PATHS.get(moved)!, ...below]);
  return `${resource.terraformResourceType}.${id}`;
}
