// JavaScript has no types to hold its callers to, and that is part of what is tried here.
/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-return */
import { Fn, TerraformLocal, TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  AclSync,
  BidirectionalClusterLink,
  BidirectionalSchemaLink,
  ClusterAvailability,
  ClusterSource,
  Duration,
  ExportContext,
  type NginxFailoverProxyProps,
  Outage,
  ProxiedCluster,
  ProxyAdmin,
  RunbookOutput,
  TopicPattern,
} from '../../lib';
import { addPair, addProxy, PRIMARY, PUBLIC_KEY } from '../support/fixtures';
import { complaintsOf, stackOf, synthesize, wholeText } from '../support/synth';

/** Values that only Terraform knows, where the code has to say it, and where it need not. */

const text = (scope: Construct) => new TerraformVariable(scope, 'text', { type: 'string' }).stringValue as any;
const map = (scope: Construct) => new TerraformVariable(scope, 'map', { type: 'map(string)' }).value;
const number = (scope: Construct) => new TerraformVariable(scope, 'number', { type: 'number' }).numberValue;

const existing = { environmentId: 'env-a', cluster: ClusterSource.existing('lkc-aaaaa') };
const linkIn = (scope: Construct, props: object = {}) =>
  new BidirectionalClusterLink(scope, 'Link', { pair: addPair(scope), linkName: 'dr', ...props });

const saidOf = (build: (scope: Construct) => unknown): string | undefined => {
  try {
    return complaintsOf(stackOf(build));
  } catch (error) {
    return (error as Error).message;
  }
};

describe('an expression is refused in the place of', () => {
  test.each<[string, (scope: Construct) => unknown]>([
    [
      'primaryToSecondary.context',
      (scope) =>
        new BidirectionalSchemaLink(scope, 'Schemas', {
          pair: addPair(scope),
          primaryToSecondary: { exporterName: 'e', context: text(scope) },
        }),
    ],
    ['outage.inManner', (scope) => addProxy(scope, { outage: Outage.of(PRIMARY).inManner(text(scope)) })],
    ['outage.forAtMost', (scope) => addProxy(scope, { outage: Outage.of(PRIMARY).forAtMost(text(scope)) })],
    ['outage', (scope) => addProxy(scope, { outage: Outage.of(text(scope)) })],
    ['keys', (scope) => addPair(scope, { keys: text(scope) })],
    ['primary.keys', (scope) => addPair(scope, { primary: { ...existing, keys: text(scope) } })],
    ['roles', (scope) => addPair(scope, { roles: text(scope) })],
    [
      'primary.cluster.availability',
      (scope) => {
        const cluster = ClusterSource.dedicated({ region: 'westeurope', availability: text(scope) });
        addPair(scope, { primary: { environmentId: 'env-a', cluster } });
      },
    ],
    [
      'aclSync.filters[0].resourceType',
      (scope) => linkIn(scope, { aclSync: AclSync.of([{ principal: 'User:sa-b', resourceType: text(scope) }]) }),
    ],
    ["topic 'orders'.source", (scope) => linkIn(scope).mirrorExistingTopic('orders', text(scope))],
    ["topic 'orders'.config", (scope) => linkIn(scope).mirrorTopic('orders', { config: map(scope) })],
    [
      "topic 'orders'.config",
      (scope) => linkIn(scope).mirrorTopic('orders', { config: Fn.merge([map(scope), { 'retention.ms': '1' }]) }),
    ],
    ['settings', (scope) => linkIn(scope, { settings: map(scope) })],
    ['settings', (scope) => linkIn(scope, { settings: Fn.merge([map(scope)]) })],
    ['primary.clusterName', (scope) => addPair(scope, { primary: { ...existing, clusterName: text(scope) } })],
    [
      'clusters[0].clusterName',
      (scope) => {
        const bootstrapEndpoint = 'pkc-3.westeurope.azure.confluent.cloud';
        addProxy(scope, { clusters: [ProxiedCluster.fromEndpoints(text(scope), { bootstrapEndpoint })] });
      },
    ],
  ])('%s', (property, build) => {
    expect(saidOf(build)).toContain(`] ${property}: received 'a Terraform expression', allowed: `);
  });

  test.each<[string, Partial<NginxFailoverProxyProps>]>([
    ['capacity', { capacity: text(stackOf(() => undefined)) }],
    ['image', { image: text(stackOf(() => undefined)) }],
  ])('%s, whose properties are read at synth', (property, props) => {
    expect(saidOf((scope) => addProxy(scope, props))).toContain(
      `${property}: received 'an object that only Terraform knows', allowed: an object with properties, written in code`,
    );
  });
});

