// JavaScript has no types to hold its callers to, and that is what is tried here.
/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-argument */
import { type Construct } from 'constructs';
import * as library from '../../lib';
import { addPair, addProxy, PRIMARY, PUBLIC_KEY } from '../support/fixtures';
import { complaintsOf, stackOf } from '../support/synth';

/** The library as JavaScript sees it: without types. */
const js = library as any;

const {
  AclSync,
  ClusterSource,
  ExportContext,
  GroupFilter,
  OffsetSync,
  Outage,
  ProxiedCluster,
  ProxyAdmin,
  TopicPattern,
} = library;

/** What is said of it, at once or at synth. */
function saidOf(build: (scope: Construct) => void): string | undefined {
  try {
    return complaintsOf(stackOf(build));
  } catch (error) {
    return (error as Error).message;
  }
}

const WRONG: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ["'a text'", 'a text'],
  ['["a list"]', ['a list']],
  ['7', 7],
];

describe('what untyped code leaves out, or passes in another shape, is told in one error', () => {
  const constructs = [
    'ConfluentClusterPair',
    'BidirectionalClusterLink',
    'BidirectionalSchemaLink',
    'NginxFailoverProxy',
    'RunbookOutput',
    'ClientPropertiesOutput',
    'ProxyRunbookOutput',
  ];
  for (const name of constructs) {
    test.each(WRONG)(`${name} with %s for its props`, (shown, props) => {
      expect(saidOf((scope) => new js[name](scope, 'It', props))).toContain(
        `[test/It] props: received ${shown}, allowed: an object with properties. Write it as in { `,
      );
    });
    test(`${name} without any`, () => {
      expect(saidOf((scope) => new js[name](scope, 'It'))).toContain('[test/It] props: received nothing');
    });
    test(`${name} with none of them`, () => {
      expect(saidOf((scope) => new js[name](scope, 'It', {}))).toMatch(
        /^Validation failed.*\n {2}\[test\/It\] .*allowed: /,
      );
    });
  }

  const pair = (props: object) => (scope: Construct) => new js.ConfluentClusterPair(scope, 'It', props);
  const member = { environmentId: 'env-a', cluster: ClusterSource.existing('lkc-a') };
  const both = {
    serviceAccountId: 'sa-1',
    primary: member,
    secondary: { ...member, cluster: ClusterSource.existing('lkc-b') },
  };
  const link = (props: object) => (scope: Construct) =>
    new js.BidirectionalClusterLink(scope, 'It', { pair: addPair(scope), linkName: 'l', ...props });
  const onLink = (use: (link: any, scope: Construct) => void) => (scope: Construct) => use(link({})(scope), scope);
  const schemas = (props: object) => (scope: Construct) =>
    new js.BidirectionalSchemaLink(scope, 'It', { pair: addPair(scope), ...props });
  const proxy = (props: object) => (scope: Construct) => addProxy(scope, props);

  const calls: [string, (scope: Construct) => unknown, string][] = [
    [
      'a pair without a secondary',
      pair({ primary: member }),
      '[test/It] secondary: received nothing, allowed: an object',
    ],
    ['a pair with a list for a member', pair({ ...both, primary: [] }), '[test/It] primary: received []'],
    ['a pair with an empty member', pair({ ...both, primary: {} }), '[test/It] primary.cluster: received nothing'],
    [
      'a pair with a text for topics',
      pair({ ...both, linkTopics: 'orders' }),
      "linkTopics: received 'orders', allowed: a list",
    ],
    [
      'a pair with texts for topics',
      pair({ ...both, linkTopics: ['orders'] }),
      "linkTopics[0]: received 'orders', allowed: a TopicPattern",
    ],
    [
      'a pair with a text for a switch',
      pair({ ...both, deletionProtection: 'false' }),
      "deletionProtection: received 'false', allowed: true or false",
    ],
    [
      'a member with a text for hosts',
      pair({ ...both, primary: { ...member, otherHosts: 'a.b.c' } }),
      "primary.otherHosts: received 'a.b.c'",
    ],
    ['a grant of nothing', (scope) => (addPair(scope) as any).grantProduce(), 'principal: received nothing'],
    [
      'a grant without topics',
      (scope) => (addPair(scope) as any).grantProduce('User:sa-1'),
      'topics: received nothing, allowed: a TopicPattern',
    ],
    [
      'a grant without a group',
      (scope) => (addPair(scope) as any).grantConsume('User:sa-1', TopicPattern.all()),
      'consumerGroup: received nothing',
    ],
    [
      'a provider with null',
      (scope) => new js.ConfluentCloudProvider(scope, 'It', null),
      '[test/It] props: received null',
    ],
    [
      'a dedicated cluster of nothing',
      () => js.ClusterSource.dedicated(),
      'ClusterSource.dedicated: received nothing, allowed: an object',
    ],
    [
      'a decision about nothing',
      () => js.ClusterSource.decidedByVariable(),
      'ClusterSource.decidedByVariable: received nothing',
    ],
    [
      'a decision without a cluster',
      () => js.ClusterSource.decidedByVariable({}),
      'decidedByVariable, dedicated: received nothing',
    ],
    [
      'a decision without a variable',
      () => js.ClusterSource.decidedByVariable({ dedicated: {} }),
      'decidedByVariable, useExisting: received nothing, allowed: a TerraformVariable of type bool',
    ],
    ['endpoints of nothing', () => js.ClusterHostNames.fromEndpoints(), 'endpoints: received nothing'],
    ['a cluster without endpoints', () => js.ProxiedCluster.fromEndpoints('a'), 'endpoints: received nothing'],
    [
      'a cluster without a bootstrap',
      () => js.ProxiedCluster.fromEndpoints('a', {}),
      'endpoints.bootstrapEndpoint: received nothing',
    ],
    [
      'a cluster with a text for hosts',
      () => js.ProxiedCluster.fromEndpoints('a', { bootstrapEndpoint: 'a.b.c', otherHosts: 'd.e.f' }),
      "endpoints.otherHosts: received 'd.e.f'",
    ],
    ['a link of a text', link({ pair: 'pair' }), "[test/It] pair: received 'pair', allowed: a ConfluentClusterPair"],
    ['a link with a list for a sync', link({ aclSync: [] }), '[test/It] aclSync: received [], allowed: an AclSync'],
    [
      'a link with true for a sync',
      link({ offsetSync: true }),
      '[test/It] offsetSync: received true, allowed: an OffsetSync',
    ],
    ['a topic without a name', onLink((it) => it.mirrorTopic()), "topic 'undefined'.topicName: received nothing"],
    ['a topic with null', onLink((it) => it.mirrorTopic('orders', null)), "[test/It] topic 'orders': received null"],
    [
      'a topic with a null source',
      onLink((it) => it.mirrorTopic('orders', { source: null })),
      "topic 'orders'.source: received null",
    ],
    [
      'a topic of a text for a source',
      onLink((it) => it.mirrorExistingTopic('orders', 'primary')),
      "topic 'orders'.source: received 'primary'",
    ],
    ['nothing forgotten', onLink((it) => it.forgetTopic()), "topic 'undefined'.topicName: received nothing"],
    ['a sync of ACLs of nothing', () => js.AclSync.of(), 'AclSync.of: received nothing, allowed: a list'],
    ['a sync of ACLs of texts', () => js.AclSync.of(['User:sa-1']), "AclSync.of, filters[0]: received 'User:sa-1'"],
    ['a sync of a principal', () => js.AclSync.ofPrincipals('User:sa-1'), "AclSync.ofPrincipals: received 'User:sa-1'"],
    ['a sync with null for options', () => js.AclSync.of([{}], null), 'AclSync.of, options: received null'],
    [
      'a sync with a text for a switch',
      link({ aclSync: js.AclSync.ofPrincipals(['User:sa-1'], { enabled: 'no' }) }),
      "aclSync.enabled: received 'no'",
    ],
    ['offsets of nothing', () => js.OffsetSync.ofGroups(), 'OffsetSync.ofGroups: received nothing'],
    [
      'offsets of texts',
      () => js.OffsetSync.ofGroups(['billing']),
      "OffsetSync.ofGroups, filters[0]: received 'billing', allowed: a GroupFilter",
    ],
    [
      'a group without a name',
      link({ offsetSync: OffsetSync.ofGroups([js.GroupFilter.literal()]) }),
      'offsetSync.filters[0].name: received nothing',
    ],
    [
      'a schema link with a text for an exporter',
      schemas({ primaryToSecondary: 'exporter' }),
      "primaryToSecondary: received 'exporter'",
    ],
    [
      'an exporter without a name',
      schemas({ primaryToSecondary: {} }),
      'primaryToSecondary.exporterName: received nothing',
    ],
    [
      'an exporter with a text for a context',
      schemas({ primaryToSecondary: { exporterName: 'e', context: 'c' } }),
      "primaryToSecondary.context: received 'c', allowed: an ExportContext",
    ],
    [
      'an exporter with a context without a name',
      schemas({ primaryToSecondary: { exporterName: 'e', context: js.ExportContext.custom() } }),
      'primaryToSecondary.context: received nothing',
    ],
    [
      'a proxy with a text for ranges',
      proxy({ clientCidrs: '10.0.0.0/8' }),
      "clientCidrs: received '10.0.0.0/8', allowed: a list of texts",
    ],
    ['a proxy with a number for a range', proxy({ sshCidrs: [10] }), 'sshCidrs: received [10]'],
    ['a proxy with a text for resolvers', proxy({ resolvers: '10.0.0.1' }), "resolvers: received '10.0.0.1'"],
    ['a proxy with null for a capacity', proxy({ capacity: null }), 'capacity: received null'],
    ['a proxy with a text for an image', proxy({ image: 'ubuntu' }), "image: received 'ubuntu'"],
    [
      'a proxy with an image that lacks a part',
      proxy({ image: { publisher: 'Canonical', offer: 'o' } }),
      'image.sku: received nothing',
    ],
    ['a proxy with an address for an object', proxy({ publicIp: '203.0.113.9' }), "publicIp: received '203.0.113.9'"],
    ['a proxy with a list of tags', proxy({ tags: ['a'] }), 'tags: received ["a"]'],
    ['a proxy with a number for a tag', proxy({ tags: { a: 1 } }), 'tags: received {"a":1}'],
    ['a proxy with a text for a switch', proxy({ privateNetworking: 'true' }), "privateNetworking: received 'true'"],
    ['a proxy with a number for a prefix', proxy({ namePrefix: 7 }), 'namePrefix: received 7'],
    ['a proxy with a list of nothing', proxy({ clusters: [undefined] }), 'clusters: received '],
    [
      'an administrator without anything',
      proxy({ admin: js.ProxyAdmin.sshKey() }),
      'admin: received nothing, allowed: a password or a public key',
    ],
    [
      'an outage of a list',
      proxy({ outage: js.Outage.of([PRIMARY]) }),
      'allowed: a cluster behind this proxy: primary, secondary',
    ],
    ['an outage of undefined', proxy({ outage: js.Outage.of(undefined) }), 'outage: received nothing'],
    ['an outage by no variable', () => js.Outage.of(PRIMARY).whenVariable(), 'Outage.whenVariable: received nothing'],
    [
      'an outage by no expression',
      () => js.Outage.of(PRIMARY).whenExpression(true),
      'Outage.whenExpression: received true, allowed: a Terraform expression',
    ],
    ['an outage by no context', () => js.Outage.of(PRIMARY).whenContext(), 'Outage.whenContext: received nothing'],
    [
      'an outage of a number of seconds',
      proxy({ outage: js.Outage.of(PRIMARY).forAtMost(60) }),
      'outage.forAtMost: received 60, allowed: a Duration',
    ],
    [
      'a runbook with a text for topics',
      (scope) => {
        const of = addPair(scope);
        const its = new js.BidirectionalClusterLink(scope, 'L', { pair: of, linkName: 'l' });
        new js.RunbookOutput(scope, 'It', { pair: of, link: its, topics: 'orders' });
      },
      "[test/It] topics: received 'orders', allowed: a list",
    ],
    ...(
      [
        ['topics', ['orders', undefined], '["orders",null]'],
        ['topics', [null], '[null]'],
        ['leaveOut', [7], '[7]'],
      ] as const
    ).map(([property, list, shown]): [string, (scope: Construct) => unknown, string] => [
      `a runbook with ${shown} for ${property}`,
      (scope) => {
        const of = addPair(scope);
        const its = new js.BidirectionalClusterLink(scope, 'L', { pair: of, linkName: 'l' });
        new js.RunbookOutput(scope, 'It', { pair: of, link: its, [property]: list });
      },
      `[test/It] ${property}: received ${shown}, allowed: a list of texts`,
    ]),
    [
      'a runbook with a pair for a link',
      (scope) => {
        const of = addPair(scope);
        new js.RunbookOutput(scope, 'It', { pair: of, link: of });
      },
      "[test/It] link: received 'ConfluentClusterPair', allowed: a BidirectionalClusterLink",
    ],
  ];
  test.each(calls)('%s', (_name, build, message) => {
    const said = saidOf(build);
    expect(said).toContain(message);
    expect(said).not.toMatch(/Cannot read properties|is not a function|circular/);
  });

  test('and what is right is let through', () => {
    expect(
      saidOf((scope) => {
        const of = addPair(scope);
        const it = new library.BidirectionalClusterLink(scope, 'It', {
          pair: of,
          linkName: 'l',
          aclSync: AclSync.ofPrincipals(['User:sa-client'], { enabled: false }),
          offsetSync: OffsetSync.ofGroups([GroupFilter.prefixed('a')]),
        });
        it.mirrorTopic('orders', { source: of.secondary });
        new library.BidirectionalSchemaLink(scope, 'Schemas', {
          pair: of,
          primaryToSecondary: { exporterName: 'e', context: ExportContext.none(), resetOnUpdate: true },
        });
        addProxy(scope, {
          clusters: [
            PRIMARY,
            ProxiedCluster.fromEndpoints('b', { bootstrapEndpoint: 'pkc-33333.westeurope.azure.confluent.cloud' }),
          ],
          admin: ProxyAdmin.sshKey('operator', PUBLIC_KEY),
          outage: Outage.of(PRIMARY).when(false),
          tags: { a: 'b' },
        });
      }),
    ).toBeUndefined();
  });
});
