import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformOutput, Testing } from 'cdktf';
import { type Construct } from 'constructs';
import { KafkaTopic } from '../../.gen/providers/confluent/kafka-topic';
import {
  ActivePassiveStack,
  BidirectionalClusterLink,
  type BidirectionalClusterLinkProps,
  BidirectionalSchemaLink,
  ClusterSource,
  type ConfluentClusterPair,
  type ConfluentClusterPairProps,
  GroupFilter,
  OffsetSync,
  ProxiedCluster,
  RunbookOutput,
  type RunbookOutputProps,
  TopicPattern,
} from '../../lib';
import { RULES_AT_SYNTH } from '../../lib/validation/rules-at-synth';
import { READY_RULES } from '../../packages/confluent-dr/src/report/ready/ready-rules';
import { addPair, addProxy } from '../support/fixtures';
import { complaintsOf, stackOf } from '../support/synth';

interface Told {
  readonly pair?: Partial<ConfluentClusterPairProps>;
  readonly link?: Partial<BidirectionalClusterLinkProps>;
  readonly runbook?: Partial<RunbookOutputProps>;
  /** What else is in the stack. */
  readonly more?: (scope: Construct, pair: ConfluentClusterPair, link: BidirectionalClusterLink) => void;
}

const EXPORTERS = { primaryExporterName: 'primary-exporter', secondaryExporterName: 'secondary-exporter' };

function stackWith({ pair: ofPair, link: ofLink, runbook, more }: Told = {}) {
  return stackOf((scope) => {
    const pair = addPair(scope, ofPair);
    const link = new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr', ...ofLink });
    link.mirrorTopic('orders');
    new BidirectionalSchemaLink(scope, 'Schemas', { pair });
    more?.(scope, pair, link);
    new RunbookOutput(scope, 'Runbook', { pair, link, ...EXPORTERS, ...runbook });
  });
}

/** `path level message` of all annotations that a synth leaves. */
function annotationsOf(stack: ReturnType<typeof stackWith>): string[] {
  Testing.synth(stack, true);
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type.startsWith('@cdktf/'))
        .map(({ type, data }) => `${node.path.slice('test/'.length)} ${type.replace('@cdktf/', '')} ${String(data)}`),
    );
}

const onPrimary = (scope: Construct, pair: ConfluentClusterPair, topicName: string): KafkaTopic =>
  new KafkaTopic(scope, topicName, { topicName, kafkaCluster: { id: pair.primary.clusterId } });

test('says nothing of a stack in which confluent-dr ready finds nothing wanting', () => {
  const stack = stackOf((scope) => {
    const pair = addPair(scope);
    const link = new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr' });
    link.mirrorTopic('orders');
    pair.grantConsume('User:sa-app', TopicPattern.all(), 'billing-*');
    new BidirectionalSchemaLink(scope, 'Schemas', { pair });
    const proxy = addProxy(scope, { clusters: pair.members });
    new TerraformOutput(scope, 'proxy_report', { value: proxy.report });
    new RunbookOutput(scope, 'Runbook', { pair, link, proxy, topics: ['orders'], ...EXPORTERS });
  });
  expect(annotationsOf(stack)).toEqual([]);
});

const excluding = OffsetSync.ofGroups([GroupFilter.all(), GroupFilter.literal('billing-1').excluded()]);
const granted = (_scope: Construct, pair: ConfluentClusterPair): void =>
  pair.grantConsume('User:sa-app', TopicPattern.all(), 'billing-*');