describe('tags that only Terraform knows', () => {
  const tagsOf = (tags: (scope: Construct) => any) => {
    const stack = stackOf((scope) => addProxy(scope, { tags: tags(scope) }));
    return Object.values(synthesize(stack).resource.azurerm_resource_group)[0].tags;
  };

  test('are those of a variable, of a local value, and of a function of both', () => {
    expect(tagsOf(map)).toBe('${var.map}');
    expect(tagsOf((scope) => new TerraformLocal(scope, 'local', { a: 'b' }).expression)).toBe('${local.local}');
    expect(tagsOf((scope) => Fn.merge([map(scope), { team: 'streaming' }]))).toBe(
      '${merge(var.map, {"team" = "streaming"})}',
    );
  });

  test('are no list, neither as a whole nor within', () => {
    const list = (scope: Construct) => new TerraformVariable(scope, 'list', { type: 'list(string)' }).listValue as any;
    expect(saidOf((scope) => addProxy(scope, { tags: list(scope) }))).toContain(
      "tags: received 'a list', allowed: texts",
    );
    expect(saidOf((scope) => addProxy(scope, { tags: { a: list(scope) } }))).toContain(
      'tags: received {"a":["#{TfToken',
    );
  });
});

describe('numbers of capacity that only Terraform knows', () => {
  const commandBeside = (others: number, capacity: (scope: Construct) => object) => {
    const stack = stackOf((scope) => {
      for (let index = 0; index < others; index++) {
        expect(new TerraformVariable(scope, `v${index}`, { type: 'number' }).numberValue).toBeLessThan(-1e280);
      }
      addProxy(scope, { capacity: capacity(scope) });
    });
    const [command] = Object.values(synthesize(stack).resource.azurerm_virtual_machine_run_command);
    return { name: command.name, script: wholeText((command.source as { script: string }).script) };
  };

  test('leave the run command as it is, whatever else is in the stack', () => {
    const capacity = (scope: Construct) => ({ sessionsPerClient: number(scope) });
    expect(commandBeside(7, capacity)).toEqual(commandBeside(0, capacity));
    expect(commandBeside(0, capacity).script).toContain('limit_conn clients ${var.number};');
  });

  test('of connections make Terraform reckon the files', () => {
    const { script } = commandBeside(0, (scope) => ({ workerConnections: number(scope) }));
    expect(script).toContain('\nworker_rlimit_nofile ${min((var.number * 4), 1048576)};\n');
    expect(script).toContain('    worker_connections ${var.number};\n');
    expect(script).not.toMatch(/e\+\d\d/);
  });
});

test('what untyped code has of numbers, lists and records is told like all else', () => {
  const circle: Record<string, unknown> = {};
  circle.itself = circle;
  for (const [received, told] of [
    [10n, '10n'],
    [{ a: 10n }, '{"a":"10n"}'],
    [circle, 'an object that leads to itself'],
  ] as const) {
    expect(saidOf((scope) => addPair(scope, { keys: received as any }))).toContain(`] keys: received ${told}, `);
  }
});

test.each<[string, any]>([
  ['a promise that was not waited for', Promise.resolve({ team: 'streaming' })],
  ['a set', new Set(['team'])],
  ['a day', new Date(0)],
  ['a pattern', /a/],
])('%s is no record, in which nothing would be found', (_what, value) => {
  expect(saidOf((scope) => addProxy(scope, { tags: value }))).toContain('tags: received ');
  expect(saidOf((scope) => addProxy(scope, { capacity: value }))).toContain('capacity: received ');
  expect(saidOf((scope) => linkIn(scope, { settings: value }))).toContain('settings: received ');
});

