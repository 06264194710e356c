import { Stage } from './support/stage';
import { aclAddress, exporterAddress, keyAddress, linkAddress, roleBindingAddress } from './support/configuration';

jest.setTimeout(900_000);

/** What the real provider 2.83 was seen to keep in the state and to ask of the cloud, where a double easily differs. */
describe('the state after an apply', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  beforeAll(async () => {
    stage = await Stage.open();
    reset = await stage.keep();
  });

  beforeEach(() => reset());
  afterAll(() => stage.close());

  const noChange = async () => expect(await stage.workspace.detailedExitCode()).toBe(0);

  test('has an empty description of a key that the code does not describe', async () => {
    const address = keyAddress('primary');
    stage.configure({ [address]: stage.parts.apiKey('primary') });
    await stage.workspace.apply();
    expect(stage.attributes(address)).toMatchObject({ display_name: '', description: '' });
    await noChange();
  });

  test('has an empty endpoint where an end of a link has the other one', async () => {
    stage.configure(stage.parts.links());
    await stage.workspace.apply();
    expect(stage.attributes(linkAddress('primary'))).toMatchObject({
      local_kafka_cluster: [{ rest_endpoint: stage.parts.restEndpoint('primary'), bootstrap_endpoint: '' }],
      remote_kafka_cluster: [
        { rest_endpoint: '', bootstrap_endpoint: expect.stringMatching(/^SASL_SSL:\/\/.*:9092$/) as string },
      ],
    });
    await noChange();
  });

  test('has no id of the destination of an exporter, though the code gives one', async () => {
    stage.configure({ [exporterAddress]: stage.parts.exporter() });
    await stage.workspace.apply();
    expect(stage.attributes(exporterAddress)).toMatchObject({
      subjects: [],
      destination_schema_registry_cluster: [
        { id: '', rest_endpoint: stage.lab.cloud.endpointOf(stage.lab.cloud.sample!.secondary.registryId) },
      ],
    });
    await noChange();
  });

  test('has one network and one key of a cluster that is looked up, empty where it has none', async () => {
    const from = '${data.confluent_kafka_cluster.primary}';
    stage.configure(
      { 'terraform_data.cluster': { input: from } },
      { data: { confluent_kafka_cluster: { primary: stage.parts.clusterData('primary') } } },
    );
    await stage.workspace.apply();
    const value = stage.attributes('terraform_data.cluster').output as { value: unknown };
    expect(value.value).toMatchObject({ network: [{ id: '' }], byok_key: [{ id: '' }], deletion_protection: false });
    await noChange();
  });

  test('has the mode of connection that the link has', async () => {
    const address = linkAddress('primary');
    const { remote_kafka_cluster: remote, ...link } = stage.parts.link('primary', { connection_mode: 'INBOUND' });
    // A link that waits for the other has none of its keys.
    const { id, bootstrap_endpoint } = remote as Record<string, string>;
    stage.configure({ [address]: { ...link, remote_kafka_cluster: { id, bootstrap_endpoint } } });
    await stage.workspace.apply();
    expect(stage.attributes(address)).toMatchObject({ connection_mode: 'INBOUND' });
    await noChange();
  });

  test('was read once more where keys, roles and ACLs are made', async () => {
    stage.configure(
      {
        [keyAddress('primary')]: stage.parts.apiKey('primary'),
        [aclAddress]: stage.parts.acl(),
        [roleBindingAddress]: stage.parts.roleBinding(),
      },
      { data: { confluent_kafka_cluster: { primary: stage.parts.clusterData('primary') } } },
    );
    stage.forget();
    await stage.workspace.apply();
    const id = (address: string) => String(stage.attributes(address).id);
    const requests = stage.requests();
    const readAfter = (written: string, read: RegExp) => {
      const from = requests.indexOf(written);
      return from >= 0 && requests.slice(from + 1).filter((request) => read.test(request)).length;
    };
    expect({
      key: readAfter(
        'control-plane POST /iam/v2/api-keys',
        new RegExp(`GET /iam/v2/api-keys/${id(keyAddress('primary'))}$`),
      ),
      role: readAfter(
        'control-plane POST /iam/v2/role-bindings',
        new RegExp(`GET /iam/v2/role-bindings/${id(roleBindingAddress)}$`),
      ),
      acl: readAfter('primary POST /acls', /^primary GET \/acls\?/),
    }).toEqual({ key: 1, role: 1, acl: 1 });
  });

  test('has the protection of a cluster that the code asks for, as the cloud has', async () => {
    const address = 'confluent_kafka_cluster.created';
    const { environmentId } = stage.lab.cloud.sample!.primary;
    const cluster = (deletion_protection: boolean) =>
      stage.configure({
        [address]: {
          display_name: 'created',
          availability: 'SINGLE_ZONE',
          cloud: 'AZURE',
          region: 'westeurope',
          standard: {},
          environment: { id: environmentId },
          deletion_protection,
        },
      });
    const inCloud = async () => {
      const { id } = stage.attributes(address);
      return stage.lab.cloud.perform((state) => state.kafkaClusters.get(String(id))!.deletionProtection);
    };
    cluster(true);
    await stage.workspace.apply();
    expect([stage.attributes(address).deletion_protection, await inCloud()]).toEqual([true, true]);
    await noChange();
    cluster(false);
    await stage.workspace.apply();
    expect([stage.attributes(address).deletion_protection, await inCloud()]).toEqual([false, false]);
  });
});
