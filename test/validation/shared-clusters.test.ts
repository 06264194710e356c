import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { type Construct } from 'constructs';
import {
  AclSync,
  BidirectionalClusterLink,
  type BidirectionalClusterLinkProps,
  BidirectionalSchemaLink,
  type BidirectionalSchemaLinkProps,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  ExportContext,
  GroupFilter,
  OffsetSync,
  TopicPattern,
} from '../../lib';
import { complaintsOf, stackOf, synthesize } from '../support/synth';

/** Each stack needs one. */
function addProvider(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (!stack.node.tryFindChild('Confluent')) {
    new ConfluentCloudProvider(stack, 'Confluent');
  }
}

/** A pair of the clusters, each in the environment that bears its name. */
function pairOf(scope: Construct, id: string, primary: string, secondary: string): ConfluentClusterPair {
  addProvider(scope);
  const member = (name: string) => ({
    environmentId: `env-${name}`,
    cluster: ClusterSource.existing(`lkc-${name}`),
  });
  return new ConfluentClusterPair(scope, id, {
    serviceAccountId: 'sa-abc123',
    primary: member(primary),
    secondary: member(secondary),
    linkTopics: [TopicPattern.literal(id)],
  });
}

const own = (name: string) => OffsetSync.ofGroups([GroupFilter.prefixed(name)]);
const linkOf = (pair: ConfluentClusterPair, props: Partial<BidirectionalClusterLinkProps> = {}) =>
  new BidirectionalClusterLink(pair, 'Link', { pair, linkName: pair.node.id, offsetSync: own(pair.node.id), ...props });

/** Two links, of a pair of a and b and of one of other clusters, in one stack. */
function twoLinks(
  clusters: [string, string],
  first: Partial<BidirectionalClusterLinkProps>,
  second: Partial<BidirectionalClusterLinkProps> = first,
) {
  return stackOf((scope) => {
    linkOf(pairOf(scope, 'one', 'a', 'b'), first);
    linkOf(pairOf(scope, 'two', ...clusters), second);
  });
}

const SHARING: [string, [string, string]][] = [
  ['primary', ['a', 'c']],
  ['secondary', ['c', 'b']],
  ['primary that is the secondary of the other', ['b', 'c']],
];

describe('links of two pairs that share a cluster', () => {
  test.each(SHARING)('may not have one name: a %s', (_what, clusters) => {
    expect(complaintsOf(twoLinks(clusters, { linkName: 'dr' }))).toContain(
      "[test/two/Link] linkName: received 'dr', allowed: a name that no other link of its clusters has; test/one/Link has this one",
    );
  });

  test('may have one where they share none', () => {
    expect(complaintsOf(twoLinks(['c', 'd'], { linkName: 'dr' }))).toBeUndefined();
  });

  test('are told across stacks', () => {
    const second = (first: TerraformStack) => new TerraformStack(first.node.root, 'second');
    const stack = stackOf((scope) => {
      linkOf(pairOf(scope, 'one', 'a', 'b'), { linkName: 'dr' });
      linkOf(pairOf(second(scope as TerraformStack), 'two', 'a', 'c'), { linkName: 'dr' });
    });
    expect(complaintsOf(stack)).toContain('second/two/Link has this one');
  });

  test('are told where a variable of the stack names the cluster and the link, and not where it is of another stack', () => {
    const named = (scope: Construct) => {
      addProvider(scope);
      const cluster = new TerraformVariable(scope, 'cluster', { type: 'string' }).stringValue;
      return (id: string, other: string) => {
        const pair = new ConfluentClusterPair(scope, id, {
          serviceAccountId: 'sa-abc123',
          primary: { environmentId: 'env-a', cluster: ClusterSource.existing(cluster) },
          secondary: { environmentId: `env-${other}`, cluster: ClusterSource.existing(`lkc-${other}`) },
        });
        linkOf(pair, { linkName: 'dr' });
      };
    };
    const inOneStack = stackOf((scope) => {
      const link = named(scope);
      link('one', 'b');
      link('two', 'c');
    });
    expect(complaintsOf(inOneStack)).toContain('test/one/Link has this one');
    const inTwo = stackOf((scope) => {
      named(scope)('one', 'b');
      named(new TerraformStack(scope.node.root, 'second'))('two', 'c');
    });
    expect(complaintsOf(inTwo)).toBeUndefined();
  });

  test('are told where one pair adopts what another one creates', () => {
    const stack = stackOf((scope) => {
      const created = new ConfluentClusterPair(scope, 'one', {
        serviceAccountId: 'sa-abc123',
        primary: { environmentId: 'env-a', cluster: ClusterSource.dedicated({ region: 'westeurope' }) },
        secondary: { environmentId: 'env-b', cluster: ClusterSource.existing('lkc-b') },
      });
      linkOf(created, { linkName: 'dr' });
      const adopting = new ConfluentClusterPair(scope, 'two', {
        serviceAccountId: 'sa-abc123',
        primary: { environmentId: 'env-a', cluster: ClusterSource.existing(created.primary.clusterId) },
        secondary: { environmentId: 'env-c', cluster: ClusterSource.existing('lkc-c') },
      });
      linkOf(adopting, { linkName: 'dr' });
    });
    expect(complaintsOf(stack)).toContain('[test/two/Link] linkName: received');
  });
});

