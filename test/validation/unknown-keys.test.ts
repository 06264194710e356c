// JavaScript has no types to hold its callers to, and that is what is tried here.
/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-return */
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import * as library from '../../lib';
import { addPair, addProxy } from '../support/fixtures';
import { complaintsOf, stackOf, testApp } from '../support/synth';

const js = library as any;

/** What is said of it, at once or at synth. */
function saidOf(build: (scope: Construct) => void): string | undefined {
  try {
    return complaintsOf(stackOf(build));
  } catch (error) {
    return (error as Error).message;
  }
}

const member = { environmentId: 'env-a', cluster: library.ClusterSource.existing('lkc-aaaaa') };
const linked = (scope: Construct, props: object = {}) =>
  new js.BidirectionalClusterLink(scope, 'It', { pair: addPair(scope), linkName: 'dr', ...props });

describe('a property that is none is refused, its name told and not its value', () => {
  const objects: [string, (scope: Construct, unknown: object) => unknown, string, string][] = [
    ['a provider', (scope, it) => new js.ConfluentCloudProvider(scope, 'It', it), 'cloudApiSecrets', 'cloudApiSecret'],
    ['a pair', (scope, it) => addPair(scope, it), 'deletionProtections', 'deletionProtection'],
    ['a member', (scope, it) => addPair(scope, { primary: { ...member, ...it } }), 'enviromentId', 'environmentId'],
    [
      'a dedicated cluster',
      (_scope, it) => js.ClusterSource.dedicated({ region: 'westeurope', ...it }),
      'avaliability',
      'availability',
    ],
    [
      'a choice of clusters',
      (scope, it) =>
        js.ClusterSource.decidedByVariable({
          useExisting: new TerraformVariable(scope, 'use', { type: 'bool' }),
          existingId: 'lkc-a',
          dedicated: { region: 'westeurope' },
          ...it,
        }),
      'existingID',
      'existingId',
    ],
    [
      'the cluster of a choice',
      (scope, it) =>
        js.ClusterSource.decidedByVariable({
          useExisting: new TerraformVariable(scope, 'use', { type: 'bool' }),
          existingId: 'lkc-a',
          dedicated: { region: 'westeurope', ...it },
        }),
      'ckus',
      'cku',
    ],
    [
      'endpoints',
      (_scope, it) => js.ProxiedCluster.fromEndpoints('a', { bootstrapEndpoint: 'a.b.c', ...it }),
      'restEndpont',
      'restEndpoint',
    ],
    ['a link', (scope, it) => linked(scope, it), 'topicConfigSyncMS', 'topicConfigSyncMs'],
    ['a topic', (scope, it) => linked(scope).mirrorTopic('orders', it), 'partitons', 'partitions'],
    ['an ACL filter', (_scope, it) => js.AclSync.of([it]), 'ressourceType', 'resourceType'],
    ['a sync of ACLs', (_scope, it) => js.AclSync.of([{ operation: 'read' }], it), 'intervalMS', 'intervalMs'],
    ['a sync of client permissions', (_scope, it) => js.AclSync.ofClientPermissions(it), 'enable', 'enabled'],
    ['a sync of principals', (_scope, it) => js.AclSync.ofPrincipals(['User:sa-1'], it), 'enable', 'enabled'],
    [
      'a sync of offsets',
      (_scope, it) => js.OffsetSync.ofGroups([js.GroupFilter.all()], it),
      'intervallMs',
      'intervalMs',
    ],
    [
      'a schema link',
      (scope, it) => new js.BidirectionalSchemaLink(scope, 'It', { pair: addPair(scope), ...it }),
      'skipIfShard',
      'skipIfShared',
    ],
    ...['primaryToSecondary', 'secondaryToPrimary'].map(
      (way): [string, (s: Construct, u: object) => unknown, string, string] => [
        `the exporter ${way}`,
        (scope, it) =>
          new js.BidirectionalSchemaLink(scope, 'It', { pair: addPair(scope), [way]: { exporterName: 'e', ...it } }),
        'subject',
        'subjects',
      ],
    ),
    ['a proxy', (scope, it) => addProxy(scope, it), 'clientCidr', 'clientCidrs'],
    ['names of rules', (scope, it) => addProxy(scope, { inboundRuleNames: it }), 'kafkaa', 'kafka'],
    [
      'an image',
      (scope, it) => addProxy(scope, { image: { publisher: 'Canonical', offer: 'o', sku: 's', ...it } }),
      'versions',
      'version',
    ],
    ['a capacity', (scope, it) => addProxy(scope, { capacity: it }), 'workerConnection', 'workerConnections'],
    [
      'an address',
      (scope, it) => addProxy(scope, { publicIp: { id: '/x', ipAddress: '203.0.113.9', ...it } }),
      'ipAdress',
      'ipAddress',
    ],
    ['the runbook of a proxy', (scope, it) => new js.ProxyRunbookOutput(scope, 'It', it), 'proxxy', 'proxy'],
    ['settings for clients', (scope, it) => new js.ClientPropertiesOutput(scope, 'It', it), 'cluster', 'clusters'],
    [
      'a runbook',
      (scope, it) => {
        const link = linked(scope);
        new js.RunbookOutput(scope, 'Runbook', { pair: link.pair, link, ...it });
      },
      'leaveout',
      'leaveOut',
    ],
  ];
  test.each(objects)('of %s', (_what, build, unknown, known) => {
    const said = saidOf((scope) => build(scope, { [unknown]: 'hush' }));
    expect(said).toContain(`received '${unknown}', allowed: the properties `);
    expect(said).toContain(`Did you mean '${known}'? Correct it, or take it out.`);
    expect(said).not.toContain('hush');
  });

  test('of a construct in the place of options', () => {
    expect(
      saidOf((scope) =>
        linked(scope).mirrorTopic('orders', addPair(new TerraformStack(scope.node.root, 'b')).secondary),
      ),
    ).toContain('allowed: the properties partitions, config, source');
  });

  test('all of them at once', () => {
    expect(saidOf((scope) => linked(scope, { one: 1, two: 2 }))).toContain("props: received 'one, two'");
  });
});

