import { DataTerraformRemoteStateLocal, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { addressedBelow, addressOf, claimants, logicalIdAt, noteMove, oldAddressOf } from '../../lib/state/address';
import { ForgottenResource } from '../../lib/state/state-blocks';
import { stackOf, synthesize, testApp } from '../support/synth';
import { Topic } from './support';

const newStack = () => new TerraformStack(testApp(), 'test');

test('the address of a resource has its type and its logical id', () => {
  const stack = newStack();
  expect(addressOf(new Topic(stack, 'orders'))).toBe('confluent_kafka_topic.orders');
  expect(addressOf(new Topic(new Construct(stack, 'Link'), 'orders'))).toMatch(
    /^confluent_kafka_topic\.Link_orders_[0-9A-F]{8}$/,
  );
});

test('addressed are resources and what stands for forgotten ones, and nothing else', () => {
  const stack = newStack();
  const around = new Construct(stack, 'Link');
  const topic = new Topic(around, 'orders');
  const forgotten = new ForgottenResource(topic, 'old', 'confluent_kafka_topic');
  new Topic(stack, 'outside');
  new TerraformOutput(around, 'output', { value: 'a' });
  new DataTerraformRemoteStateLocal(around, 'data', {});
  expect(addressedBelow(around)).toEqual([topic, forgotten]);
  expect(addressedBelow(topic)).toEqual([topic, forgotten]);
  expect(addressedBelow(new Construct(stack, 'Empty'))).toEqual([]);
  // Another copy of the package knows it too.
  expect(Symbol.for('cdktf-confluent-dr.ForgottenResource') in forgotten).toBe(true);
});

test('a forgotten resource is a removed block', () => {
  const stack = stackOf((scope) => {
    new ForgottenResource(scope, 'orders', 'confluent_kafka_topic');
  });
  expect(synthesize(stack)).toMatchObject({
    removed: [{ from: 'confluent_kafka_topic.orders', lifecycle: { destroy: false } }],
  });
});

describe('the logical id at a path', () => {
  test('is that of what stands there', () => {
    const stack = newStack();
    const topic = new Topic(new Construct(stack, 'Link'), 'orders');
    topic.overrideLogicalId('kept');
    expect(logicalIdAt(stack, ['Link', 'orders'])).toBe('kept');
  });

  test('is the one that a construct there would have, and leaves none behind', () => {
    const path = ['Shop', 'Link', 'orders'];
    const stack = newStack();
    const id = logicalIdAt(stack, path);
    expect(stack.node.tryFindChild('Shop')).toBeUndefined();
    expect(addressOf(new Topic(new Construct(new Construct(stack, 'Shop'), 'Link'), 'orders'))).toBe(
      `confluent_kafka_topic.${id}`,
    );
    // Whatever of the path stands already stays, and what does not is taken away again.
    const other = newStack();
    const shop = new Construct(other, 'Shop');
    expect(logicalIdAt(other, path)).toBe(id);
    expect(other.node.tryFindChild('Shop')).toBe(shop);
    expect(shop.node.children).toEqual([]);
  });
});

describe('the old address', () => {
  test('is none where nothing was moved', () => {
    expect(oldAddressOf(new Topic(newStack(), 'orders'))).toBeUndefined();
  });

  test('is that of the old path, with what is below it', () => {
    const stack = newStack();
    const link = new Construct(stack, 'NewLink');
    const topic = new Topic(new Construct(link, 'Topics'), 'orders');
    noteMove(link, ['Shop', 'Link']);
    expect(oldAddressOf(topic)).toBe(
      `confluent_kafka_topic.${logicalIdAt(stack, ['Shop', 'Link', 'Topics', 'orders'])}`,
    );
    noteMove(topic, ['Old']);
    expect(oldAddressOf(topic)).toBe('confluent_kafka_topic.Old');
  });
});

test('claimants say the same old path in the same stack', () => {
  const stack = newStack();
  const [one, two, three, still] = ['One', 'Two', 'Three', 'Still'].map((id) => new Construct(stack, id));
  noteMove(one, ['Shop', 'Link']);
  noteMove(two, ['Shop', 'Link']);
  noteMove(three, ['ShopLink']);
  noteMove(new Construct(newStack(), 'Elsewhere'), ['Shop', 'Link']);
  expect(claimants(one)).toEqual([two]);
  expect(claimants(two)).toEqual([one]);
  expect(claimants(three)).toEqual([]);
  expect(claimants(still)).toEqual([]);
});