describe('topics of two pairs that share a cluster', () => {
  const withTopics = (
    clusters: [string, string],
    first: (link: BidirectionalClusterLink) => void,
    second: (link: BidirectionalClusterLink) => void,
  ) =>
    complaintsOf(
      stackOf((scope) => {
        first(linkOf(pairOf(scope, 'one', 'a', 'b')));
        second(linkOf(pairOf(scope, 'two', ...clusters)));
      }),
    );
  const creates = (name: string) => (link: BidirectionalClusterLink) => link.mirrorTopic(name);
  const mirrors = (name: string) => (link: BidirectionalClusterLink) => link.mirrorExistingTopic(name);

  test.each<
    [string, [string, string], (link: BidirectionalClusterLink) => void, (link: BidirectionalClusterLink) => void]
  >([
    ['created twice on the primary of both', ['a', 'c'], creates('orders'), creates('orders')],
    ['mirrored twice to the secondary of both', ['c', 'b'], mirrors('orders'), mirrors('orders')],
    ['created where the other one mirrors to', ['b', 'c'], creates('orders'), creates('orders')],
    ['named so that Kafka holds them to be one', ['c', 'b'], creates('orders.new'), creates('orders_new')],
  ])('are refused: %s', (_what, clusters, first, second) => {
    expect(withTopics(clusters, first, second)).toMatch(
      /\[test\/two\/Link] topic 'orders([._]new)?': received 'orders([._]new)? over test\/one\/Link, on the (primary|secondary) too'/,
    );
  });

  test.each<
    [string, [string, string], (link: BidirectionalClusterLink) => void, (link: BidirectionalClusterLink) => void]
  >([
    ['mirrored from one cluster to two', ['a', 'c'], creates('orders'), mirrors('orders')],
    ['of other names', ['a', 'c'], creates('orders'), creates('bills')],
    ['on other clusters', ['c', 'd'], creates('orders'), creates('orders')],
    ['forgotten by one of them', ['a', 'c'], (link) => link.forgetTopic('orders'), creates('orders')],
  ])('are let through: %s', (_what, clusters, first, second) => {
    expect(withTopics(clusters, first, second)).toBeUndefined();
  });
});

describe('ACL sync beside another pair', () => {
  const granted = (clusters: [string, string], sync: AclSync) =>
    complaintsOf(
      stackOf((scope) => {
        linkOf(pairOf(scope, 'one', 'a', 'b'), { aclSync: sync });
        pairOf(scope, 'two', ...clusters).grantProduce('User:sa-shop', TopicPattern.literal('orders'));
      }),
    );

  test.each<[string, [string, string]]>([
    ['as its secondary', ['c', 'b']],
    ['as its primary', ['b', 'c']],
  ])('is refused where it would delete what that grants on the same cluster, %s', (_what, clusters) => {
    expect(granted(clusters, AclSync.ofClientPermissions())).toContain(
      '[test/one/Link] aclSync.filters[2]: received {"resourceType":"topic","operation":"write"}, allowed: filters that ' +
        'leave out the ACLs which test/two makes; this one takes in WRITE on TOPIC orders for User:sa-shop',
    );
  });

  test('is let through where that grants elsewhere, or to others', () => {
    expect(granted(['a', 'c'], AclSync.ofClientPermissions())).toBeUndefined();
    expect(granted(['c', 'b'], AclSync.ofPrincipals(['User:sa-other']))).toBeUndefined();
  });

  const of = (...principals: string[]) => ({ aclSync: AclSync.ofPrincipals(principals.map((name) => `User:${name}`)) });
  test.each<[string, [string, string]]>([
    ['into one cluster', ['c', 'b']],
    ['in a circle', ['b', 'a']],
  ])('is refused where two take in the same %s', (_what, clusters) => {
    expect(complaintsOf(twoLinks(clusters, of('sa-1', 'sa-2'), of('sa-2')))).toContain(
      '[test/one/Link] aclSync: received {"principal":"User:sa-2"}, allowed: filters that leave out what test/two/Link syncs',
    );
    expect(complaintsOf(twoLinks(clusters, of('sa-1'), of('sa-2')))).toBeUndefined();
  });

  test('is let through out of one cluster into two, and along a chain', () => {
    expect(complaintsOf(twoLinks(['a', 'c'], of('sa-1')))).toBeUndefined();
    expect(complaintsOf(twoLinks(['b', 'c'], of('sa-1')))).toBeUndefined();
  });
});