test('a property without a value, and a resource of azurerm in the place of an address, are let through', () => {
  expect(
    saidOf((scope) => {
      linked(scope, { other: undefined });
      addProxy(scope, {
        publicIp: new PublicIp(scope, 'Ip', {
          name: 'ip',
          resourceGroupName: 'g',
          location: 'westeurope',
          allocationMethod: 'Static',
        }),
      });
    }),
  ).toBeUndefined();
});

describe('the context of the default app', () => {
  const saidOfContext = (context: Record<string, unknown>) =>
    complaintsOf(new library.ActivePassiveStack(testApp(context), 'test'));

  test.each([
    ['cc_failover_primry', "Did you mean 'cc_failover_primary'? "],
    ['cc-failover-primary', "Did you mean 'cc_failover_primary'? "],
    ['originalVmId', "Did you mean 'original_vm_id'? "],
    ['confluent_dr_more_region', "Did you mean 'confluent_dr_more_regions'? "],
    ['cc_env_primary', 'It is a variable of Terraform: give it in terraform.tfvars.'],
  ])('refuses %s', (key, advice) => {
    expect(saidOfContext({ [key]: 'true' })).toContain(`context: received '${key}', allowed: the values `);
    expect(saidOfContext({ [key]: 'true' })).toContain(advice);
  });

  test('refuses regions that are no list', () => {
    expect(saidOfContext({ confluent_dr_more_regions: 'moonwest' })).toContain(
      "context confluent_dr_more_regions: received 'moonwest', allowed: a list of texts",
    );
  });

  test('leaves alone what is of other tools', () => {
    expect(saidOfContext({ excludeStackIdFromLogicalIds: 'true', team: 'streaming' })).toBeUndefined();
  });
});
