import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { DeletionGuard } from '../../lib/state/deletion-guard';
import { hclOf, stackOf, synthesize, testApp } from '../support/synth';
import { blocksOf, GUARD, Topic } from './support';

const PROTECTED = `terraform_data.${GUARD}`;
const of = (block: string, id: string) => `${block}["confluent_kafka_topic.${id}"]`;

describe('DeletionGuard', () => {
  test('is one for a stack', () => {
    const app = testApp();
    const [stack, other] = ['a', 'b'].map((id) => new TerraformStack(app, id));
    const guard = DeletionGuard.of(stack);
    expect(DeletionGuard.of(new Construct(stack, 'Below'))).toBe(guard);
    expect(DeletionGuard.of(other)).not.toBe(guard);
  });

  test('holds the address of each protected resource in a block that may not be destroyed', () => {
    const stack = stackOf((scope) => {
      const guard = DeletionGuard.of(scope);
      const first = new Topic(scope, 'first');
      guard.protect(first);
      guard.protect(new Topic(scope, 'second'));
      guard.protect(first);
      new Topic(scope, 'free');
      // Read at synth, whatever was said before.
      first.overrideLogicalId('renamed');
    });
    expect(blocksOf(stack)).toEqual({
      guarded: ['confluent_kafka_topic.renamed', 'confluent_kafka_topic.second'],
      moved: [],
      removed: [],
    });
    expect(synthesize(stack).resource.terraform_data[GUARD].lifecycle).toEqual({ prevent_destroy: true });
    expect(blocksOf(stack).guarded).toHaveLength(2);
  });

  test('stays where nothing is protected any more, for what vanished must be refused', () => {
    expect(blocksOf(stackOf((scope) => void DeletionGuard.of(scope))).guarded).toEqual([]);
  });

  test('is left out of a stack that never protected anything, until it does', () => {
    const topic = (protect: boolean) =>
      stackOf((scope) => {
        const guard = DeletionGuard.of(scope);
        guard.leaveOutWhileEmpty();
        const orders = new Topic(scope, 'orders');
        guard.release(new Topic(scope, 'released'));
        if (protect) {
          guard.protect(orders);
        }
      });
    expect(blocksOf(topic(false))).toEqual({ guarded: undefined, moved: [], removed: [] });
    expect(blocksOf(topic(true))).toMatchObject({
      guarded: ['confluent_kafka_topic.orders'],
      moved: [[{}, {}]].map(() => [
        of(PROTECTED, 'released'),
        of('terraform_data.deletion_protection_released', 'released'),
      ]),
    });
    expect(hclOf(topic(false))).not.toContain(GUARD);
    expect(hclOf(topic(true))).toContain(`resource "terraform_data" "${GUARD}"`);
    expect(hclOf(topic(true))).toContain('toset(["confluent_kafka_topic.orders"])');
  });

  test('forgets what is released, without a refusal and without destroying it', () => {
    const released = 'terraform_data.deletion_protection_released';
    const stack = stackOf((scope) => {
      const guard = DeletionGuard.of(scope);
      guard.release(new Topic(scope, 'a'));
      guard.release(new Topic(scope, 'b'));
    });
    expect(blocksOf(stack)).toEqual({
      guarded: [],
      moved: [
        [of(PROTECTED, 'a'), of(released, 'a')],
        [of(PROTECTED, 'b'), of(released, 'b')],
      ],
      removed: [{ from: released, lifecycle: { destroy: false } }],
    });
  });

  test('moves with what it guards or has released, and with nothing else', () => {
    stackOf((scope) => {
      const guard = DeletionGuard.of(scope);
      const [kept, gone, free] = ['kept', 'gone', 'free'].map((id) => new Topic(scope, id));
      guard.protect(kept);
      guard.release(gone);
      const moves = (topic: Topic) => guard.movesOf(topic, 'confluent_kafka_topic.old');
      expect(moves(kept)).toEqual([{ from: of(PROTECTED, 'old'), to: of(PROTECTED, 'kept') }]);
      expect(moves(gone)).toEqual([{ from: of(PROTECTED, 'old'), to: of(PROTECTED, 'gone') }]);
      expect(moves(free)).toEqual([]);
    });
  });
});
