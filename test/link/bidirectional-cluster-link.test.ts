import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  AclOperation,
  AclResourceType,
  AclSync,
  BidirectionalClusterLink,
  type BidirectionalClusterLinkProps,
  ClusterSource,
  ConfluentCloudProvider,
  type ConfluentClusterPair,
  type ConfluentClusterPairProps,
  GroupFilter,
  LinkConnection,
  OffsetSync,
  TopicPattern,
} from '../../lib';
import { addPair } from '../support/fixtures';
import { type Attributes, complaintsOf, hclOf, stackOf, synthesize } from '../support/synth';

type Use = (link: BidirectionalClusterLink, pair: ConfluentClusterPair) => void;

const linkWith = (props: Partial<BidirectionalClusterLinkProps> = {}, use: Use = () => undefined) =>
  stackOf((scope) => {
    const pair = addPair(scope);
    use(new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr', ...props }), pair);
  });
const resourcesOf = (props?: Partial<BidirectionalClusterLinkProps>, use?: Use) =>
  synthesize(linkWith(props, use)).resource;
const named = (all: Record<string, Attributes>, part: string) =>
  Object.entries(all).find(([name]) => name.includes(part))!;
const linksOf = (props: Partial<BidirectionalClusterLinkProps>) => {
  const all = resourcesOf(props).confluent_cluster_link;
  return { onSecondary: named(all, 'OnSecondary')[1], onPrimary: named(all, 'OnPrimary')[1] };
};

describe('BidirectionalClusterLink', () => {
  test('links both ways, one after the other', () => {
    const all = resourcesOf().confluent_cluster_link;
    const [secondName, onSecondary] = named(all, 'OnSecondary');
    const [, onPrimary] = named(all, 'OnPrimary');
    expect(onSecondary).toMatchObject({ link_mode: 'BIDIRECTIONAL', link_name: 'orders-dr' });
    expect(onPrimary).toMatchObject({ link_mode: 'BIDIRECTIONAL', link_name: 'orders-dr' });
    expect(onPrimary.depends_on).toEqual([`confluent_cluster_link.${secondName}`]);
  });

  test('gives each block one endpoint and both sides their credentials', () => {
    for (const link of Object.values(linksOf({}))) {
      expect(Object.keys(link.local_kafka_cluster as object).sort()).toEqual(['credentials', 'id', 'rest_endpoint']);
      expect(Object.keys(link.remote_kafka_cluster as object).sort()).toEqual([
        'bootstrap_endpoint',
        'credentials',
        'id',
      ]);
    }
  });

  describe('with one member that cannot be reached', () => {
    const ends = (link: Attributes) => ({
      mode: link.connection_mode,
      remote: Object.keys(link.remote_kafka_cluster as object).sort(),
    });
    const waiting = { mode: 'INBOUND', remote: ['bootstrap_endpoint', 'id'] };
    const connecting = { mode: undefined, remote: ['bootstrap_endpoint', 'credentials', 'id'] };

    test.each([
      ['primary', LinkConnection.fromPrimary(), 'onSecondary', 'onPrimary'],
      ['secondary', LinkConnection.fromSecondary(), 'onPrimary', 'onSecondary'],
    ] as const)('lets the %s connect, and makes the link that waits first', (_role, connection, inbound, outbound) => {
      const links = linksOf({ connection });
      expect([ends(links[inbound]), ends(links[outbound])]).toEqual([waiting, connecting]);
      expect(links[outbound].local_kafka_cluster).toHaveProperty('credentials');
      expect(links[inbound].depends_on).toHaveLength(8);
      expect(links[outbound].depends_on).toEqual([
        expect.stringMatching(new RegExp(`^confluent_cluster_link[.].*${inbound}`, 'i')),
      ]);
    });

    test('writes no mode where both connect, so that what is there stays', () => {
      for (const link of Object.values(linksOf({ connection: LinkConnection.fromBoth() }))) {
        expect(link).not.toHaveProperty('connection_mode');
      }
    });

    test('is refused where a public member would have to find its way into a private network', () => {
      const privateMember = {
        environmentId: 'env-b',
        cluster: ClusterSource.dedicated({ region: 'northeurope', networkId: 'n-abc123' }),
      };
      const publicMember = { environmentId: 'env-a', cluster: ClusterSource.dedicated({ region: 'westeurope' }) };
      const complaints = (members: Partial<ConfluentClusterPairProps>, connection?: LinkConnection) =>
        complaintsOf(
          stackOf((scope) => {
            const pair = addPair(scope, members);
            new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr', connection });
          }),
        );
      const mixed = { primary: publicMember, secondary: privateMember };
      for (const connection of [undefined, LinkConnection.fromBoth(), LinkConnection.fromPrimary()]) {
        expect(complaints(mixed, connection)).toContain(
          'allowed: LinkConnection.fromSecondary(): the primary is public, and finds no way',
        );
      }
      expect(complaints(mixed, LinkConnection.fromSecondary())).toBeUndefined();
      const turned = { primary: privateMember, secondary: publicMember };
      expect(complaints(turned)).toContain(
        "received 'LinkConnection.fromBoth()', allowed: LinkConnection.fromPrimary()",
      );
      expect(complaints({ primary: privateMember })).toBeUndefined();
      const enterprise = { environmentId: 'env-b', cluster: ClusterSource.enterprise({ region: 'northeurope' }) };
      expect(complaints({ primary: publicMember, secondary: enterprise })).toContain('LinkConnection.fromSecondary()');
      expect(complaints({ primary: privateMember, secondary: enterprise })).toBeUndefined();
    });
  });

  test('comes after the permissions that it needs', () => {
    expect(linksOf({}).onSecondary.depends_on).toHaveLength(8);
  });

  test('carries the offsets of all groups unless told otherwise, and no ACLs', () => {
    const config = linksOf({}).onSecondary.config as Record<string, string>;
    expect(JSON.parse(config['consumer.offset.group.filters'])).toEqual({
      groupFilters: [{ name: '*', patternType: 'LITERAL', filterType: 'INCLUDE' }],
    });
    expect(config['acl.sync.enable']).toBe('false');
    expect(config).not.toHaveProperty(['acl.filters']);
  });

  test('writes filters as jsonencode does: compact, keys sorted', () => {
    const offsetSync = OffsetSync.ofGroups([GroupFilter.prefixed('app-'), GroupFilter.literal('app-test').excluded()]);
    expect(linksOf({ offsetSync }).onPrimary.config).toHaveProperty(
      ['consumer.offset.group.filters'],
      '{"groupFilters":[{"filterType":"INCLUDE","name":"app-","patternType":"PREFIXED"},' +
        '{"filterType":"EXCLUDE","name":"app-test","patternType":"LITERAL"}]}',
    );
  });

  test('keeps the filter of a sync that is turned off, for the provider cannot take a setting away', () => {
    const aclSync = AclSync.ofPrincipals(['User:sa-client'], { enabled: false });
    expect(linksOf({ aclSync }).onSecondary.config).toMatchObject({
      'acl.sync.enable': 'false',
      'acl.filters': expect.stringContaining('User:sa-client') as string,
    });
  });

  test('syncs ACLs one way only, from the primary', () => {
    expect(linksOf({ aclSync: AclSync.ofClientPermissions() }).onPrimary.config).not.toHaveProperty([
      'acl.sync.enable',
    ]);
  });

  test('never touches what a failover or the other side changes', () => {
    const { confluent_kafka_topic, confluent_kafka_mirror_topic } = resourcesOf({}, (link) =>
      link.mirrorTopic('orders'),
    );
    const [topic] = Object.values(confluent_kafka_topic);
    const [mirror] = Object.values(confluent_kafka_mirror_topic);
    expect(topic.lifecycle).toMatchObject({ ignore_changes: ['partitions_count', 'config'] });
    expect(mirror.lifecycle).toMatchObject({ ignore_changes: ['status'] });
    expect(mirror).not.toHaveProperty('status');
    expect(mirror.depends_on).toHaveLength(2);
  });

  test('protects topics and mirrors unless told not to', () => {
    const lifecycles = (deletionProtection?: boolean) => {
      const resources = resourcesOf({ deletionProtection }, (link) => link.mirrorTopic('orders'));
      return [resources.confluent_kafka_topic, resources.confluent_kafka_mirror_topic]
        .flatMap((all) => Object.values(all))
        .map(({ lifecycle }) => (lifecycle as { prevent_destroy?: boolean }).prevent_destroy);
    };
    expect(lifecycles()).toEqual([true, true]);
    expect(lifecycles(false)).toEqual([undefined, undefined]);
  });

  describe('guards what it protects against the loss of its place in the code', () => {
    const guard = 'deletion_protection__renamed_say_movedFrom__given_up_say_forgetTopic';
    const lifecycle = { prevent_destroy: true };
    const guardOf = (use: Use, deletionProtection?: boolean) => {
      const { [guard]: block } = resourcesOf({ deletionProtection }, use).terraform_data;
      const addresses = /^\$\{toset\((.*)\)\}$/.exec(String(block.for_each))![1];
      return { addresses: JSON.parse(addresses) as string[], lifecycle: block.lifecycle };
    };

    test('by its address, as instances of one block of the stack that stays when the last of them goes', () => {
      const use: Use = (link) => {
        link.mirrorTopic('orders');
        link.mirrorExistingTopic('audit');
      };
      const resources = resourcesOf({}, use);
      const addresses = ['confluent_kafka_topic', 'confluent_kafka_mirror_topic'].flatMap((type) =>
        Object.keys(resources[type]).map((name) => `${type}.${name}`),
      );
      const { addresses: guarded, ...rest } = guardOf(use);
      expect(guarded.sort()).toEqual(addresses.sort());
      expect(rest).toEqual({ lifecycle });
      expect(guardOf(() => undefined)).toEqual({ addresses: [], lifecycle });
    });

    test('in the stack of a pair without a link, and of a provider without a pair', () => {
      for (const build of [addPair, (scope: Construct) => new ConfluentCloudProvider(scope, 'Confluent')]) {
        expect(synthesize(stackOf((scope) => build(scope))).resource.terraform_data).toMatchObject({
          [guard]: { lifecycle },
        });
      }
    });

    test('not where protection is off, or turned off: what was guarded is let go', () => {
      const use: Use = (link) => link.mirrorExistingTopic('audit');
      expect(guardOf(use, false).addresses).toEqual([]);
      const { moved, removed, resource } = synthesize(linkWith({ deletionProtection: false }, use));
      const address = `confluent_kafka_mirror_topic.${Object.keys(resource.confluent_kafka_mirror_topic)[0]}`;
      expect(moved).toContainEqual({
        from: `terraform_data.${guard}["${address}"]`,
        to: `terraform_data.deletion_protection_released["${address}"]`,
      });
      expect(removed).toContainEqual({
        from: 'terraform_data.deletion_protection_released',
        lifecycle: { destroy: false },
      });
    });
  });

  describe('that was moved', () => {
    const at = (path: readonly string[], movedFrom?: string) =>
      stackOf((scope) => {
        const pair = addPair(scope);
        const id = path.at(-1)!;
        const place = path.slice(0, -1).reduce((around, part) => new Construct(around, part), scope);
        new BidirectionalClusterLink(place, id, { pair, linkName: 'orders-dr', movedFrom }).mirrorTopic('orders');
      });
    const addresses = (path: readonly string[]) =>
      Object.entries(synthesize(at(path)).resource)
        .filter(([type]) => /_(link|topic)$/.test(type))
        .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
        .sort();

    test.each([
      ['renamed', ['Link'], ['Orders']],
      ['put into another construct', ['Link'], ['Shop', 'Link']],
      ['taken out of one', ['Shop', 'Link'], ['Link']],
      ['put below its own old place', ['Link'], ['Link', 'Orders']],
    ])('%s keeps all that it made and that is guarded', (_, from, to) => {
      const { moved } = synthesize(at(to, from.join('/')));
      const ofResources = moved!.filter((move) =>
        /^confluent_(cluster_link|kafka_(mirror_)?topic)/.test(String(move.from)),
      );
      const inGuard = moved!.filter((move) => String(move.from).startsWith('terraform_data'));
      expect(ofResources.map((move) => move.from).sort()).toEqual(addresses(from));
      expect(ofResources.map((move) => move.to).sort()).toEqual(addresses(to));
      expect(inGuard).toHaveLength(2);
    });

    test.each([
      ['', "movedFrom: received '', allowed: a path of construct ids"],
      ['Shop//Link', "movedFrom: received 'Shop//Link', allowed: a path of construct ids"],
      ['Orders', "movedFrom: received 'Orders', allowed: another path than the one where the construct stands"],
    ])('is refused from %p', (movedFrom, message) => {
      expect(complaintsOf(at(['Orders'], movedFrom))).toContain(`[test/Orders] ${message}`);
    });
  });

  test('mirrors from the secondary where a topic begins there', () => {
    const { confluent_kafka_mirror_topic } = resourcesOf({}, (link, pair) =>
      link.mirrorExistingTopic('audit', pair.secondary),
    );
    const [mirror] = Object.values(confluent_kafka_mirror_topic);
    expect(mirror.kafka_cluster).toMatchObject({ id: expect.stringContaining('Primary') as string });
  });

  test('forgets a topic and its mirror under the addresses that they had', () => {
    const made = resourcesOf({}, (link) => link.mirrorTopic('orders'));
    const forgotten = synthesize(linkWith({}, (link) => link.forgetTopic('orders')));
    const lifecycle = { destroy: false };
    expect(forgotten.resource).not.toHaveProperty('confluent_kafka_topic');
    expect(forgotten.removed!.filter(({ from }) => String(from).startsWith('confluent_'))).toEqual([
      { from: `confluent_kafka_topic.${Object.keys(made.confluent_kafka_topic)[0]}`, lifecycle },
      { from: `confluent_kafka_mirror_topic.${Object.keys(made.confluent_kafka_mirror_topic)[0]}`, lifecycle },
    ]);
  });

  test('takes a topic that only Terraform knows, under an id that stays', () => {
    const addresses = [1, 2].map(() => {
      const { confluent_kafka_topic } = resourcesOf({}, (link) => {
        link.mirrorTopic(new TerraformVariable(link, 'topic', { type: 'string' }).stringValue);
      });
      return Object.keys(confluent_kafka_topic);
    });
    expect(addresses[0]).toEqual(addresses[1]);
    expect(addresses[0]).toHaveLength(1);
  });

  test('forgets a mirror alone', () => {
    const { removed } = synthesize(linkWith({}, (link) => link.forgetMirror('orders')));
    const types = removed!.map(({ from }) => String(from).split('.')[0]);
    expect(types.sort()).toEqual(['confluent_kafka_mirror_topic', 'terraform_data']);
  });

  test('writes filters in the spelling that Terraform compares with, and texts as they are', () => {
    const filters = '{ "topicFilters": [ {"name":"a${b}","patternType":"LITERAL","filterType":"INCLUDE"} ] }';
    const settings = { 'auto.create.mirror.topics.filters': filters, 'mirror.start.offset.spec': 'latest' };
    expect(linksOf({ settings }).onPrimary.config).toMatchObject({
      'auto.create.mirror.topics.filters':
        '{"topicFilters":[{"filterType":"INCLUDE","name":"a$${b}","patternType":"LITERAL"}]}',
      'mirror.start.offset.spec': 'latest',
    });
  });

  test('carries the ACLs that are for everybody', () => {
    const config = linksOf({ aclSync: AclSync.ofPrincipals(['User:*']) }).onSecondary.config as Record<string, string>;
    expect(JSON.parse(config['acl.filters'])).toMatchObject({
      aclFilters: [{ accessFilter: { principal: 'User:*' } }],
    });
  });

  test('as HCL', () => {
    const stack = linkWith({ topicConfigSyncMs: 5000 }, (link) => link.mirrorTopic('orders', { partitions: 12 }));
    const own = hclOf(stack)
      .split(/(?=^resource )/m)
      .filter((block) => /_(link|topic)" "/.test(block));
    expect(own.join('').trimEnd()).toMatchSnapshot();
  });
});

describe('BidirectionalClusterLink refuses', () => {
  const cases: [string, Partial<BidirectionalClusterLinkProps>, string][] = [
    ['a link name with a space', { linkName: 'a b' }, "linkName: received 'a b'"],
    [
      'a setting that the provider does not know',
      { settings: { 'cluster.link.paused': 'true' } },
      "settings['cluster.link.paused']: received 'true', allowed: the settings auto.create.mirror.topics.enable, " +
        'auto.create.mirror.topics.filters, cluster.link.prefix, consumer.group.prefix.enable, ' +
        'mirror.start.offset.spec, topic.config.sync.include. The provider refuses any other',
    ],
    [
      'a setting that is spelt wrong',
      { settings: { mirror_start_offset_spec: 'latest' } },
      "Did you mean 'mirror.start.offset.spec'?",
    ],
    [
      'a sync without its filter',
      { settings: { 'auto.create.mirror.topics.enable': 'true' } },
      "settings['auto.create.mirror.topics.filters']: received nothing, allowed: a filter wherever",
    ],
    ['a prefix', { settings: { 'cluster.link.prefix': 'dr-' } }, "settings['cluster.link.prefix']: received 'dr-'"],
    [
      'an interval that is too short',
      { offsetSync: OffsetSync.ofGroups([GroupFilter.all()], { intervalMs: 10 }) },
      'offsetSync.intervalMs: received 10',
    ],
    [
      'to sync ACLs that the pair makes itself',
      { aclSync: AclSync.ofPrincipals(['User:sa-abc123']) },
      'aclSync.filters[0]: received {"principal":"User:sa-abc123"}, allowed: filters that leave out the ACLs',
    ],
    [
      'to sync every ACL there is',
      { aclSync: AclSync.of([{}]) },
      'aclSync.filters[0]: received {}, allowed: filters that leave out the ACLs which the pair makes; this one takes in',
    ],
    ['no filter to sync by', { aclSync: AclSync.ofPrincipals([]) }, 'aclSync: received nothing, allowed: a filter'],
    ['no link name', { linkName: undefined }, 'linkName: received nothing'],
    [
      'a group without a name',
      { offsetSync: OffsetSync.ofGroups([GroupFilter.literal('')]) },
      "offsetSync.filters[0].name: received ''",
    ],
    [
      'a wildcard in the beginning of a group',
      { offsetSync: OffsetSync.ofGroups([GroupFilter.prefixed('*')]) },
      "offsetSync.filters[0].name: received '*', allowed: the name of a group or its beginning, without a *",
    ],
    [
      'a wildcard in a group',
      { offsetSync: OffsetSync.ofGroups([GroupFilter.literal('billing-*')]) },
      "offsetSync.filters[0].name: received 'billing-*'",
    ],
    [
      'only groups to leave out',
      { offsetSync: OffsetSync.ofGroups([GroupFilter.literal('a').excluded()]) },
      "offsetSync.filters: received 'only groups to leave out'",
    ],
    [
      'an unknown kind of resource in a filter',
      { aclSync: AclSync.of([{ resourceType: 'topic' as unknown as AclResourceType }]) },
      "aclSync.filters[0].resourceType: received 'topic', allowed: an AclResourceType. Write it as in AclResourceType.TOPIC",
    ],
    [
      'an unknown operation in a filter',
      { aclSync: AclSync.of([{ operation: 'read' as unknown as AclOperation }]) },
      "aclSync.filters[0].operation: received 'read', allowed: an AclOperation. Write it as in AclOperation.READ",
    ],
    [
      'a filter of a kind and an operation that takes in an ACL of the pair',
      { aclSync: AclSync.of([{ resourceType: AclResourceType.TOPIC, operation: AclOperation.READ }]) },
      'aclSync.filters[0]: received {"resourceType":"topic","operation":"read"}, allowed: filters that leave out',
    ],
    ['an interval of topic settings that is too short', { topicConfigSyncMs: 1 }, 'topicConfigSyncMs: received 1'],
  ];
  test.each(cases)('%s', (_name, props, message) => {
    const complaints = complaintsOf(linkWith(props));
    expect(complaints).toContain('[test/Link] ');
    expect(complaints).toContain(message);
  });

  test('a filter for every ACL, by whatever door it comes', () => {
    const filter = JSON.stringify({ aclFilters: [{ resourceFilter: {}, accessFilter: {} }] });
    expect(complaintsOf(linkWith({ settings: { 'acl.filters': filter } }))).toContain("settings['acl.filters']");
    const stack = stackOf((scope) => {
      const { stringValue } = new TerraformVariable(scope, 'filters', { type: 'string' });
      const settings = { 'acl.filters': stringValue };
      new BidirectionalClusterLink(scope, 'Link', { pair: addPair(scope), linkName: 'l', settings });
    });
    expect(complaintsOf(stack)).toContain("settings['acl.filters']: received 'a Terraform expression'");
  });

  test('a topic with settings that cannot be chosen', () => {
    const use: Use = (link) => link.mirrorTopic('orders', { config: { cleanup_policy: 'compact' } });
    expect(complaintsOf(linkWith({}, use))).toContain(
      "[test/Link] topic 'orders'.config['cleanup_policy']: received 'compact', allowed: the settings cleanup.policy",
    );
  });

  test('no topic whose settings only Terraform knows', () => {
    const stack = linkWith({}, (link) => {
      const { stringValue } = new TerraformVariable(link, 'retention', { type: 'string' });
      link.mirrorTopic('orders', { config: { 'retention.ms': stringValue } });
    });
    expect(complaintsOf(stack)).toBeUndefined();
  });

  test('a second link of one name, and one topic over two links', () => {
    const complaints = complaintsOf(
      linkWith({}, (link, pair) => {
        link.mirrorTopic('orders');
        const second = new BidirectionalClusterLink(pair.node.scope!, 'Second', { pair, linkName: 'orders-dr' });
        second.mirrorTopic('orders');
        const third = new BidirectionalClusterLink(pair.node.scope!, 'Third', { pair, linkName: 'other' });
        third.mirrorTopic('audit');
      }),
    );
    expect(complaints).toContain("[test/Second] linkName: received 'orders-dr', allowed: a name that no other link");
    expect(complaints).toContain("[test/Second] topic 'orders': received 'a mirror over test/Link too'");
    expect(complaints).not.toContain('Third');
  });

  const uses: [string, Use, string][] = [
    ['a topic with a space', (link) => link.mirrorTopic('a b'), "topic 'a b'.topicName: received 'a b'"],
    [
      'a topic named ..',
      (link) => link.mirrorTopic('..'),
      "topic '..'.topicName: received '..', allowed: any name but",
    ],
    [
      'two topics that Kafka holds to be the same',
      (link) => ['orders.eu', 'orders_eu'].forEach((name) => link.mirrorTopic(name)),
      "topic 'orders_eu': received ''orders.eu' beside it', allowed: names that differ in more than . and _",
    ],
    [
      'an internal topic',
      (link) => link.mirrorExistingTopic('__consumer_offsets'),
      "received '__consumer_offsets', allowed: topics of your own",
    ],
    [
      'the topic of schemas',
      (link) => link.mirrorTopic('_schemas'),
      "received '_schemas', allowed: topics of your own",
    ],
    ['a topic without a name', (link) => link.mirrorTopic(''), "topic ''.topicName: received ''"],
    ['a name of 250 letters', (link) => link.mirrorTopic('a'.repeat(250)), 'allowed: 1 to 249 letters'],
    ['no partitions', (link) => link.mirrorTopic('orders', { partitions: 0 }), "topic 'orders'.partitions: received 0"],
    [
      'a topic with a slash, and one like it',
      (link) => ['a/b', 'a--b'].forEach((name) => link.mirrorTopic(name)),
      "received 'a/b'",
    ],
    [
      'a topic twice',
      (link) => {
        link.mirrorTopic('orders');
        link.mirrorExistingTopic('orders');
      },
      "topic 'orders': received '2 times', allowed: each topic once",
    ],
    [
      'the member of another pair',
      (link) => {
        const other = addPair(stackOf(() => undefined));
        link.mirrorExistingTopic('orders', other.primary);
      },
      "topic 'orders'.source: received 'test/Pair/Primary', allowed: a member of the pair that is linked",
    ],
    [
      'a principal that is none',
      (_link, pair) => pair.grantProduce('User:**', TopicPattern.all()),
      "principal: received 'User:**', allowed: a principal such as User:sa-abc123, User:u-abc123, " +
        'User:pool-aBc1 or User:group-aBc1, or User:* for everybody',
    ],
    [
      'to sync ACLs that were granted',
      (_link, pair) => pair.grantProduce('User:sa-client', TopicPattern.all()),
      'this one takes in WRITE on TOPIC * for User:sa-client',
    ],
  ];
  test.each(uses)('%s', (_name, use, message) => {
    expect(complaintsOf(linkWith({ aclSync: AclSync.ofPrincipals(['User:sa-client']) }, use))).toContain(message);
  });
});
