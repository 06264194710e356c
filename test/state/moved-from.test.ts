import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { logicalIdAt } from '../../lib/state/address';
import { DeletionGuard } from '../../lib/state/deletion-guard';
import { keepState } from '../../lib/state/moved-from';
import { SharedResources } from '../../lib/state/shared-resources';
import { complaintsOf, stackOf } from '../support/synth';
import { blocksOf, GUARD, Topic } from './support';

/** A construct of the stack with a topic in it. */
function linkAt(scope: Construct, id: string, movedFrom?: string): Construct {
  const link = new Construct(scope, id);
  new Topic(link, 'orders');
  keepState(link, movedFrom);
  return link;
}

const address = (scope: Construct, path: string) =>
  `confluent_kafka_topic.${logicalIdAt(scope as never, path.split('/'))}`;

describe('keepState', () => {
  test('without an old path does nothing', () => {
    const stack = stackOf((scope) => linkAt(scope, 'Link'));
    expect(blocksOf(stack)).toEqual({ moved: [], removed: [], guarded: undefined });
  });

  test.each(['Old', 'Shop/Old'])('moves what was made at %s', (movedFrom) => {
    const stack = stackOf((scope) => {
      const link = linkAt(scope, 'Link', movedFrom);
      new Topic(link, 'payments');
    });
    expect(blocksOf(stack).moved).toEqual(
      ['orders', 'payments'].map((topic) => [address(stack, `${movedFrom}/${topic}`), address(stack, `Link/${topic}`)]),
    );
  });

  test('moves the guard of what is protected with it, and leaves what is shared to the others', () => {
    const stack = stackOf((scope) => {
      const link = linkAt(scope, 'Link', 'Old');
      const shared = new Topic(link, 'shared');
      SharedResources.of(scope).join('it', shared, () => 'confluent_kafka_topic.own', false);
      DeletionGuard.of(scope).protect(link.node.findChild('orders') as Topic);
    });
    const [from, to] = ['Old/orders', 'Link/orders'].map((path) => address(stack, path));
    const guard = (key: string) => `terraform_data.${GUARD}["${key}"]`;
    const { moved } = blocksOf(stack);
    expect(moved.filter(([source]) => source.includes(from))).toEqual([
      [from, to],
      [guard(from), guard(to)],
    ]);
    expect(moved.filter(([, target]) => target === 'confluent_kafka_topic.own')).toHaveLength(1);
    expect(moved).toHaveLength(4);
  });
});

describe('keepState refuses', () => {
  const PATH = {
    form: "allowed: a path of construct ids in the stack, such as Link or Shop/Link. It is the construct's old node.path without the stack's own id.",
    own: 'allowed: another path than the one where the construct stands now. Give the path that it had before, or leave this out: it has not moved.',
    standing:
      'allowed: a path where the construct stood and nothing of its kind stands now. Take what stands there out of the code or give it another id, or leave this out.',
  };
  const complaints = (build: (scope: Construct) => void) =>
    complaintsOf(stackOf(build))
      ?.split('\n')
      .filter((line) => line.startsWith('  ['));

  test.each<[unknown, string]>([
    ['', "''"],
    ['/Link', "'/Link'"],
    ['Link/', "'Link/'"],
    ['Shop//Link', "'Shop//Link'"],
    [7, '7'],
    [null, 'null'],
    [['Link'], '["Link"]'],
  ])('%j, which is no path', (movedFrom, shown) => {
    expect(complaints((scope) => linkAt(scope, 'It', movedFrom as string))).toEqual([
      `  [test/It] movedFrom: received ${shown}, ${PATH.form}`,
    ]);
  });

  test('an expression, which it does not print', () => {
    const said = complaints((scope) => {
      linkAt(scope, 'It', new TerraformVariable(scope, 'path', { type: 'string' }).stringValue);
    });
    expect(said).toEqual([`  [test/It] movedFrom: received 'a Terraform expression', ${PATH.form}`]);
  });

  test('the path where it stands', () => {
    expect(complaints((scope) => linkAt(scope, 'It', 'It'))).toEqual([
      `  [test/It] movedFrom: received 'It', ${PATH.own}`,
    ]);
  });

  test("a path with the stack's own id", () => {
    expect(complaints((scope) => linkAt(scope, 'It', 'test/Shop/Old'))).toEqual([
      "  [test/It] movedFrom: received 'test/Shop/Old', allowed: a path in the stack, without the stack's own id. Write Shop/Old.",
    ]);
    // A construct may be called as its stack is.
    expect(complaints((scope) => linkAt(scope, 'It', 'test'))).toBeUndefined();
  });

  test('a path that two say', () => {
    expect(
      complaints((scope) => {
        linkAt(scope, 'One', 'Old');
        linkAt(scope, 'Two', 'Old');
        linkAt(scope, 'Three', 'Old');
      }),
    ).toEqual(
      [
        ['One', 'test/Two, test/Three'],
        ['Two', 'test/One, test/Three'],
        ['Three', 'test/One, test/Two'],
      ].map(
        ([id, others]) =>
          `  [test/${id}] movedFrom: received 'Old', allowed: a path that one construct has left; ${others} says the same. ` +
          'Leave it to the one that is to keep what was made there.',
      ),
    );
  });

  test('a path where something of its kind stands', () => {
    expect(
      complaints((scope) => {
        linkAt(scope, 'Old');
        linkAt(scope, 'It', 'Old');
      }),
    ).toEqual([`  [test/It] movedFrom: received 'Old', ${PATH.standing}`]);
    // One of several is enough.
    expect(
      complaints((scope) => {
        linkAt(scope, 'Old');
        new Topic(linkAt(scope, 'It', 'Old'), 'payments');
      }),
    ).toEqual([`  [test/It] movedFrom: received 'Old', ${PATH.standing}`]);
    // Something else may stand there.
    expect(
      complaints((scope) => {
        new Topic(new Construct(scope, 'Old'), 'other');
        linkAt(scope, 'It', 'Old');
      }),
    ).toBeUndefined();
  });
});
