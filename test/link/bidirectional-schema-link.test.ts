import { TerraformVariable } from 'cdktf';
import {
  BidirectionalSchemaLink,
  type BidirectionalSchemaLinkProps,
  ClusterSource,
  type ConfluentClusterPairProps,
  ExportContext,
} from '../../lib';
import { addPair } from '../support/fixtures';
import { complaintsOf, hclOf, stackOf, synthesize } from '../support/synth';

const linkWith = (
  props: Partial<BidirectionalSchemaLinkProps> = {},
  pairProps: Partial<ConfluentClusterPairProps> = {},
) =>
  stackOf((scope) => {
    new BidirectionalSchemaLink(scope, 'Schemas', { pair: addPair(scope, pairProps), ...props });
  });
const exportersOf = (...given: Parameters<typeof linkWith>) =>
  Object.values(synthesize(linkWith(...given)).resource.confluent_schema_exporter);

const inEnvironment = (environmentId: string): Partial<ConfluentClusterPairProps> => ({
  primary: { environmentId, cluster: ClusterSource.existing('lkc-aaaaa') },
  secondary: { environmentId, cluster: ClusterSource.existing('lkc-bbbbb') },
});

describe('BidirectionalSchemaLink', () => {
  test('exports in both directions, each into a context of its own', () => {
    expect(exportersOf()).toMatchObject([
      { name: 'primary-exporter', context_type: 'CUSTOM', context: 'primary-context', reset_on_update: false },
      { name: 'secondary-exporter', context_type: 'CUSTOM', context: 'secondary-context' },
    ]);
  });

  test('leads from each registry to the other', () => {
    for (const exporter of exportersOf()) {
      const ids = [exporter.schema_registry_cluster, exporter.destination_schema_registry_cluster].map(
        (registry) => (registry as { id: string }).id,
      );
      expect(ids[0]).not.toBe(ids[1]);
    }
  });

  test('says that it means all subjects of the default context, unless told others', () => {
    expect(exportersOf()).toMatchObject([{ subjects: ['*'] }, { subjects: ['*'] }]);
    const primaryToSecondary = { exporterName: 'e', subjects: ['orders-*', ':.sales:*', ':*:'] };
    expect(exportersOf({ primaryToSecondary })[0]).toMatchObject({ subjects: ['orders-*', ':.sales:*', ':*:'] });
  });

  test('takes subjects and how to rename them, which is no Terraform template', () => {
    const primaryToSecondary = { exporterName: 'e', subjects: ['orders-*'], subjectRenameFormat: 'dr-${subject}' };
    expect(exportersOf({ primaryToSecondary })[0]).toMatchObject({
      context_type: 'AUTO',
      subjects: ['orders-*'],
      subject_rename_format: 'dr-$${subject}',
    });
  });

  test('makes nothing for a shared registry where that is wanted', () => {
    expect(exportersOf({ skipIfShared: true }, inEnvironment('env-a'))).toMatchObject([
      { count: '${("env-a" == "env-a") ? 0 : 1}' },
      { count: '${("env-a" == "env-a") ? 0 : 1}' },
    ]);
  });

  test('lets the plan refuse a shared registry that only Terraform knows', () => {
    const stack = stackOf((scope) => {
      const variable = new TerraformVariable(scope, 'environment', { type: 'string' });
      new BidirectionalSchemaLink(scope, 'Schemas', { pair: addPair(scope, inEnvironment(variable.stringValue)) });
    });
    for (const exporter of Object.values(synthesize(stack).resource.confluent_schema_exporter)) {
      expect(exporter.lifecycle).toMatchObject({
        precondition: [{ error_message: expect.stringContaining('Both members share one Schema Registry') as string }],
      });
    }
  });

  test('as HCL', () => {
    const own = hclOf(linkWith())
      .split(/(?=^resource )/m)
      .filter((block) => block.includes('_exporter"'));
    expect(own.join('')).toMatchSnapshot();
  });
});

describe('BidirectionalSchemaLink refuses', () => {
  const cases: [string, Partial<BidirectionalSchemaLinkProps>, string][] = [
    [
      'a context with a slash',
      { primaryToSecondary: { exporterName: 'e', context: ExportContext.custom('a/b') } },
      "primaryToSecondary.context: received 'a/b'",
    ],
    [
      'a context with its dot',
      { primaryToSecondary: { exporterName: 'e', context: ExportContext.custom('.a') } },
      "primaryToSecondary.context: received '.a'",
    ],
    ['an exporter with a space', { secondaryToPrimary: { exporterName: 'a b' } }, "exporterName: received 'a b'"],
    [
      'an empty list of subjects',
      { secondaryToPrimary: { exporterName: 'e', subjects: [] } },
      'secondaryToPrimary.subjects: received []',
    ],
    [
      'a wildcard that is none',
      { secondaryToPrimary: { exporterName: 'e', subjects: ['a', '*-value'] } },
      "secondaryToPrimary.subjects[1]: received '*-value', allowed: a subject, the beginning of one with a * at the end",
    ],
    [
      'a subject that is empty',
      { secondaryToPrimary: { exporterName: 'e', subjects: [''] } },
      "secondaryToPrimary.subjects[0]: received ''",
    ],
    [
      'subjects that are no list',
      { secondaryToPrimary: { exporterName: 'e', subjects: 'orders' as unknown as string[] } },
      "secondaryToPrimary.subjects: received 'orders', allowed: a list of at least one subject",
    ],
    [
      'one new name for all subjects',
      { primaryToSecondary: { exporterName: 'e', subjectRenameFormat: 'dr' } },
      "primaryToSecondary.subjectRenameFormat: received 'dr', allowed: a text that holds ${subject}",
    ],
  ];
  test.each(cases)('%s', (_name, props, message) => {
    expect(complaintsOf(linkWith(props))).toContain(message);
  });

  const none = { exporterName: 'e', context: ExportContext.none() };
  test.each([
    ['no context', none, { ...none, subjects: ['a*'] }, 'ExportContext.none() in both directions'],
    [
      'all contexts',
      { exporterName: 'a', subjects: [':*:'] },
      { exporterName: 'b', subjects: [':*:'] },
      "':*:' in both",
    ],
  ])('to copy in circles: %s in both directions', (_what, primaryToSecondary, secondaryToPrimary, message) => {
    expect(complaintsOf(linkWith({ primaryToSecondary, secondaryToPrimary }))).toContain(message);
    expect(complaintsOf(linkWith({ primaryToSecondary }))).toBeUndefined();
  });

  test('two exporters of one name on a registry', () => {
    const stack = stackOf((scope) => {
      const pair = addPair(scope);
      new BidirectionalSchemaLink(scope, 'Schemas', { pair });
      new BidirectionalSchemaLink(scope, 'More', { pair, primaryToSecondary: { exporterName: 'mine' } });
    });
    const complaints = complaintsOf(stack);
    expect(complaints).toContain("[test/More] secondaryToPrimary.exporterName: received 'secondary-exporter'");
    expect(complaints).not.toContain('primaryToSecondary');
  });

  test('a registry that both members share', () => {
    expect(complaintsOf(linkWith({}, inEnvironment('env-a')))).toContain(
      "[test/Schemas] pair: received 'env-a', allowed: members in two environments",
    );
  });
});
