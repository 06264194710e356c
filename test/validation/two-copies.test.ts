import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import * as cdktf from 'cdktf';
import * as constructs from 'constructs';
import * as library from '../../lib';
import { PUBLIC_KEY } from '../support/fixtures';
import { complaintsOf, stackOf } from '../support/synth';

/** The package once more, as a package manager puts it into a tree: other classes of the same names. */
function anotherCopy(): typeof library {
  let copy: typeof library | undefined;
  jest.isolateModules(() => {
    // Both are peers, of which a tree has one.
    jest.doMock('cdktf', () => cdktf);
    jest.doMock('constructs', () => constructs);
    copy = jest.requireActual<typeof library>('../../lib');
  });
  return copy!;
}

describe('two copies of the package in one tree', () => {
  const other = anotherCopy();

  test('are two', () => {
    expect(other.ConfluentClusterPair).not.toBe(library.ConfluentClusterPair);
    expect(other.ClusterSource.existing('lkc-a')).not.toBeInstanceOf(library.ClusterSource);
  });

  test.each([
    ['this one', library, other],
    ['the other', other, library],
  ])('know the values and constructs of each other: links of %s', (_which, mine, theirs) => {
    const stack = stackOf((scope) => {
      new mine.ConfluentCloudProvider(scope, 'Confluent');
      new AzurermProvider(scope, 'Azure', { features: [{}] });
      const member = (environmentId: string, cluster: library.ClusterSource) => ({ environmentId, cluster });
      const pair = new mine.ConfluentClusterPair(scope, 'Pair', {
        serviceAccountId: 'sa-a',
        primary: member('env-a', theirs.ClusterSource.existing('lkc-a')),
        secondary: member(
          'env-b',
          theirs.ClusterSource.dedicated({ region: 'westeurope', availability: mine.ClusterAvailability.HIGH }),
        ),
        linkTopics: [theirs.TopicPattern.prefixed('orders')],
      });
      pair.grantProduce('User:sa-p', theirs.TopicPattern.all());
      const link = new theirs.BidirectionalClusterLink(scope, 'Link', {
        pair,
        linkName: 'orders-dr',
        offsetSync: mine.OffsetSync.ofGroups([theirs.GroupFilter.all()]),
        aclSync: mine.AclSync.ofPrincipals(['User:sa-client']),
      });
      link.mirrorTopic('orders', { source: pair.primary });
      new theirs.BidirectionalSchemaLink(scope, 'Schemas', {
        pair,
        primaryToSecondary: { exporterName: 'e', context: mine.ExportContext.custom('c') },
      });
      const proxy = new theirs.NginxFailoverProxy(scope, 'Proxy', {
        clusters: pair.members,
        location: 'westeurope',
        clientCidrs: ['203.0.113.7/32'],
        admin: mine.ProxyAdmin.sshKey('operator', PUBLIC_KEY),
        outage: mine.Outage.of(pair.primary)
          .inManner(theirs.OutageManner.BLACKHOLE)
          .forAtMost(theirs.Duration.hours(1)),
      });
      new mine.RunbookOutput(scope, 'Runbook', { pair, link, proxy });
    });
    expect(complaintsOf(stack)).toBeUndefined();
  });

  test('see each other’s wrong values', () => {
    const stack = stackOf((scope) => {
      const pair = new library.ConfluentClusterPair(scope, 'Pair', {
        serviceAccountId: 'sa-a',
        primary: { environmentId: 'env-a', cluster: other.ClusterSource.existing('a') },
        secondary: { environmentId: 'env-b', cluster: library.ClusterSource.existing('lkc-b') },
      });
      new other.BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'l' });
      new library.BidirectionalClusterLink(scope, 'Same', { pair, linkName: 'l' });
    });
    const complaints = complaintsOf(stack);
    expect(complaints).toContain("[test/Pair] primary.cluster.clusterId: received 'a'");
    expect(complaints).toContain(
      "[test/Same] linkName: received 'l', allowed: a name that no other link of its clusters has",
    );
    expect(complaints).toContain(
      "[test/Link] linkName: received 'l', allowed: a name that no other link of its clusters has",
    );
  });
});
