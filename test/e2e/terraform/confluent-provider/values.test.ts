import {
  aclAddress,
  type Block,
  keyAddress,
  linkAddress,
  mirrorAddress,
  roleBindingAddress,
  topicAddress,
} from './support/configuration';
import { Stage } from './support/stage';
import { Workspace } from '../support/terraform';

jest.setTimeout(900_000);

const key = keyAddress('primary');

describe("values in Terraform's plan and state", () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  beforeAll(async () => {
    stage = await Stage.open();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  test('that are sensitive are never printed', async () => {
    const output = { secret: { value: `\${${key}.secret}`, sensitive: true } };
    stage.configure({ [key]: stage.parts.apiKey('primary'), [topicAddress]: stage.parts.topic() }, { output });
    const printed = [await stage.plan(), await stage.apply(), await stage.workspace.terraform('show')];
    const secrets = [stage.attributes(key).secret as string, stage.lab.cloud.sample!.primary.kafka.secret];
    for (const { exitCode, text } of printed) {
      expect(exitCode).toBe(0);
      expect(text).toMatch(/secret += \(sensitive value\)|\(sensitive value\)/);
      secrets.forEach((secret) => expect(text).not.toContain(secret));
    }
  });

  test('that the cloud decides are unknown until the apply, and stay as they are afterwards', async () => {
    stage.configure({ [topicAddress]: stage.parts.topic(), ...stage.parts.links() });
    const { text } = await stage.plan();
    expect(text).toMatch(/cluster_link_id = \(known after apply\)/);
    expect(text).toMatch(/partitions_count = 6/);
    await stage.workspace.apply();
    expect(stage.attributes(topicAddress)).toMatchObject({ id: 'lkc-aaaaa/orders', partitions_count: 6, config: {} });
    expect(stage.attributes(linkAddress('primary'))).toMatchObject({
      id: 'lkc-aaaaa/active-passive-test',
      connection_mode: 'OUTBOUND',
      cluster_link_id: expect.any(String) as string,
    });
    expect(await stage.workspace.detailedExitCode()).toBe(0);
  });

  test.each([
    ['unknown', '${terraform_data.name.output}'],
    // Terraform knows that it is not null and how it begins: a refined unknown.
    ['unknown but for its beginning', 'orders-${terraform_data.name.output}'],
  ])('that are %s can be planned and applied', async (_, topic_name) => {
    stage.configure({
      'terraform_data.name': { input: 'name' },
      [topicAddress]: stage.parts.topic({ topic_name }),
    });
    expect((await stage.plan()).text).toMatch(/topic_name = \(known after apply\)/);
    await stage.workspace.apply();
    expect(await stage.workspace.detailedExitCode()).toBe(0);
  });

  test('of a data source that waits for something that is merely updated replace all that is made of them', async () => {
    const configuration = (wait: boolean) => {
      const from = (name: string) => `\${data.confluent_kafka_cluster.primary.${name}}`;

      const end = { ...stage.parts.end('primary'), rest_endpoint: from('rest_endpoint') };
      const rest_endpoint = '${data.confluent_kafka_cluster.secondary.rest_endpoint}';
      const mirrorEnd = { ...stage.parts.end('secondary'), rest_endpoint };
      const cluster = { kafka_cluster: { id: from('id') }, rest_endpoint: from('rest_endpoint') };
      const { managed_resource } = stage.parts.apiKey('primary') as { managed_resource: Block };
      return stage.configure(
        {
          'confluent_role_binding.first': stage.parts.roleBinding({
            crn_pattern: '${data.confluent_kafka_cluster.scope.rbac_crn}',
            disable_wait_for_ready: wait,
          }),
          ...stage.parts.pair({ topic: cluster, mirror: { kafka_cluster: mirrorEnd } }),
          [linkAddress('primary')]: stage.parts.link('primary', { local_kafka_cluster: end }),
          [aclAddress]: stage.parts.acl(cluster),
          [roleBindingAddress]: stage.parts.roleBinding({ role_name: 'Operator' }),
          [key]: stage.parts.apiKey('primary', { managed_resource: { ...managed_resource, kind: from('kind') } }),
        },
        {
          data: {
            confluent_kafka_cluster: {
              scope: stage.parts.clusterData('primary'),
              secondary: stage.parts.clusterData('secondary', { depends_on: ['confluent_role_binding.first'] }),
              primary: stage.parts.clusterData('primary', { depends_on: ['confluent_role_binding.first'] }),
            },
          },
        },
      );
    };
    await configuration(false).workspace.apply();
    configuration(true);
    const expected = {
      'confluent_role_binding.first': 'update',
      [topicAddress]: 'update',
      [linkAddress('primary')]: 'replace',
      [mirrorAddress]: 'replace',
      [aclAddress]: 'replace',
      [roleBindingAddress]: 'replace',
      [key]: 'replace',
    };
    expect(await stage.changes()).toMatchObject(expected);
    expect(await stage.changes('-refresh=false')).toMatchObject(expected);
  });

  test('of timeouts are part of the configuration and change nothing', async () => {
    const cluster = 'confluent_kafka_cluster.created';
    const resource = (timeouts: Block) => ({
      [cluster]: {
        display_name: 'created',
        availability: 'SINGLE_ZONE',
        cloud: 'AZURE',
        region: 'westeurope',
        standard: {},
        environment: { id: stage.lab.cloud.sample!.primary.environmentId },
        timeouts,
      },
    });
    await stage.configure(resource({ create: '10m' })).workspace.apply();
    expect(await stage.workspace.detailedExitCode()).toBe(0);
    stage.configure(resource({ create: '20m' }));
    expect(Object.values(await stage.changes())).not.toContain('replace');
  });

  test('of credentials may come from the provider, for topics and ACLs but not for mirrors', async () => {
    const { kafka } = stage.lab.cloud.sample!.primary;
    const provider = {
      kafka_id: stage.parts.clusterId('primary'),
      kafka_rest_endpoint: stage.parts.restEndpoint('primary'),
      kafka_api_key: kafka.key,
      kafka_api_secret: kafka.secret,
    };
    await stage.configure({ [topicAddress]: { topic_name: 'orders' } }, { provider }).workspace.apply();
    expect(await stage.workspace.detailedExitCode()).toBe(0);
    stage.configure({ [topicAddress]: { topic_name: 'orders' } });
    expect((await stage.plan()).errors).toContain('kafka_cluster, rest_endpoint and credentials are needed');
    const mirror = {
      ...stage.parts.mirror({ depends_on: [] }),
      kafka_cluster: { id: stage.parts.clusterId('primary') },
    };
    const alone = { cluster_link: { link_name: 'any' }, source_kafka_topic: { topic_name: 'orders' } };
    stage.configure({ [mirrorAddress]: { ...mirror, ...alone } }, { provider });
    const { errors } = await stage.apply();
    expect(errors).toContain('Links and mirrors take nothing from the kafka_ arguments of the provider');
  });

  test('of two Terraform processes at once do not mix, whatever their providers are configured with', async () => {
    const others = Array.from({ length: 3 }, () => new Workspace(stage.lab));
    const topics = ['orders', 'invoices', 'returns'];
    const { kafka } = stage.lab.cloud.sample!.secondary;
    const configuration = (topic_name: string, provider: Block) => ({
      terraform: { required_providers: { confluent: { source: 'confluentinc/confluent' } }, backend: { local: {} } },
      provider: { confluent: provider },
      resource: { confluent_kafka_topic: { [topic_name]: { topic_name } } },
    });
    const providers = (['primary', 'secondary'] as const).map((role) => ({
      kafka_id: stage.parts.clusterId(role),
      kafka_rest_endpoint: stage.parts.restEndpoint(role),
      kafka_api_key: stage.lab.cloud.sample![role].kafka.key,
      kafka_api_secret: stage.lab.cloud.sample![role].kafka.secret,
    }));
    const wrong = { ...providers[1], kafka_api_secret: `not ${kafka.secret}` };
    const [right, right2, refused] = await Promise.all(
      others.map(async (workspace, index) => {
        workspace.write('main.tf.json', configuration(topics[index], [...providers, wrong][index]));
        await workspace.init();
        return workspace.terraform('apply', '-input=false', '-auto-approve');
      }),
    );
    others.forEach((workspace) => workspace.remove());
    expect([right.exitCode, right2.exitCode, refused.exitCode]).toEqual([0, 0, 1]);
    expect(refused.errors).toContain(': 401');
    expect(await stage.operator.topics('primary')).toEqual(['orders']);
    expect(await stage.operator.topics('secondary')).toEqual(['invoices']);
  });

  describe('that the lab cannot serve end with a diagnostic:', () => {
    test.each<[string, string, Block, string]>([
      [
        'a type',
        'confluent_connector.any',
        { config_nonsensitive: {}, environment: { id: 'env-1' }, kafka_cluster: { id: 'lkc-1' } },
        'The lab does not imitate confluent_connector',
      ],
      ['a type that nobody knows', 'confluent_teleporter.any', {}, 'Invalid resource type'],
    ])('%s', async (_, address, resource, message) => {
      stage.configure({ [address]: resource });
      const { exitCode, text, errors } = await stage.plan();
      expect(errors).toContain(message);
      expect(exitCode).toBe(1);
      expect(text).not.toMatch(/panic|crash|has a bug/i);
    });

    test('a data source', async () => {
      stage.configure({}, { data: { confluent_users: { all: {} } } });
      expect((await stage.plan()).errors).toContain('The lab does not imitate the data source confluent_users');
    });

    test('an answer that is not of its API', async () => {
      await stage.configure({ [topicAddress]: stage.parts.topic() }).workspace.apply();
      await stage.fault('cut', 'primary');
      const { exitCode, errors } = await stage.plan();
      expect(exitCode).toBe(1);
      expect(errors).toContain('/topics/orders');
      expect(errors).not.toContain('has a bug');
    });

    test.each([
      ['without a value that it needs', { id: 'lkc-aaaaa/orders' }],
      [
        'with values of other types',
        { id: 7, topic_name: ['orders'], kafka_cluster: 'lkc', credentials: true, config: 3 },
      ],
      ['with attributes of long ago', { id: 'x', http_endpoint: 'http://localhost' }],
    ])('a state %s', async (_, attributes) => {
      await stage.configure({ [topicAddress]: stage.parts.topic() }).workspace.apply();
      const state = stage.workspace.state() as unknown as { resources: { instances: { attributes: object }[] }[] };
      state.resources[0].instances[0].attributes = attributes;
      stage.workspace.write('state.json', state);
      const { exitCode, text } = await stage.plan();
      expect(exitCode).toBe(1);
      expect(text).not.toMatch(/panic|crash|has a bug/i);
    });
  });
});