test.each<[why: string, Told, string[]]>([
  [
    'a topic that RunbookOutput names and nothing mirrors',
    { runbook: { topics: ['orders', 'returns', 'test-1'], leaveOut: ['test-*'] } },
    ['Runbook warn DR001: topics names returns, which test/Link does not mirror.'],
  ],
  [
    'a topic of the stack that nothing mirrors',
    {
      runbook: { leaveOut: ['scratch'] },
      more: (scope, pair) => ['audit', 'scratch', 'orders'].forEach((name) => onPrimary(scope, pair, name)),
    },
    [
      'Runbook warn DR001: Topic audit (test/audit) has no mirror: what is in it stays behind at a failover. Mirror it, or name it in leaveOut.',
    ],
  ],
  [
    'a topic that a link has let go',
    { runbook: { topics: ['orders', 'old'] }, more: (_scope, _pair, link) => link.forgetTopic('old') },
    ['Runbook warn DR001: topics names old, which test/Link does not mirror.'],
  ],
  [
    'a mirrored topic whose ACLs the pair does not make',
    {
      pair: { linkTopics: [TopicPattern.prefixed('order'), TopicPattern.literal('a')] },
      more: (_scope, _pair, link) => ['a', 'ab', 'orders-eu'].forEach((name) => link.mirrorTopic(name)),
    },
    [
      "Link warn DR005: Topic ab is mirrored, and no pattern of the pair's linkTopics takes it in: it cannot be reversed.",
    ],
  ],
  [
    'no offset sync',
    { link: { offsetSync: OffsetSync.none() } },
    [
      'Link warn DR006: Offsets of consumer groups are not synced: after a failover consumers begin where their settings say.',
    ],
  ],
  [
    'granted groups that the filters leave out',
    { link: { offsetSync: OffsetSync.ofGroups([GroupFilter.prefixed('shipping')]) }, more: granted },
    ['Link warn DR006: Group billing-* is granted, and the filters of the offset sync leave it out, or a part of it.'],
  ],
  [
    'a granted group of which a part is left out',
    { link: { offsetSync: excluding }, more: granted },
    ['Link warn DR006: Group billing-* is granted, and the filters of the offset sync leave it out, or a part of it.'],
  ],
  [
    'exporters that RunbookOutput is not told',
    { runbook: { secondaryExporterName: undefined } },
    [
      'Runbook warn DR008: secondaryExporterName does not name secondary-exporter, so that confluent-dr does not see it stop.',
    ],
  ],
  [
    'a proxy that RunbookOutput is not told',
    { more: (scope, pair) => void addProxy(scope, { clusters: pair.members }) },
    ['Runbook warn DR009: test/Proxy stands before the pair, and proxy does not name it: it is not looked at.'],
  ],
  [
    'topics without deletion protection',
    { link: { deletionProtection: false } },
    [
      'Link warn DR013: Topics and mirrors are not protected from deletion: a terraform destroy deletes them after a failover, too, with all that was produced since. A rehearsal can live with that, production cannot.',
    ],
  ],
  [
    'clusters without deletion protection',
    {
      pair: {
        deletionProtection: false,
        secondary: { environmentId: 'env-b', cluster: ClusterSource.dedicated({ region: 'northeurope' }) },
      },
      link: { deletionProtection: true },
    },
    [
      'Pair warn DR013: The cluster of the secondary is not protected from deletion: a terraform destroy deletes it, whoever serves. A rehearsal can live with that, production cannot.',
    ],
  ],
])('warns with the id of the rule of %s', (_why, told, expected) => {
  expect(annotationsOf(stackWith(told))).toEqual(expected);
});

test('warns of a proxy that RunbookOutput names and whose report is no output', () => {
  const stack = stackOf((scope) => {
    const pair = addPair(scope);
    const link = new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr' });
    const proxy = addProxy(scope, { clusters: pair.members });
    new BidirectionalSchemaLink(scope, 'Schemas', { pair });
    new RunbookOutput(scope, 'Runbook', { pair, link, proxy, ...EXPORTERS });
  });
  expect(annotationsOf(stack)).toEqual([
    "Runbook warn DR010: The stack has no output proxy_report, so that nobody sees what test/Proxy does: new TerraformOutput(this, 'proxy_report', { value: proxy.report }).",
  ]);
});

test('informs where two registries have no exporters', () => {
  const stack = stackOf((scope) => {
    const pair = addPair(scope);
    const link = new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'orders-dr' });
    new RunbookOutput(scope, 'Runbook', { pair, link });
  });
  expect(annotationsOf(stack)).toEqual([
    'Runbook info DR008: The registries of the members have no exporters here: the schemas of the one are not on the other.',
  ]);
});

test('refuses with the id of the rule a cluster whose brokers nobody named', () => {
  const stack = stackOf((scope) => {
    addProxy(scope, {
      clusters: [ProxiedCluster.fromEndpoints('own', { bootstrapEndpoint: 'kafka.eu.example.com:9092' })],
    });
  });
  expect(complaintsOf(stack)).toContain('(DR009)');
});

test('the default app is told that it is not protected, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'confluent-dr-annotations-'));
  try {
    const app = new App({ outdir: folder });
    new ActivePassiveStack(app, 'active-passive');
    app.synth();
    const { stacks } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      stacks: Record<string, { annotations: { constructPath: string; level: string; message: string }[] }>;
    };
    const said = stacks['active-passive'].annotations.map(
      ({ constructPath, level, message }) => `${constructPath} ${level} ${message.slice(0, 5)}`,
    );
    expect(said).toEqual([`active-passive/Link @cdktf/warn ${READY_RULES.terraformDestroy.id}`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is said at synth has the ids of the tool', () => {
  const ids = (rules: Readonly<Record<string, { readonly id: string }>>) =>
    Object.entries(rules).map(([name, { id }]) => `${name} ${id}`);
  expect(ids(READY_RULES)).toEqual(expect.arrayContaining(ids(RULES_AT_SYNTH)));
});
