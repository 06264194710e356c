import { createApiKey } from '../../../../packages/confluent-dr-lab/src/cloud/organization/api-keys';
import {
  aclAddress,
  keyAddress,
  linkAddress,
  mirrorAddress,
  type Resources,
  roleBindingAddress,
  topicAddress,
} from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const [primaryKey, secondaryKey] = [keyAddress('primary'), keyAddress('secondary')];
const credentials = (address: string) => ({ key: `\${${address}.id}`, secret: `\${${address}.secret}` });
const keyWrites = (writes: readonly string[]): string[] =>
  writes.map((write) => write.replace(/(api-keys)\/.*/, '$1')).filter((write) => !write.includes('/iam/v2/role'));

describe('API keys and role bindings', () => {
  let stage: Stage;
  let reset: () => Promise<void>;

  /** Everything on both clusters is done with keys that Terraform makes. */
  const configuration = (key = {}): Resources => {
    const { parts } = stage;
    const primary = { ...parts.end('primary'), credentials: credentials(primaryKey) };
    const secondary = { ...parts.end('secondary'), credentials: credentials(secondaryKey) };
    const remote = (of: 'primary' | 'secondary', address: string) => ({
      ...(parts.link(of).remote_kafka_cluster as object),
      credentials: credentials(address),
    });
    return {
      [primaryKey]: parts.apiKey('primary', key),
      [secondaryKey]: parts.apiKey('secondary', key),
      [topicAddress]: parts.topic({ credentials: credentials(primaryKey) }),
      [aclAddress]: parts.acl({ credentials: credentials(primaryKey) }),
      [linkAddress('primary')]: parts.link('primary', {
        local_kafka_cluster: primary,
        remote_kafka_cluster: remote('primary', secondaryKey),
      }),
      [linkAddress('secondary')]: parts.link('secondary', {
        local_kafka_cluster: secondary,
        remote_kafka_cluster: remote('secondary', primaryKey),
      }),
      [mirrorAddress]: parts.mirror({ kafka_cluster: secondary }),
      [roleBindingAddress]: parts.roleBinding(),
    };
  };
  const data = () => ({ data: { confluent_kafka_cluster: { primary: stage.parts.clusterData('primary') } } });
  const configure = (key = {}) => stage.configure(configuration(key), data());
  const jaas = (setting: string) =>
    stage.lab.cloud.perform((state) =>
      [...state.clusterLinks.values()].flatMap(({ sides }) =>
        [...sides.values()].map(({ settings }) => settings.get(setting) ?? ''),
      ),
    );
  const numberOfKeys = () => stage.lab.cloud.perform((state) => state.apiKeys.size);
  const idOf = (address: string): string => stage.attributes(address).id as string;
  const deleteByHand = (address: string) => {
    const id = idOf(address);
    return stage.lab.cloud.perform((state) => state.apiKeys.delete(id));
  };
  const users = {
    [topicAddress]: 'update',
    [aclAddress]: 'update',
    [linkAddress('primary')]: 'update',
    [linkAddress('secondary')]: 'update',
  };

  beforeAll(async () => {
    stage = await Stage.open();
    // So that the keys work whatever roles there are.
    await stage.allowReversals();
    await configure().workspace.apply();
    reset = await stage.keep();
  });

  beforeEach(async () => {
    await reset();
    configure();
  });

  afterAll(() => stage.close());

  describe('when one is rotated', () => {
    test('update in place all that works with it, and replace nothing else', async () => {
      expect(await stage.changes(`-replace=${primaryKey}`)).toEqual({ ...users, [primaryKey]: 'replace' });
      expect(await stage.changes(`-replace=${secondaryKey}`)).toEqual({
        [secondaryKey]: 'replace',
        [linkAddress('primary')]: 'update',
        [linkAddress('secondary')]: 'update',
        [mirrorAddress]: 'update',
      });
    });

    test('with create_before_destroy are made, used, and only then deleted', async () => {
      const lasting = { lifecycle: { create_before_destroy: true } };
      await configure(lasting).workspace.apply();
      stage.forget();
      await configure(lasting).workspace.apply(`-replace=${primaryKey}`);
      const writes = keyWrites(stage.writes());
      expect(writes[0]).toBe('control-plane POST /iam/v2/api-keys');
      expect(writes.at(-1)).toBe('control-plane DELETE /iam/v2/api-keys');
      expect([...writes.slice(1, -1)].sort()).toEqual([
        'primary PUT /links/active-passive-test/configs:alter',
        'secondary PUT /links/active-passive-test/configs:alter',
      ]);
    });

    test('without it are deleted first, and the links hold a dead key for a while', async () => {
      stage.forget();
      await stage.workspace.apply(`-replace=${primaryKey}`);
      expect(keyWrites(stage.writes()).slice(0, 2)).toEqual([
        'control-plane DELETE /iam/v2/api-keys',
        'control-plane POST /iam/v2/api-keys',
      ]);
    });

    test('reach both settings of either link', async () => {
      await stage.workspace.apply(`-replace=${primaryKey}`);
      const expected = [primaryKey, secondaryKey].map(
        (address) => expect.stringContaining(`"${idOf(address)}"`) as string,
      );
      expect((await jaas('local.sasl.jaas.config')).sort()).toEqual(expect.arrayContaining(expected));
      expect((await jaas('sasl.jaas.config')).sort()).toEqual(expect.arrayContaining(expected));
      expect(await stage.changes()).toEqual({});
    });
  });

  describe('that were deleted by hand', () => {
    beforeEach(() => deleteByHand(primaryKey));

    test('fail the plan with 401', async () => {
      const { exitCode, errors } = await stage.plan();
      expect(errors).toContain(': 401');
      expect(exitCode).toBe(1);
    });

    test('cannot be replaced, as there is nothing to delete', async () => {
      const { exitCode, text } = await stage.apply('-refresh=false', `-replace=${primaryKey}`);
      expect(exitCode).toBe(1);
      expect(text).toMatch(/DELETE \S+\/iam\/v2\/api-keys\/\S+: 40[34]/);
    });

    test('are repaired by leaving the state, and an apply without a refresh', async () => {
      await stage.workspace.must('state', 'rm', primaryKey);
      expect(await stage.changes('-refresh=false')).toEqual({ ...users, [primaryKey]: 'create' });
      await stage.workspace.apply('-refresh=false');
      expect(await stage.changes()).toEqual({});
    });
  });

  test('whose wait fails exist and are in no state; each further apply makes another', async () => {
    const address = 'confluent_api_key.new';
    const before = await numberOfKeys();
    await stage.fault('unavailable', 'primary');
    stage.configure({ ...configuration(), [address]: stage.parts.apiKey('primary') }, data());
    for (let more = 1; more <= 2; more += 1) {
      const { exitCode, errors, text } = await stage.apply(`-target=${address}`);
      expect(errors).toContain('error waiting for API Key');
      expect(exitCode).toBe(1);
      expect(stage.attributes(address)).toEqual({});
      expect(await numberOfKeys()).toBe(before + more);
      const secrets = await stage.lab.cloud.perform((state) => [...state.apiKeys.values()].map(({ secret }) => secret));
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }
  });

  test('are made while the primary is down, if nobody waits for them', async () => {
    const address = 'confluent_api_key.new';
    await stage.fault('unavailable', 'primary');
    stage.configure({ [address]: stage.parts.apiKey('primary', { disable_wait_for_ready: true }) });
    await stage.workspace.apply(`-target=${address}`);
    expect(stage.attributes(address)).toHaveProperty('id');
  });

  test('that the control plane forbids to see are planned anew, and drag all credentials along', async () => {
    const stranger = await stage.lab.cloud.perform((state) =>
      createApiKey(state, { ownerId: stage.lab.cloud.sample!.serviceAccountId, displayName: 'stranger' }),
    );
    await stage.lab.cloud.perform((state) => state.roleBindings.clear());
    const provider = { cloud_api_key: stranger.id, cloud_api_secret: stranger.secret };
    const { crn_pattern } = stage.attributes(roleBindingAddress);
    stage.configure(
      { ...configuration(), [roleBindingAddress]: stage.parts.roleBinding({ crn_pattern }) },
      { provider },
    );
    expect(await stage.changes()).toEqual({
      ...users,
      [mirrorAddress]: 'update',
      [primaryKey]: 'create',
      [secondaryKey]: 'create',
      [roleBindingAddress]: 'create',
    });
  });

  test('of role bindings, the wait can change later, which asks the cloud for nothing', async () => {
    const waiting = {
      ...configuration(),
      [roleBindingAddress]: stage.parts.roleBinding({ disable_wait_for_ready: true }),
    };
    stage.configure(waiting, data());
    expect(await stage.changes()).toEqual({ [roleBindingAddress]: 'update' });
    stage.forget();
    await stage.workspace.apply();
    expect(stage.writes()).toEqual([]);
    expect(await stage.changes()).toEqual({});
  });

  test('an ACL removed behind the back is planned anew', async () => {
    await stage.lab.cloud.perform((state) => {
      const cluster = state.kafkaClusters.get(stage.parts.clusterId('primary'))!;
      cluster.acls = cluster.acls.filter(({ operation }) => operation !== 'READ');
    });
    expect(await stage.changes()).toEqual({ [aclAddress]: 'create' });
  });

  test('another service account replaces keys, ACLs and role bindings', async () => {
    const owner = { id: 'sa-other1', kind: 'ServiceAccount', api_version: 'iam/v2' };
    const principal = 'User:sa-other1';
    stage.configure(
      {
        ...configuration({ owner }),
        [aclAddress]: stage.parts.acl({ principal, credentials: credentials(primaryKey) }),
        [roleBindingAddress]: stage.parts.roleBinding({ principal }),
      },
      data(),
    );
    expect(await stage.changes()).toMatchObject({
      [primaryKey]: 'replace',
      [secondaryKey]: 'replace',
      [aclAddress]: 'replace',
      [roleBindingAddress]: 'replace',
      [topicAddress]: 'update',
      [linkAddress('primary')]: 'update',
    });
  });
});
