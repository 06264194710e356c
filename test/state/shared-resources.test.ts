import { TerraformCount, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { addressOf, noteMove } from '../../lib/state/address';
import { isShared, type Membership, SharedResources } from '../../lib/state/shared-resources';
import { stackOf, testApp } from '../support/synth';
import { blocksOf, Topic } from './support';

/** A contract with people's state: the identity, and the beginning of its SHA-256. */
const SHARED = 'shared-read-orders-f6c63306';
const at = (id: string) => `confluent_kafka_topic.${id}`;

/** Topics that stand for the same, with the addresses that they have by themselves. */
function joined(scope: Construct, ids: string[], repeatable: boolean, identity = 'read orders'): Membership[] {
  return ids.map((id) => {
    const topic = new Topic(scope, id);
    return SharedResources.of(scope).join(identity, topic, () => at(id), repeatable);
  });
}

describe('SharedResources', () => {
  test('are one for a stack', () => {
    const app = testApp();
    const [stack, other] = ['a', 'b'].map((id) => new TerraformStack(app, id));
    const shared = SharedResources.of(stack);
    expect(SharedResources.of(new Construct(stack, 'Below'))).toBe(shared);
    expect(SharedResources.of(other)).not.toBe(shared);
  });

  test('know two texts for one thing', () => {
    const shared = SharedResources.of(new TerraformStack(testApp(), 'test'));
    shared.alias('${data.a.id}', 'lkc-1');
    expect(['${data.a.id}', 'lkc-1', 'other'].map((text) => shared.nameOf(text))).toEqual(['lkc-1', 'lkc-1', 'other']);
  });
});

describe('a resource that nobody else needs', () => {
  test('keeps its own address, which it gets back from the common one', () => {
    let membership: Membership;
    const stack = stackOf((scope) => ([membership] = joined(scope, ['a'], true)));
    expect([membership!.logicalId, membership!.isMadeByAnother]).toEqual([undefined, false]);
    expect(blocksOf(stack)).toMatchObject({ moved: [[at(SHARED), at('a')]], removed: [] });
  });

  test('that a variable decides on moves through the indexed addresses', () => {
    const stack = stackOf((scope) => {
      const topic = new Topic(scope, 'a');
      topic.count = TerraformCount.of(1);
      noteMove(topic, ['old']);
      SharedResources.of(scope).join('read orders', topic, () => at('a'), true);
    });
    expect(blocksOf(stack).moved).toEqual([
      [at('old'), at('a')],
      [at('a'), `${at(SHARED)}[0]`],
      [`${at(SHARED)}[0]`, `${at('a')}[0]`],
    ]);
  });

  test('moves from where it stood before too', () => {
    const stack = stackOf((scope) => {
      joined(scope, ['a'], false);
      noteMove(scope.node.findChild('a'), ['old']);
    });
    expect(blocksOf(stack).moved).toEqual([
      [at('old'), at(SHARED)],
      [at(SHARED), at('a')],
    ]);
  });
});

describe('what several need', () => {
  test('is made by the first of them, under one id that tells what it is', () => {
    stackOf((scope) => {
      const members = joined(scope, ['a', 'b', 'c'], false);
      expect(members.map(({ logicalId }) => logicalId)).toEqual(Array(3).fill(SHARED));
      expect(members.map(({ isMadeByAnother }) => isMadeByAnother)).toEqual([false, true, true]);
      const others = joined(scope, ['d', 'e'], false, 'read  orders');
      expect(others[0].logicalId).toMatch(/^shared-read-orders-(?!f6c63306)[0-9a-f]{8}$/);
      const long = joined(scope, ['f', 'g'], false, 'x'.repeat(81));
      expect(long[0].logicalId).toMatch(/^shared-x{80}-[0-9a-f]{8}$/);
    });
  });

  test('that the cloud takes once moves from any of them to the common address', () => {
    const stack = stackOf((scope) => {
      joined(scope, ['a', 'b', 'c'], false);
      noteMove(scope.node.findChild('b'), ['old']);
    });
    expect(blocksOf(stack)).toMatchObject({
      moved: [
        [at('c'), at('old')],
        [at('old'), at('b')],
        [at('b'), at('a')],
        [at('a'), at(SHARED)],
      ],
      removed: [],
    });
  });

  test('moves likewise where a variable decides on the first', () => {
    const stack = stackOf((scope) => {
      joined(scope, ['a', 'b'], false);
      (scope.node.findChild('a') as Topic).count = TerraformCount.of(1);
    });
    expect(blocksOf(stack).moved).toEqual([
      [at('b'), at('a')],
      [at('a'), at(SHARED)],
    ]);
  });

  test('that the cloud takes again moves from the first, and is forgotten where the others had made it', () => {
    const stack = stackOf((scope) => {
      joined(scope, ['a', 'b', 'c'], true);
    });
    expect(blocksOf(stack)).toMatchObject({
      moved: [[at('a'), at(SHARED)]],
      removed: [
        { from: at('b'), lifecycle: { destroy: false } },
        { from: at('c'), lifecycle: { destroy: false } },
      ],
    });
  });
});

test('shared is what has joined', () => {
  stackOf((scope) => {
    joined(scope, ['a'], true);
    const other = new Topic(scope, 'b');
    expect([scope.node.findChild('a'), other].map(isShared)).toEqual([true, false]);
    expect(addressOf(other)).toBe(at('b'));
  });
});
