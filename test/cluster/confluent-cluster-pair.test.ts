import { TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  AclSync,
  ApiKeys,
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterAvailability,
  ClusterSource,
  ConfluentClusterPair,
  type ConfluentClusterPairProps,
  type EnterpriseClusterProps,
  ServiceAccountRoles,
  TopicPattern,
} from '../../lib';
import { addPair } from '../support/fixtures';
import { complaintsOf, hclOf, stackOf, synthesize, type Synthesized } from '../support/synth';

const pairWith = (props: Partial<ConfluentClusterPairProps> = {}) => stackOf((scope) => addPair(scope, props));
const resources = (props: Partial<ConfluentClusterPairProps> = {}) => synthesize(pairWith(props)).resource;
const all = (props: Partial<ConfluentClusterPairProps>, type: string) => Object.values(resources(props)[type] ?? {});

describe('ConfluentClusterPair', () => {
  test('reads existing clusters and creates none', () => {
    const { data, resource } = synthesize(pairWith());
    expect(Object.values(data.confluent_kafka_cluster).map(({ id }) => id)).toEqual(['lkc-aaaaa', 'lkc-bbbbb']);
    expect(resource).not.toHaveProperty('confluent_kafka_cluster');
  });

  test('creates dedicated clusters, each in a region of its own', () => {
    const dedicated = (region: string, cku?: number) => ({
      environmentId: 'env-a',
      cluster: ClusterSource.dedicated({ region, cku, availability: ClusterAvailability.MULTI_ZONE }),
    });
    const created = all(
      { primary: dedicated('westeurope', 4), secondary: dedicated('northeurope') },
      'confluent_kafka_cluster',
    );
    expect(created).toMatchObject([
      {
        region: 'westeurope',
        dedicated: { cku: 4 },
        availability: 'MULTI_ZONE',
        display_name: 'active-passive-primary',
      },
      { region: 'northeurope', dedicated: { cku: 2 }, cloud: 'AZURE', display_name: 'active-passive-secondary' },
    ]);
  });

  test('creates enterprise clusters, elastic and over zones unless told otherwise', () => {
    const enterprise = (props: Partial<EnterpriseClusterProps> = {}) => ({
      environmentId: 'env-a',
      cluster: ClusterSource.enterprise({ region: 'West Europe', ...props }),
    });
    const created = all(
      { primary: enterprise(), secondary: enterprise({ maxEcku: 1, availability: ClusterAvailability.LOW }) },
      'confluent_kafka_cluster',
    );
    expect(created).toMatchObject([
      { region: 'westeurope', cloud: 'AZURE', availability: 'HIGH', enterprise: [{}], deletion_protection: true },
      { availability: 'LOW', enterprise: [{ max_ecku: 1 }] },
    ]);
    created.forEach((cluster) => expect(cluster).not.toHaveProperty('dedicated'));
    const complaints = (props: Partial<EnterpriseClusterProps>) =>
      complaintsOf(pairWith({ primary: enterprise(props) }));
    expect(complaints({ maxEcku: 1 })).toContain(
      'primary.cluster.maxEcku: received 1, allowed: a whole number of at least 2 with availability HIGH',
    );
    expect(complaints({ region: 'westeuropa' })).toContain('primary.cluster.region');
    expect(complaints({ displayName: '' })).toContain('primary.cluster.displayName');
  });

  test('protects created clusters from deletion unless told not to', () => {
    const primary = { environmentId: 'env-a', cluster: ClusterSource.dedicated({ region: 'westeurope' }) };
    expect(all({ primary }, 'confluent_kafka_cluster')).toMatchObject([
      { deletion_protection: true, lifecycle: { prevent_destroy: true } },
    ]);
    const [open] = all({ primary, deletionProtection: false }, 'confluent_kafka_cluster');
    expect(open).not.toHaveProperty('deletion_protection');
    expect(open).not.toHaveProperty('lifecycle');
  });

  test('gives the service account two cluster roles, two topic roles and one for subjects on each member', () => {
    const roles = all({}, 'confluent_role_binding');
    expect(roles).toHaveLength(6);
    expect(roles.filter((role) => 'for_each' in role)).toHaveLength(4);
  });

  describe('makes roles and ACLs once in a stack', () => {
    const member = (environmentId: string, clusterId: string) => ({
      ...{ environmentId, cluster: ClusterSource.existing(clusterId) },
    });
    const addresses = (build: (scope: Construct) => void, type: string) =>
      Object.keys(synthesize(stackOf(build)).resource[type]).sort();
    const shared = (names: string[]) => names.filter((name) => name.startsWith('shared-'));
    const other = (scope: Construct, props: Partial<ConfluentClusterPairProps> = {}) =>
      new ConfluentClusterPair(scope, 'Other', {
        serviceAccountId: 'sa-abc123',
        primary: member('env-c', 'lkc-ccccc'),
        secondary: member('env-d', 'lkc-ddddd'),
        ...props,
      });

    test('with the role on subjects that members of one environment share', () => {
      const roles = addresses(
        (scope) => addPair(scope, { primary: member('env-a', 'lkc-a'), secondary: member('env-a', 'lkc-b') }),
        'confluent_role_binding',
      );
      expect(roles).toHaveLength(5);
      expect(shared(roles)).toEqual([expect.stringMatching(/^shared-SubjectRole-sa-abc123-env-a-/)]);
    });

    test.each([
      ['by its id', () => ClusterSource.existing('lkc-aaaaa')],
      ['as the other pair reads it', (pair: ConfluentClusterPair) => ClusterSource.existing(pair.primary.clusterId)],
    ])('with those that two pairs share on a cluster, named %s', (_, source) => {
      const build = (scope: Construct) => {
        const pair = addPair(scope);
        other(scope, { primary: { environmentId: 'env-a', cluster: source(pair) } });
      };
      expect(shared(addresses(build, 'confluent_role_binding'))).toHaveLength(3);
      expect(addresses(build, 'confluent_role_binding')).toHaveLength(9);
      expect(shared(addresses(build, 'confluent_kafka_acl'))).toHaveLength(4);
      expect(addresses(build, 'confluent_kafka_acl')).toHaveLength(12);
    });

    test('under the addresses of their own constructs where nobody shares them', () => {
      const alone = (id: string, names: string[]) => names.filter((name) => name.startsWith(`${id}_`));
      for (const type of ['confluent_role_binding', 'confluent_kafka_acl']) {
        const names = addresses((scope) => [addPair(scope), other(scope)], type);
        expect(alone('Pair', names)).toEqual(addresses((scope) => addPair(scope), type));
        expect(shared(names)).toEqual([]);
      }
      const otherAccount = (scope: Construct) => [
        addPair(scope),
        other(scope, { serviceAccountId: 'sa-other1', primary: member('env-a', 'lkc-aaaaa') }),
      ];
      expect(shared(addresses(otherAccount, 'confluent_role_binding'))).toEqual([]);
    });

    test('leaving it to the plan where variables name the environments', () => {
      const stack = stackOf((scope) => {
        const variable = (name: string) => new TerraformVariable(scope, name, { type: 'string' }).stringValue;
        addPair(scope, {
          primary: member(variable('a'), 'lkc-a'),
          secondary: member(variable('b'), 'lkc-b'),
        });
      });
      const roles = Object.values(synthesize(stack).resource.confluent_role_binding);
      expect(roles.flatMap(({ count }) => count ?? [])).toEqual(['${(var.a == var.b) ? 0 : 1}']);
    });

    test('and none where they exist already', () => {
      const { resource, removed } = synthesize(pairWith({ roles: ServiceAccountRoles.existing() }));
      expect(resource).not.toHaveProperty('confluent_role_binding');
      expect(removed!.map(({ from }) => from).sort()).toEqual(
        addresses((scope) => addPair(scope), 'confluent_role_binding').map((name) => `confluent_role_binding.${name}`),
      );
      for (const key of Object.values(resource.confluent_api_key)) {
        expect(key.depends_on).toEqual([]);
      }
      const secondary = { ...member('env-b', 'lkc-bbbbb'), roles: ServiceAccountRoles.existing() };
      expect(all({ secondary }, 'confluent_role_binding')).toHaveLength(3);
    });
  });

  describe('reaches a member by other endpoints than its own', () => {
    const endpoints = { accessPointId: 'ap-abc123', privateRegistryRegion: 'westeurope' };
    const primary = { environmentId: 'env-a', cluster: ClusterSource.existing('lkc-aaaaa'), ...endpoints };
    const synthesized = () =>
      synthesize(
        stackOf((scope) => {
          const pair = addPair(scope, { primary });
          new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'dr' });
          new BidirectionalSchemaLink(scope, 'Schemas', { pair });
        }),
      ) as Synthesized & { readonly locals: Record<string, string> };

    test('those of an access point and of a private registry, which must be there', () => {
      const { locals, data } = synthesized();
      const [[name, cluster], [, registry]] = ['confluent_kafka_cluster', 'confluent_schema_registry_cluster'].map(
        (type) => Object.entries(data[type]).find(([, { lifecycle }]) => lifecycle !== undefined)!,
      );
      const found = Object.values(locals);
      expect(found).toContain(
        `\${one([for endpoint in data.confluent_kafka_cluster.${name}.endpoints : ` +
          'endpoint.rest_endpoint if endpoint.access_point_id == "ap-abc123"])}',
      );
      expect(found).toHaveLength(3);
      for (const { lifecycle } of [cluster, registry]) {
        const { postcondition } = lifecycle as { postcondition: { error_message: string }[] };
        expect(postcondition[0].error_message).toMatch(/^primary[.](accessPointId|privateRegistryRegion): received/);
      }
    });

    test('for what Terraform makes there, while the other cluster’s link goes to its own', () => {
      const { resource, data } = synthesized();
      const links = Object.entries(resource.confluent_cluster_link);
      const endOf = (side: string, end: string) =>
        links.find(([name]) => name.includes(side))![1][end] as { rest_endpoint: string; bootstrap_endpoint: string };
      expect(endOf('OnPrimary', 'local_kafka_cluster').rest_endpoint).toMatch(/^[$][{]local[.]/);
      const own = Object.entries(data.confluent_kafka_cluster).find(([, { id }]) => id === 'lkc-aaaaa')![0];
      expect(endOf('OnSecondary', 'remote_kafka_cluster').bootstrap_endpoint).toBe(
        `\${data.confluent_kafka_cluster.${own}.bootstrap_endpoint}`,
      );
      const acls = Object.values(resource.confluent_kafka_acl).map((acl) => String(acl.rest_endpoint));
      expect(acls.filter((endpoint) => endpoint.startsWith('${local.'))).toHaveLength(acls.length / 2);
      const exporters = Object.values(resource.confluent_schema_exporter);
      const registries = exporters.flatMap((exporter) => [
        exporter.rest_endpoint,
        (exporter.destination_schema_registry_cluster as { rest_endpoint: string }).rest_endpoint,
      ]);
      expect(registries.filter((endpoint) => String(endpoint).startsWith('${local.'))).toHaveLength(2);
    });

    test('and refuses ids and regions that are none', () => {
      const complaint = complaintsOf(
        pairWith({ primary: { ...primary, accessPointId: 'n-1', privateRegistryRegion: 'West Europe' } }),
      );
      expect(complaint).toContain("primary.accessPointId: received 'n-1'");
      expect(complaint).toContain("primary.privateRegistryRegion: received 'West Europe'");
    });
  });

  describe('has keys', () => {
    const secret = (name: string) => (scope: Construct) =>
      new TerraformVariable(scope, name, { type: 'string', sensitive: true }).stringValue;
    const handed = (scope: Construct, more: object = {}) => {
      const kafka = { key: 'KAFKAKEY', secret: secret('kafka')(scope) };
      const cluster = ClusterSource.existing('lkc-aaaaa');
      const keys = ApiKeys.existing(kafka, { key: 'SRKEY', secret: secret('sr')(scope) });
      return addPair(scope, { primary: { environmentId: 'env-a', cluster, keys, ...more } });
    };

    test('that are waited for unless told otherwise', () => {
      const waits = (props: Partial<ConfluentClusterPairProps>) =>
        all(props, 'confluent_api_key').map((key) => key.disable_wait_for_ready);
      expect(waits({})).toEqual([undefined, undefined, undefined, undefined]);
      expect(waits({ keys: ApiKeys.managedWithoutWaiting() })).toEqual([true, true, true, true]);
    });

    test('that were made elsewhere, for one member; ACLs then come after the roles themselves', () => {
      const { resource, removed } = synthesize(stackOf(handed));
      expect(Object.keys(resource.confluent_api_key)).toHaveLength(2);
      expect(removed).toHaveLength(2);
      const [ofPrimary, ofSecondary] = ['lkc-aaaaa', 'lkc-bbbbb'].map((id) => {
        const { data } = synthesize(stackOf(handed));
        const [name] = Object.entries(data.confluent_kafka_cluster).find(([, cluster]) => cluster.id === id)!;
        return Object.values(resource.confluent_kafka_acl).filter(({ kafka_cluster: of }) =>
          JSON.stringify(of).includes(name),
        );
      });
      for (const acl of ofPrimary) {
        expect(acl.credentials).toEqual({ key: 'KAFKAKEY', secret: '${var.kafka}' });
        expect(acl.depends_on).toHaveLength(2);
      }
      ofSecondary.forEach((acl) => expect(acl).not.toHaveProperty('depends_on'));
      expect([ofPrimary.length, ofSecondary.length]).toEqual([4, 4]);
    });

    test('one for Kafka on both clusters, after the roles on both, and one for each registry', () => {
      const { resource } = synthesize(pairWith({ keys: ApiKeys.globalKey() }));
      const keys = Object.entries(resource.confluent_api_key);
      const global = keys.filter(([, { managed_resource: of }]) => (of as { kind: string }).kind === 'Global');
      expect([keys.length, global.length]).toEqual([3, 1]);
      const [name, key] = global[0];
      expect(key).toMatchObject({
        managed_resource: { id: 'global', api_version: 'global/v1', kind: 'Global' },
        lifecycle: { create_before_destroy: true },
      });
      expect(key.managed_resource).not.toHaveProperty('environment');
      expect(key.depends_on).toHaveLength(4);
      for (const acl of Object.values(resource.confluent_kafka_acl)) {
        expect(acl.credentials).toHaveProperty('key', `\${confluent_api_key.${name}.id}`);
      }
      const pair = new ConfluentClusterPair(pairWith(), 'Other', {
        serviceAccountId: 'sa-abc123',
        keys: ApiKeys.globalKey(),
        primary: { environmentId: 'env-c', cluster: ClusterSource.existing('lkc-c') },
        secondary: { environmentId: 'env-d', cluster: ClusterSource.existing('lkc-d') },
      });
      expect(pair.primaryResources.kafkaKey).toBe(pair.secondaryResources.kafkaKey);
    });

    const of = (more: object) => ({ environmentId: 'env-a', cluster: ClusterSource.existing('lkc-aaaaa'), ...more });
    test.each<[string, (scope: Construct) => unknown, string]>([
      [
        'a global one where a member has an account of its own',
        (scope) => addPair(scope, { keys: ApiKeys.globalKey(), primary: of({ serviceAccountId: 'sa-x' }) }),
        'primary.serviceAccountId: received',
      ],
      [
        'a global one where a member has keys of its own',
        (scope) => addPair(scope, { keys: ApiKeys.globalKey(), primary: of({ keys: ApiKeys.managed() }) }),
        'primary.keys: received',
      ],
      [
        'a global one of a member',
        (scope) => addPair(scope, { primary: of({ keys: ApiKeys.globalKey() }) }),
        "primary.keys: received 'ApiKeys.globalKey'",
      ],
      [
        'keys of both from elsewhere',
        (scope) => {
          const credentials = { key: 'A', secret: secret('s')(scope) };
          addPair(scope, { keys: ApiKeys.existing(credentials, credentials) });
        },
        "keys: received 'ApiKeys.existing'",
      ],
      [
        'a secret that would be written down',
        (scope) => {
          const keys = ApiKeys.existing({ key: 'A', secret: 'plain' }, { key: 'B', secret: 'plain' });
          addPair(scope, { primary: of({ keys }) });
        },
        "primary.keys.kafka.secret: received '(hidden)'",
      ],
      [
        'a key that is none',
        (scope) => {
          const keys = ApiKeys.existing(
            { key: ' ', secret: secret('s')(scope) },
            { key: 'B', secret: secret('t')(scope) },
          );
          addPair(scope, { primary: of({ keys }) });
        },
        "primary.keys.kafka.key: received ' '",
      ],
      [
        'what is none',
        (scope) => addPair(scope, { keys: 'global' as never }),
        "keys: received 'global', allowed: ApiKeys",
      ],
    ])('and refuses %s', (_what, build, complaint) => {
      expect(complaintsOf(stackOf((scope) => void build(scope)))).toContain(complaint);
    });

    test('which ACL sync leaves alone: filters for the account are refused', () => {
      const complaint = complaintsOf(
        stackOf((scope) => {
          const pair = addPair(scope, { keys: ApiKeys.globalKey() });
          const aclSync = AclSync.ofPrincipals(['User:sa-abc123']);
          new BidirectionalClusterLink(scope, 'Link', { pair, linkName: 'dr', aclSync });
        }),
      );
      expect(complaint).toContain('aclSync');
    });
  });

  test('makes a key for Kafka and one for the registry on each member, new ones before the old ones go', () => {
    const keys = all({}, 'confluent_api_key');
    expect(keys).toHaveLength(4);
    for (const key of keys) {
      expect(key).toMatchObject({
        lifecycle: { create_before_destroy: true },
        depends_on: expect.anything() as unknown,
      });
    }
  });

  test('allows on both members what a reversal needs', () => {
    const entries = all({ linkTopics: [TopicPattern.prefixed('orders.')] }, 'confluent_kafka_acl').map(
      ({ resource_type, resource_name, pattern_type, operation }) =>
        [resource_type, resource_name, pattern_type, operation].join(' '),
    );
    const expected = [
      'CLUSTER kafka-cluster LITERAL ALTER',
      'CLUSTER kafka-cluster LITERAL DESCRIBE',
      'TOPIC orders. PREFIXED DESCRIBE_CONFIGS',
      'TOPIC orders. PREFIXED READ',
    ];
    expect(entries.sort()).toEqual([...expected, ...expected].sort());
  });

  test('reads a shared service account once, different ones each', () => {
    expect(Object.keys(synthesize(pairWith()).data.confluent_service_account)).toHaveLength(1);
    const { data } = synthesize(
      pairWith({
        serviceAccountId: undefined,
        primary: { environmentId: 'env-a', cluster: ClusterSource.existing('lkc-a'), serviceAccountId: 'sa-1' },
        secondary: { environmentId: 'env-b', cluster: ClusterSource.existing('lkc-b'), serviceAccountId: 'sa-2' },
      }),
    );
    expect(
      Object.values(data.confluent_service_account)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['sa-1', 'sa-2']);
  });

  test('grants producing and consuming on both members, and the same grant once', () => {
    const stack = stackOf((scope) => {
      const pair = addPair(scope, { linkTopics: [] });
      pair.grantProduce('User:sa-p', TopicPattern.literal('orders'));
      pair.grantProduce('User:sa-p', TopicPattern.literal('orders'));
      pair.grantConsume('User:sa-c', TopicPattern.literal('orders'), 'billing-*');
    });
    const acls = Object.values(synthesize(stack).resource.confluent_kafka_acl).filter(
      ({ principal }) => principal === 'User:sa-p' || principal === 'User:sa-c',
    );
    expect(acls).toHaveLength(2 * (3 + 3));
    expect(acls).toContainEqual(
      expect.objectContaining({ resource_type: 'GROUP', resource_name: 'billing-', pattern_type: 'PREFIXED' }),
    );
  });

  test.each(['User:*', 'User:u-abc123', 'User:pool-aB1', 'User:123456'])('grants to %s', (principal) => {
    const stack = stackOf((scope) => addPair(scope).grantProduce(principal, TopicPattern.literal('orders')));
    const granted = Object.values(synthesize(stack).resource.confluent_kafka_acl).filter(
      (acl) => acl.principal === principal,
    );
    expect(granted.map(({ operation }) => operation).sort()).toEqual([
      ...['DESCRIBE', 'DESCRIBE'],
      ...['IDEMPOTENT_WRITE', 'IDEMPOTENT_WRITE'],
      ...['WRITE', 'WRITE'],
    ]);
  });

  test('grants to a service account of the same stack, and keeps groups apart that look alike', () => {
    const stack = stackOf((scope) => {
      const pair = addPair(scope, { linkTopics: [] });
      const account = new TerraformVariable(scope, 'account', { type: 'string' });
      pair.grantProduce(`User:${account.stringValue}`, TopicPattern.all());
      pair.grantConsume('User:sa-c', TopicPattern.all(), 'g/h');
      pair.grantConsume('User:sa-c', TopicPattern.all(), 'g-h');
    });
    const groups = Object.values(synthesize(stack).resource.confluent_kafka_acl)
      .filter(({ resource_type }) => resource_type === 'GROUP')
      .map(({ resource_name }) => resource_name);
    expect(groups.sort()).toEqual(['g-h', 'g-h', 'g/h', 'g/h']);
  });

  test('puts a local value between a created cluster and its reading, and no condition on it', () => {
    const primary = { environmentId: 'env-a', cluster: ClusterSource.dedicated({ region: 'westeurope' }) };
    for (const cluster of Object.values(synthesize(pairWith({ primary })).data.confluent_kafka_cluster)) {
      expect(cluster.id).toMatch(/^\$\{local\.|^lkc-/);
      expect(cluster).not.toHaveProperty('lifecycle');
    }
  });

  test('gives no secret but as a reference', () => {
    const stack = pairWith();
    expect(hclOf(stack)).not.toMatch(/secret\s*=\s*"[^$]/);
    expect(hclOf(stack)).toMatch(/secret\s*=\s*"\$\{confluent_api_key/);
  });

  test('as HCL', () => {
    expect(hclOf(pairWith())).toMatchSnapshot();
  });
});

describe('the region of a cluster', () => {
  const created = (region: string, other = 'northeurope') =>
    stackOf((scope) =>
      addPair(scope, {
        primary: { environmentId: 'env-a', cluster: ClusterSource.dedicated({ region }) },
        secondary: { environmentId: 'env-b', cluster: ClusterSource.dedicated({ region: other }) },
      }),
    );
  const clusterOf = (stack: ReturnType<typeof created>) =>
    Object.values(synthesize(stack).resource.confluent_kafka_cluster)[0];
  const warningsOf = (stack: ReturnType<typeof created>) =>
    stack.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => /warn/i.test(type)));

  test('reaches Confluent in the one spelling that it takes', () => {
    expect(clusterOf(created('West Europe')).region).toBe('westeurope');
    expect(clusterOf(created('westeurope')).region).toBe('westeurope');
  });

  test('is spelt and held against the known ones by the plan, where only Terraform knows it', () => {
    const stack = stackOf((scope) => {
      const region = new TerraformVariable(scope, 'region', { type: 'string' }).stringValue;
      addPair(scope, { primary: { environmentId: 'env-a', cluster: ClusterSource.dedicated({ region }) } });
    });
    expect(clusterOf(stack)).toMatchObject({
      region: '${lower(replace(var.region, " ", ""))}',
      lifecycle: {
        precondition: [{ error_message: expect.stringContaining("region: received '${var.region}'") as string }],
      },
    });
  });

  test('is warned of where both clusters are in it', () => {
    expect(warningsOf(created('West Europe', 'westeurope')).map(({ data }) => String(data))).toEqual([
      expect.stringContaining('Both clusters are to be in westeurope: losing it takes both.'),
    ]);
    expect(warningsOf(created('westeurope', 'northeurope'))).toEqual([]);
  });
});