describe('offsets that come into one cluster from two', () => {
  const warningsOf = (first: OffsetSync, second: OffsetSync, clusters: [string, string] = ['c', 'b']) => {
    const stack = twoLinks(clusters, { offsetSync: first }, { offsetSync: second });
    Testing.synth(stack, true);
    return stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => String(data)))
      .filter((warning) => warning.startsWith('Offsets of the groups'));
  };
  const all = () => GroupFilter.all();
  const literal = (name: string) => GroupFilter.literal(name);
  const prefixed = (name: string) => GroupFilter.prefixed(name);

  test.each<[string, GroupFilter[], GroupFilter[], string]>([
    ['all and all', [all()], [all()], '*'],
    ['all and one', [all()], [literal('billing')], 'billing'],
    ['a beginning and a longer one', [prefixed('bill')], [prefixed('billing')], 'billing*'],
    ['a beginning and a name', [literal('billing')], [prefixed('bill')], 'billing'],
    ['a second filter', [literal('a'), literal('b')], [literal('b')], 'b'],
  ])('get a warning: %s', (_what, first, second, groups) => {
    const warnings = warningsOf(OffsetSync.ofGroups(first), OffsetSync.ofGroups(second));
    expect(warnings).toEqual([
      expect.stringContaining(`Offsets of the groups ${groups} come into a cluster by this link and by test/two/Link`),
      expect.stringContaining(`Offsets of the groups ${groups} come into a cluster by this link and by test/one/Link`),
    ]);
  });

  test.each<[string, OffsetSync, OffsetSync]>([
    ['other names', OffsetSync.ofGroups([literal('a')]), OffsetSync.ofGroups([literal('b')])],
    ['other beginnings', OffsetSync.ofGroups([prefixed('a')]), OffsetSync.ofGroups([prefixed('b')])],
    [
      'what one leaves out',
      OffsetSync.ofGroups([all(), prefixed('b').excluded()]),
      OffsetSync.ofGroups([prefixed('b')]),
    ],
    ['a sync that is off', OffsetSync.ofGroups([all()], { enabled: false }), OffsetSync.ofGroups([all()])],
    ['none', OffsetSync.none(), OffsetSync.ofGroups([all()])],
  ])('get none: %s', (_what, first, second) => {
    expect(warningsOf(first, second)).toEqual([]);
  });

  test('get none where no cluster is shared', () => {
    expect(warningsOf(OffsetSync.ofGroups([all()]), OffsetSync.ofGroups([all()]), ['c', 'd'])).toEqual([]);
  });
});

describe('exporters of two pairs that share a registry', () => {
  const exporters = (
    clusters: [string, string],
    first: Partial<BidirectionalSchemaLinkProps>,
    second: Partial<BidirectionalSchemaLinkProps>,
  ) =>
    complaintsOf(
      stackOf((scope) => {
        const schemas = (pair: ConfluentClusterPair, props: Partial<BidirectionalSchemaLinkProps>) =>
          new BidirectionalSchemaLink(pair, 'Schemas', { pair, ...props });
        schemas(pairOf(scope, 'one', 'a', 'b'), first);
        schemas(pairOf(scope, 'two', ...clusters), second);
      }),
    );
  const named = (there: string, back: string): Partial<BidirectionalSchemaLinkProps> => ({
    primaryToSecondary: { exporterName: there, context: ExportContext.custom(`${there}-context`) },
    secondaryToPrimary: { exporterName: back, context: ExportContext.custom(`${back}-context`) },
  });

  test.each<[string, [string, string], string]>([
    ['of both primaries', ['a', 'c'], "primaryToSecondary.exporterName: received 'primary-exporter'"],
    ['of both secondaries', ['c', 'b'], "secondaryToPrimary.exporterName: received 'secondary-exporter'"],
  ])('may not have one name: %s', (_what, clusters, complaint) => {
    expect(exporters(clusters, {}, {})).toContain(
      `[test/two/Schemas] ${complaint}, allowed: a name that no other exporter of the registry has; test/one/Schemas has this one`,
    );
  });

  test('may not have one name, a primary and a secondary', () => {
    expect(exporters(['b', 'c'], named('x', 'y'), named('y', 'z'))).toContain(
      "[test/two/Schemas] primaryToSecondary.exporterName: received 'y'",
    );
  });

  test('may not put two registries into one context', () => {
    expect(
      exporters(
        ['c', 'b'],
        {},
        {
          ...named('x', 'y'),
          primaryToSecondary: { exporterName: 'x', context: ExportContext.custom('primary-context') },
        },
      ),
    ).toContain(
      "[test/two/Schemas] primaryToSecondary.context: received 'primary-context', allowed: a context that nothing else is exported to",
    );
  });

  test('are let through with names and contexts of their own, and where nothing is shared', () => {
    expect(exporters(['c', 'b'], {}, named('x', 'y'))).toBeUndefined();
    expect(exporters(['c', 'd'], {}, {})).toBeUndefined();
  });
});

test('what two pairs of a shared cluster have for themselves is synthesized', () => {
  const { resource } = synthesize(twoLinks(['a', 'c'], {}));
  expect(Object.keys(resource.confluent_cluster_link)).toHaveLength(4);
});
