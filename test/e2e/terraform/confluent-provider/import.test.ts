import {
  aclAddress,
  exporterAddress,
  keyAddress,
  linkAddress,
  LINK,
  mirrorAddress,
  type Resources,
  roleBindingAddress,
  topicAddress,
} from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const registryKey = 'confluent_api_key.registry';
const cluster = 'confluent_kafka_cluster.primary';
const environment = 'confluent_environment.primary';
const account = 'confluent_service_account.operator';

type Variables = Readonly<Record<string, string>>;

describe('an import, and a plan after it', () => {
  let stage: Stage;
  let variables: Variables = {};
  let reset: () => Promise<void>;
  let created: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  const resources = (more = {}): Resources => {
    const { parts } = stage;
    const { registryId, environmentId } = stage.lab.cloud.sample!.primary;
    return {
      ...parts.pair(),
      [aclAddress]: parts.acl(),
      [exporterAddress]: parts.exporter(more),
      [roleBindingAddress]: parts.roleBinding({ crn_pattern: `\${${cluster}.rbac_crn}` }),
      [keyAddress('primary')]: parts.apiKey('primary'),
      [registryKey]: parts.apiKey('primary', {
        managed_resource: {
          id: registryId,
          kind: 'Cluster',
          api_version: 'srcm/v3',
          environment: { id: environmentId },
        },
      }),
      [environment]: { display_name: 'primary', stream_governance: { package: 'ESSENTIALS' } },
      [account]: { display_name: 'disaster-recovery', description: 'Owns what the drill makes' },
      [cluster]: {
        display_name: 'primary',
        availability: 'SINGLE_ZONE',
        cloud: 'AZURE',
        region: 'westeurope',
        dedicated: { cku: 2 },
        environment: { id: environmentId },
      },
    };
  };
  const kafka = (role: 'primary' | 'secondary'): Variables => {
    const { key, secret } = stage.lab.cloud.sample![role].kafka;
    return {
      IMPORT_KAFKA_REST_ENDPOINT: stage.parts.restEndpoint(role),
      IMPORT_KAFKA_API_KEY: key,
      IMPORT_KAFKA_API_SECRET: secret,
    };
  };
  const ends = (): Variables => {
    const { primary, secondary } = stage.lab.cloud.sample!;
    const { bootstrap_endpoint } = stage.parts.link('primary').remote_kafka_cluster as { bootstrap_endpoint: string };
    return {
      IMPORT_LOCAL_KAFKA_REST_ENDPOINT: stage.parts.restEndpoint('primary'),
      IMPORT_LOCAL_KAFKA_API_KEY: primary.kafka.key,
      IMPORT_LOCAL_KAFKA_API_SECRET: primary.kafka.secret,
      IMPORT_REMOTE_KAFKA_BOOTSTRAP_ENDPOINT: bootstrap_endpoint,
      IMPORT_REMOTE_KAFKA_API_KEY: secondary.kafka.key,
      IMPORT_REMOTE_KAFKA_API_SECRET: secondary.kafka.secret,
    };
  };
  const registry = (): Variables => {
    const { registryId, schemaRegistry } = stage.lab.cloud.sample!.primary;
    return {
      IMPORT_SCHEMA_REGISTRY_REST_ENDPOINT: stage.lab.cloud.endpointOf(registryId),
      IMPORT_SCHEMA_REGISTRY_API_KEY: schemaRegistry.key,
      IMPORT_SCHEMA_REGISTRY_API_SECRET: schemaRegistry.secret,
    };
  };
  const secretOf = (address: string): Variables => ({ API_KEY_SECRET: created[address].secret as string });
  const env = (): string => stage.lab.cloud.sample!.primary.environmentId;
  const idOf = (address: string): string => created[address].id as string;

  beforeAll(async () => {
    stage = await Stage.open({ environment: () => variables });
    stage.configure(resources());
    await stage.workspace.must('import', cluster, `${env()}/${stage.parts.clusterId('primary')}`);
    await stage.workspace.must('import', environment, env());
    await stage.workspace.must('import', account, stage.lab.cloud.sample!.serviceAccountId);
    await stage.workspace.apply();
    created = Object.fromEntries(Object.keys(resources()).map((address) => [address, stage.attributes(address)]));
    reset = await stage.keep();
  });

  beforeEach(async () => {
    await reset();
    stage.configure(resources());
  });

  afterAll(() => stage.close());

  const imported = async (address: string, id: string, with_: Variables): Promise<Record<string, string>> => {
    await stage.workspace.must('state', 'rm', address);
    variables = with_;
    await stage.workspace.must('import', address, id);
    return stage.changes();
  };

  test.each<[string, string, () => string, () => Variables]>([
    ['a topic', topicAddress, () => `${stage.parts.clusterId('primary')}/orders`, () => kafka('primary')],
    ['an ACL', aclAddress, () => idOf(aclAddress), () => kafka('primary')],
    ['a mirror', mirrorAddress, () => `${stage.parts.clusterId('secondary')}/${LINK}/orders`, () => kafka('secondary')],
    ['a link', linkAddress('primary'), () => `${stage.parts.clusterId('primary')}/${LINK}`, ends],
    ['a role binding', roleBindingAddress, () => idOf(roleBindingAddress), () => ({})],
    [
      'a Kafka key',
      keyAddress('primary'),
      () => `${env()}/${idOf(keyAddress('primary'))}`,
      () => secretOf(keyAddress('primary')),
    ],
    ['a Schema Registry key', registryKey, () => `${env()}/${idOf(registryKey)}`, () => secretOf(registryKey)],
    ['a cluster', cluster, () => `${env()}/${stage.parts.clusterId('primary')}`, () => ({})],
    ['an environment', environment, env, () => ({})],
    ['a service account', account, () => stage.lab.cloud.sample!.serviceAccountId, () => ({})],
  ])('of %s leave nothing to do', async (_, address, id, with_) => {
    expect(await imported(address, id(), with_())).toEqual({});
    expect(stage.attributes(address)).toMatchObject({ id: idOf(address) });
  });

  test.each([
    ['which changes nothing', {}, false],
    ['which resets it if updates do', { reset_on_update: true }, true],
  ])('of an exporter are one update, %s', async (_, more, resets) => {
    await stage.configure(resources(more)).workspace.apply();
    expect(await imported(exporterAddress, idOf(exporterAddress), registry())).toEqual({ [exporterAddress]: 'update' });
    stage.forget();
    await stage.workspace.apply();
    expect(stage.writes().includes('primary PUT /exporters/schemas/reset')).toBe(resets);
    expect(await stage.changes()).toEqual({});
  });

  test.each<[string, string, () => string]>([
    ['topic', topicAddress, () => `${stage.parts.clusterId('primary')}/unheard-of`],
    ['mirror', mirrorAddress, () => `${stage.parts.clusterId('primary')}/${LINK}/unheard-of`],
    ['key', keyAddress('primary'), () => 'UNHEARDOF'],
    ['form of an id', cluster, () => 'lkc-alone'],
    ['form of a topic id', topicAddress, () => 'orders'],
    ['form of a mirror id', mirrorAddress, () => 'orders'],
    ['form of an ACL id', aclAddress, () => 'orders'],
  ])('of an unknown %s are refused', async (_, address, id) => {
    await stage.workspace.must('state', 'rm', address);
    variables = { ...kafka('primary'), API_KEY_SECRET: 'any' };
    const { exitCode, errors } = await stage.workspace.terraform('import', address, id());
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/Error: (Cannot import confluent_|GET \S+: 404)/);
    expect(errors).not.toContain('bug');
  });

  test('say which variable is missing', async () => {
    await stage.workspace.must('state', 'rm', topicAddress);
    variables = {};
    const id = `${stage.parts.clusterId('primary')}/orders`;
    const { errors } = await stage.workspace.terraform('import', topicAddress, id);
    expect(errors).toContain('IMPORT_KAFKA_REST_ENDPOINT');
  });
});