describe('ConfluentClusterPair refuses', () => {
  const member = (cluster: ClusterSource, environmentId = 'env-a') => ({ environmentId, cluster });
  const existing = member(ClusterSource.existing('lkc-bbbbb'));
  const cases: [string, Partial<ConfluentClusterPairProps>, string][] = [
    ['a service account of another kind', { serviceAccountId: 'u-1' }, "serviceAccountId: received 'u-1'"],
    [
      'a word for the roles',
      { roles: 'existing' as unknown as ServiceAccountRoles },
      "roles: received 'existing', allowed: ServiceAccountRoles",
    ],
    ['no service account', { serviceAccountId: undefined }, 'primary.serviceAccountId: received nothing'],
    [
      'an environment name',
      { primary: member(ClusterSource.existing('lkc-a'), 'dev') },
      "primary.environmentId: received 'dev'",
    ],
    [
      'a cluster name',
      { primary: member(ClusterSource.existing('my-cluster')) },
      "primary.cluster.clusterId: received 'my-cluster'",
    ],
    [
      'one cluster for both',
      { primary: existing },
      "secondary.cluster.clusterId: received 'lkc-bbbbb', allowed: another",
    ],
    [
      'HIGH with one CKU',
      {
        primary: member(
          ClusterSource.dedicated({ region: 'westeurope', cku: 1, availability: ClusterAvailability.HIGH }),
        ),
      },
      'primary.cluster.cku: received 1, allowed: a whole number of at least 2 with availability HIGH',
    ],
    [
      'half a CKU',
      { primary: member(ClusterSource.dedicated({ region: 'westeurope', cku: 1.5 })) },
      'primary.cluster.cku: received 1.5',
    ],
    [
      'a region with a slash',
      { primary: member(ClusterSource.dedicated({ region: 'west/europe' })) },
      "primary.cluster.region: received 'west/europe'",
    ],
    [
      'a network of another kind',
      { primary: member(ClusterSource.dedicated({ region: 'westeurope', networkId: 'vnet-1' })) },
      "primary.cluster.networkId: received 'vnet-1'",
    ],
    [
      'no environment',
      { primary: { environmentId: undefined as unknown as string, cluster: ClusterSource.existing('lkc-a') } },
      'primary.environmentId: received nothing',
    ],
    [
      'no cluster id',
      { primary: member(ClusterSource.existing(undefined as unknown as string)) },
      'primary.cluster.clusterId: received nothing',
    ],
    [
      'a region that is nearly one',
      { primary: member(ClusterSource.dedicated({ region: 'westeuropa' })) },
      "primary.cluster.region: received 'westeuropa', allowed: a region of Azure such as westeurope. Did you mean 'westeurope'?",
    ],
    [
      'a prefix that is a wildcard',
      { linkTopics: [TopicPattern.prefixed('*')] },
      "linkTopics[0]: received '*', allowed: the beginning of topic names, without a * behind it",
    ],
    ['a prefix with a wildcard', { linkTopics: [TopicPattern.prefixed('a*')] }, "linkTopics[0]: received 'a*'"],
    ['an odd topic', { linkTopics: [TopicPattern.literal('a b')] }, "linkTopics[0]: received 'a b'"],
  ];
  test.each(cases)('%s', (_name, props, message) => {
    const complaints = complaintsOf(pairWith(props));
    expect(complaints).toContain('[test/Pair] ');
    expect(complaints).toContain(message);
  });

  test.each(['**', 'a*b', '*-group', ''])('the group %j', (group) => {
    const stack = stackOf((scope) => addPair(scope).grantConsume('User:sa-c', TopicPattern.all(), group));
    expect(complaintsOf(stack)).toContain(`consumerGroup: received '${group}', allowed: the name of a group`);
  });

  test('an id for a cluster, at once', () => {
    const primary = { environmentId: 'env-a', cluster: 'lkc-a' as unknown as ClusterSource };
    expect(() => pairWith({ primary })).toThrow(
      "[test/Pair] primary.cluster: received 'lkc-a', allowed: a ClusterSource",
    );
  });

  test('a group without a name', () => {
    const stack = stackOf((scope) => addPair(scope).grantConsume('User:sa-c', TopicPattern.all(), ''));
    expect(complaintsOf(stack)).toContain("consumerGroup: received '', allowed: the name of a group");
  });

  test('everything that is wrong at once', () => {
    const complaints = complaintsOf(
      pairWith({ serviceAccountId: 'u-1', primary: member(ClusterSource.existing('my-cluster'), 'dev') }),
    );
    expect(complaints?.match(/\[test\/Pair\]/g)).toHaveLength(3);
  });
});
