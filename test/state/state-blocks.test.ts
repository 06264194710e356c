import { StateBlocks } from '../../lib/state/state-blocks';
import { stackOf, synthesize } from '../support/synth';

const move = { from: 'a.b', to: 'a.c' };
const removal = { from: 'a.d', lifecycle: { destroy: false } };

test.each([
  [{}, {}],
  [{ moved: [], removed: [] }, {}],
  [{ moved: [move] }, { moved: [move] }],
  [{ removed: [removal] }, { removed: [removal] }],
  [
    { moved: [move], removed: [removal] },
    { moved: [move], removed: [removal] },
  ],
])('of %j is %j', (blocks, expected) => {
  const stack = stackOf((scope) => {
    new StateBlocks(scope, 'Blocks', () => blocks);
  });
  expect((stack.node.findChild('Blocks') as StateBlocks).toTerraform()).toEqual(expected);
  const { moved, removed } = synthesize(stack);
  expect(JSON.stringify({ moved, removed })).toBe(JSON.stringify(expected));
});
