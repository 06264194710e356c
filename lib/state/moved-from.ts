import { TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';
import { isUnresolved, validate } from '../validation/problems';
import { addressedBelow, addressOf, claimants, noteMove, oldAddressOf } from './address';
import { DeletionGuard } from './deletion-guard';
import { isShared } from './shared-resources';
import { StateBlocks } from './state-blocks';

/**
 * Keeps what Terraform made under the construct when it stood elsewhere in the stack, or had another id: a `moved` block
 * for each resource.
 *
 * @param movedFrom the path that the construct had in its stack, such as `Link` or `Shop/Link`
 */
export function keepState(construct: Construct, movedFrom?: string): void {
  if (movedFrom === undefined) {
    return;
  }
  const stack = TerraformStack.of(construct);
  const path = typeof movedFrom === 'string' ? movedFrom.split('/') : [''];
  // No construct can have a name that every object of JavaScript has, such as toString.
  const isPath = !isUnresolved(movedFrom) && path.every((part) => part !== '' && !(part in {}));
  validate(construct, (problems) => {
    problems.refuseUnless(isPath, {
      property: 'movedFrom',
      received: movedFrom,
      allowed: 'a path of construct ids in the stack, such as Link or Shop/Link',
      advice: "It is the construct's old node.path without the stack's own id.",
    });
    const ownPath = construct.node.path.slice(stack.node.path.length + 1);
    problems.require(!isPath || movedFrom !== ownPath, {
      property: 'movedFrom',
      received: movedFrom,
      allowed: 'another path than the one where the construct stands now',
      advice: 'Give the path that it had before, or leave this out: it has not moved.',
    });
    problems.require(!isPath || path.length === 1 || path[0] !== stack.node.id, {
      property: 'movedFrom',
      received: movedFrom,
      allowed: "a path in the stack, without the stack's own id",
      advice: `Write ${path.slice(1).join('/')}.`,
    });
    const others = claimants(construct);
    problems.require(others.length === 0, {
      property: 'movedFrom',
      received: movedFrom,
      allowed: `a path that one construct has left; ${others.map(({ node }) => node.path).join(', ')} says the same`,
      advice: 'Leave it to the one that is to keep what was made there.',
    });
    const standing = new Set<string | undefined>(addressedBelow(stack).map(addressOf));
    const old = addressedBelow(construct).map(oldAddressOf);
    problems.require(movedFrom === ownPath || !old.some((address) => standing.has(address)), {
      property: 'movedFrom',
      received: movedFrom,
      allowed: 'a path where the construct stood and nothing of its kind stands now',
      advice: 'Take what stands there out of the code or give it another id, or leave this out.',
    });
  });
  if (!isPath) {
    return;
  }
  noteMove(construct, path);
  const guard = DeletionGuard.of(stack);
  new StateBlocks(construct, 'MovedFrom', () => ({
    moved: addressedBelow(construct)
      .filter((resource) => !isShared(resource))
      .flatMap((resource) => {
        const from = oldAddressOf(resource)!;
        return [{ from, to: addressOf(resource) }, ...guard.movesOf(resource, from)];
      }),
  }));
}