describe('what only Terraform knows is held to the same rules by the plan', () => {
  type Lifecycle = { readonly precondition?: { readonly condition: string; readonly error_message: string }[] };

  /** What each plan is to judge of what `build` makes: by the type of the resource, and what it tells. */
  const refusals = (build: (scope: Construct) => unknown) => {
    const { resource, data, output } = synthesize(stackOf(build));
    const of = (blocks: Record<string, Record<string, unknown>>) =>
      Object.entries(blocks).flatMap(([type, all]) =>
        Object.values(all).map((block) => [type, (block as { lifecycle?: Lifecycle }).lifecycle] as const),
      );
    return [...of(resource), ...of(data ?? {}), ...Object.entries((output ?? {}) as Record<string, Lifecycle>)].flatMap(
      ([type, lifecycle]) =>
        (lifecycle?.precondition ?? []).map(({ condition, error_message: message }) => [type, condition, message]),
    );
  };
  const told = (type: string, property: string, condition = 'can(regex("'): unknown => [
    type,
    expect.stringContaining(condition),
    expect.stringMatching(new RegExp(`^${property}: received .*, allowed: `)),
  ];
  const list = (scope: Construct) => new TerraformVariable(scope, 'list', { type: 'list(string)' }).listValue;
  const GROUP = 'azurerm_network_security_group';
  const LINK = 'confluent_cluster_link';
  const ENVIRONMENT = 'confluent_environment';
  const EXPORTER = 'confluent_schema_exporter';

  test.each<[string, (scope: Construct) => unknown, unknown[]]>([
    ['a topic', (scope) => linkIn(scope).mirrorTopic(text(scope)), [told(LINK, 'text')]],
    [
      'a topic of a text and a variable',
      (scope) => linkIn(scope).mirrorExistingTopic(`bad name ${text(scope)}`),
      [told(LINK, '.*topicName', 'join("", ["bad name ${var.text}"])')],
    ],
    [
      'partitions',
      (scope) => linkIn(scope).mirrorTopic('orders', { partitions: number(scope) }),
      [told(LINK, 'number', 'var.number == null || try(var.number >= 1 && var.number <= 100000')],
    ],
    ['the name of a link', (scope) => linkIn(scope, { linkName: text(scope) }), [told(LINK, 'text')]],
    [
      'a principal and a time',
      (scope) => linkIn(scope, { aclSync: AclSync.ofPrincipals([text(scope)]), topicConfigSyncMs: number(scope) }),
      [told(LINK, 'text'), told(LINK, 'number', '>= 1000')],
    ],
    [
      'an exporter, its context and its subjects',
      (scope) => {
        const primaryToSecondary = {
          exporterName: text(scope),
          context: ExportContext.custom(Fn.lower(new TerraformVariable(scope, 'context', {}).stringValue)),
          subjects: list(scope),
        };
        new BidirectionalSchemaLink(scope, 'Schemas', { pair: addPair(scope), primaryToSecondary });
      },
      [
        told(EXPORTER, 'text'),
        told(EXPORTER, 'primaryToSecondary.context'),
        told(EXPORTER, 'list', 'alltrue([for text in var.list : can(regex('),
      ],
    ],
    [
      'the size of a cluster in several zones',
      (scope) => {
        const availability = ClusterAvailability.HIGH;
        const cluster = ClusterSource.dedicated({ region: 'westeurope', availability, cku: number(scope) });
        addPair(scope, { primary: { environmentId: 'env-a', cluster } });
      },
      [told(ENVIRONMENT, 'number', 'var.number >= 2')],
    ],
    [
      'an environment and an account',
      (scope) =>
        addPair(scope, {
          primary: { ...existing, environmentId: text(scope) },
          serviceAccountId: new TerraformVariable(scope, 'account', {}).stringValue,
        }),
      [told(ENVIRONMENT, 'account'), told(ENVIRONMENT, 'text')],
    ],
    [
      'a consumer group',
      (scope) => addPair(scope).grantConsume('User:sa-b', TopicPattern.all(), text(scope)),
      [told(ENVIRONMENT, 'text')],
    ],
    [
      'DNS servers, of which each is a variable or all are one',
      (scope) => addProxy(scope, { resolvers: ['10.0.0.53', text(scope)] }),
      [told(GROUP, 'text')],
    ],
    ['DNS servers', (scope) => addProxy(scope, { resolvers: list(scope) }), [told(GROUP, 'list', 'alltrue(')]],
    [
      'ranges of the network',
      (scope) => addProxy(scope, { addressSpace: text(scope) }),
      [told(GROUP, 'text', 'cidrhost(var.text, 0)')],
    ],
    [
      'names and ids of the proxy',
      (scope) =>
        addProxy(scope, {
          namePrefix: text(scope),
          subnetId: new TerraformVariable(scope, 'subnet', {}).stringValue,
          admin: ProxyAdmin.sshKey(new TerraformVariable(scope, 'user', {}).stringValue, PUBLIC_KEY),
        }),
      ['text', 'user', 'subnet'].map((name) => told(GROUP, name)),
    ],
    [
      'how long an outage lasts',
      (scope) => addProxy(scope, { outage: Outage.of(PRIMARY).forAtMost(Duration.seconds(number(scope))) }),
      [told(GROUP, 'number', 'var.number >= 60 && var.number <= 604800 && floor(var.number) == var.number')],
    ],
    [
      'how long it lasts, reckoned from minutes',
      (scope) => addProxy(scope, { outage: Outage.of(PRIMARY).forAtMost(Duration.minutes(number(scope))) }),
      [told(GROUP, 'outage.forAtMost', '(var.number * 60) >= 60 && (var.number * 60) <= 604800')],
    ],
    [
      'how many sessions a client may have',
      (scope) => addProxy(scope, { capacity: { sessionsPerClient: number(scope) } }),
      [told(GROUP, 'number', 'var.number >= 1 && var.number <= 1000000')],
    ],
    [
      'topics and exporters that the tool is told',
      (scope) => {
        const link = linkIn(scope);
        new RunbookOutput(scope, 'R', { pair: link.pair, link, topics: list(scope), primaryExporterName: text(scope) });
      },
      [told('runbook', 'list', 'alltrue('), told('runbook', 'text')],
    ],
  ])('%s', (_what, build, expected) => {
    expect(refusals(build)).toEqual(expected);
  });

  test('and what is known is not judged again', () => {
    const outage = Outage.of(PRIMARY).forAtMost(Duration.hours(2));
    expect(refusals((scope) => addProxy(scope, { outage, capacity: { sessionsPerClient: 100 } }))).toEqual([]);
    expect(refusals((scope) => linkIn(scope).mirrorTopic('orders'))).toEqual([]);
  });
});
