import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { Fn, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import {
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  GroupFilter,
  NginxFailoverProxy,
  OffsetSync,
  ProxyAdmin,
  TopicPattern,
} from '../../../lib';
import { longLiteralText } from '../../../lib/synthesis/literal-text';
import { PRIMARY } from '../../support/fixtures';
import { evaluated } from './support/evaluated';
import { requireTerraform, Workspace } from './support/terraform';

type Block = Record<string, unknown>;

/** What Terraform, a shell or JSON would read as something else. */
const TEXTS = [
  '${path.root}',
  '%{ if true }x%{ endif }',
  '$${path.root}',
  '%%{x}',
  '$$$ %% $ % {}',
  '"quoted" and \'quoted\'',
  'back\\slash \\n \\${x}',
  'grüße, 世界 🌍',
  '`id` $(id) <&>',
];

/** Azure takes some characters in no name of a tag. */
const tagOf = (text: string): string => text.replace(/[<>%&\\?/]/g, '_');

/** The places where a text of any kind can stand, as they are synthesized. */
function placesOf(text: string): Record<string, unknown> {
  const stack = new TerraformStack(Testing.app(), 'texts');
  new AzurermProvider(stack, 'Azure', { features: [{}] });
  const secret = new TerraformVariable(stack, 'secret', { type: 'string', sensitive: true });
  new ConfluentCloudProvider(stack, 'Confluent', {
    cloudApiKey: text,
    cloudApiSecret: secret.stringValue,
    endpoint: `https://c/${text}`,
  });
  const pair = new ConfluentClusterPair(stack, 'Pair', {
    serviceAccountId: 'sa-1',
    primary: { environmentId: 'env-a', cluster: ClusterSource.dedicated({ region: 'westeurope', displayName: text }) },
    secondary: { environmentId: 'env-b', cluster: ClusterSource.existing('lkc-b') },
  });
  pair.grantConsume('User:sa-c', TopicPattern.literal('orders'), text);
  const topicFilters = [{ name: text, patternType: 'LITERAL', filterType: 'INCLUDE' }];
  const link = new BidirectionalClusterLink(stack, 'Link', {
    pair,
    linkName: 'l',
    offsetSync: OffsetSync.ofGroups([GroupFilter.literal(text)]),
    settings: { 'auto.create.mirror.topics.filters': JSON.stringify({ topicFilters }) },
  });
  link.mirrorTopic('orders', { config: { 'confluent.schema.validation.context.name': text } });
  new BidirectionalSchemaLink(stack, 'Schemas', {
    pair,
    primaryToSecondary: { exporterName: 'e', subjects: [text], subjectRenameFormat: `${text}\${subject}` },
  });
  new NginxFailoverProxy(stack, 'Proxy', {
    clusters: [PRIMARY],
    location: 'westeurope',
    clientCidrs: ['203.0.113.7/32'],
    admin: ProxyAdmin.sshKey('operator', `ssh-ed25519 AAAA ${text}`),
    tags: { [tagOf(text)]: text },
  });
  const { resource, provider } = JSON.parse(Testing.synth(stack, true)) as Record<string, Record<string, Block>>;
  const all = (type: string) => Object.values(resource[type]) as Block[];
  const [link1] = all('confluent_cluster_link').map(({ config }) => config as Record<string, string>);
  const [machine] = all('azurerm_linux_virtual_machine');
  const [exporter] = all('confluent_schema_exporter');
  const [its] = provider.confluent as unknown as Block[];
  return {
    provider: { key: its.cloud_api_key, endpoint: its.endpoint },
    displayName: all('confluent_kafka_cluster')[0].display_name,
    group: all('confluent_kafka_acl').find(({ resource_type }) => resource_type === 'GROUP')?.resource_name,
    groupFilter: link1['consumer.offset.group.filters'],
    topicFilter: link1['auto.create.mirror.topics.filters'],
    config: all('confluent_kafka_topic')[0].config,
    subjects: exporter.subjects,
    renameFormat: exporter.subject_rename_format,
    publicKey: machine.admin_ssh_key,
    tags: [machine, ...all('azurerm_resource_group'), ...all('azurerm_network_interface')].map(({ tags }) => tags),
  };
}

/** What real Terraform makes of them. */
async function readByTerraform(value: unknown): Promise<Block[]> {
  const configuration = { output: { it: { value, sensitive: true } } };
  const workspace = new Workspace({ env: {} }).write('main.tf.json', JSON.stringify(configuration));
  try {
    await workspace.must('init', '-input=false');
    await workspace.must('apply', '-auto-approve', '-input=false');
    return JSON.parse((await workspace.must('output', '-json', 'it')).stdout) as Block[];
  } finally {
    workspace.remove();
  }
}

describe('a text of the caller', () => {
  beforeAll(requireTerraform);

  test('reaches Terraform as it was written, wherever it stands', async () => {
    const read = await readByTerraform(TEXTS.map(placesOf));
    TEXTS.forEach((text, index) => {
      const filter = { filterType: 'INCLUDE', name: text, patternType: 'LITERAL' };
      expect(read[index]).toEqual({
        provider: { key: text, endpoint: `https://c/${text}` },
        displayName: text,
        group: text,
        groupFilter: JSON.stringify({ groupFilters: [filter] }),
        topicFilter: JSON.stringify({ topicFilters: [filter] }),
        config: { 'confluent.schema.validation.context.name': text },
        subjects: [text],
        renameFormat: `${text}\${subject}`,
        publicKey: [{ username: 'operator', public_key: `ssh-ed25519 AAAA ${text}` }],
        tags: Array(3).fill({ [tagOf(text)]: text }),
      });
    });
  });
});

test('a long text, joined of pieces, is what it was', async () => {
  const stack = new TerraformStack(Testing.app(), 'long');
  const list = new TerraformVariable(stack, 'list', { type: 'list(string)', default: ['a "b"', 'c\\d'] });
  const text = (value: string): string => [...TEXTS, 'tab\t and\r\n', `list: ${value}`, ''].join('\n').repeat(60);
  const known = Fn.join('\n', list.listValue);
  expect(longLiteralText(text(known))).toMatch(/^\$\{join\(/);
  expect(await evaluated(stack, longLiteralText(text(known)))).toBe(text('a "b"\nc\\d'));
});
