import { runCommand, synthesizeInto } from '../terraform/support/app';
import { type Configuration, edited } from './support/configuration';
import { Deployment, topic } from './support/deployment';
import { mirrored, pairApp } from './support/pair-app';

jest.setTimeout(900_000);

const mirrorAddress = 'confluent_kafka_mirror_topic.secondary';
const topicAddress = 'confluent_kafka_topic.primary';
const blocked = '-var=cc_failover_primary=true';

interface Rule {
  readonly broken: (configuration: Configuration) => void;
  /** What is changed in the code either way, to see what comes of it. */
  readonly change?: (configuration: Configuration) => void;
  /** What happens, and what is seen afterwards. */
  readonly seen: (drill: Deployment) => Promise<unknown>;
  readonly kept: unknown;
  readonly harm: unknown;
}

const planned = async ({ workspace }: Deployment, ...args: string[]) => (await workspace.plan(...args)).changes();
const replacements = (changes: Record<string, string>) =>
  Object.entries(changes)
    .filter(([, action]) => action === 'replace')
    .map(([address]) => address)
    .sort();

/** Why the library writes what it writes: each rule kept and broken, and what Terraform makes of it. */
const rules: Record<string, Rule> = {
  'a mirror’s status is not in the code': {
    broken: ({ resource }) => {
      Object.assign(resource.confluent_kafka_mirror_topic.secondary, { status: 'ACTIVE', lifecycle: {} });
    },
    seen: async (drill) => {
      await drill.operator.switchOverTo('secondary', topic);
      return planned(drill);
    },
    kept: {},
    harm: { [mirrorAddress]: 'update' },
  },
  'nor is the end of a failover, which would be repeated after the failback': {
    broken: ({ resource }) => {
      Object.assign(resource.confluent_kafka_mirror_topic.secondary, { status: 'PROMOTED', lifecycle: {} });
    },
    seen: async (drill) => {
      await drill.operator.switchOverTo('secondary', topic);
      await drill.operator.switchOverTo('primary', topic);
      await drill.workspace.apply();
      return drill.operator.mirrors('secondary');
    },
    kept: { [topic]: 'ACTIVE' },
    harm: { [topic]: 'STOPPED' },
  },
  'partitions of a topic count at creation only': {
    broken: ({ resource }) => {
      resource.confluent_kafka_topic.primary.lifecycle = { ignore_changes: ['config'] };
    },
    seen: async (drill) => {
      await drill.operator.kafka('primary', 'PATCH', `/topics/${topic}`, { partitions_count: 12 });
      return planned(drill);
    },
    kept: {},
    harm: expect.objectContaining({ [topicAddress]: 'replace' }),
  },
  'settings of a topic count at creation only': {
    broken: ({ resource }) => {
      resource.confluent_kafka_topic.primary.lifecycle = { ignore_changes: ['partitions_count'] };
    },
    change: ({ resource }) => {
      resource.confluent_kafka_topic.primary.config = { 'retention.ms': '604800000' };
    },
    seen: async (drill) => {
      const data = [{ name: 'retention.ms', value: '3600000' }];
      await drill.operator.kafka('primary', 'POST', `/topics/${topic}/configs:alter`, { data });
      return planned(drill);
    },
    kept: {},
    harm: { [topicAddress]: 'update' },
  },
  'no data source waits for a resource, be it one that is only updated': {
    broken: ({ data, resource }) => {
      // Its condition looks at the clusters, which would be a circle.
      delete resource.azurerm_network_security_group.nsg.lifecycle;
      for (const cluster of Object.values(data.confluent_kafka_cluster)) {
        cluster.depends_on = ['azurerm_network_security_group.nsg'];
      }
    },
    seen: async (drill) => replacements(await planned(drill, '-var=client_cidrs=["203.0.113.0/24"]')),
    kept: [],
    harm: expect.arrayContaining([
      'confluent_api_key.cluster-api-key-primary',
      'confluent_cluster_link.default',
      'confluent_cluster_link.reverse',
      mirrorAddress,
    ]),
  },
  'another script is another run command, so that a failed one is repeated': {
    broken: ({ resource }) => {
      resource.azurerm_virtual_machine_run_command.proxy.name = 'confluent-dr-proxy';
    },
    seen: async (drill) => {
      await drill.workspace.apply();
      drill.lab.azure.failRunCommands('exit code 4');
      expect((await drill.tryApply(blocked)).exitCode).toBe(1);
      drill.lab.azure.repairRunCommands();
      return planned(drill, blocked);
    },
    kept: { [runCommand]: 'replace' },
    harm: {},
  },
};

describe('a rule of the default app', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start();
  });

  beforeEach(() => drill.restore());

  afterAll(() => drill.end());

  test.each(Object.keys(rules))('%s: nothing happens while it is kept, harm when it is broken', async (name) => {
    const { broken, change = () => undefined, seen, kept, harm } = rules[name];
    synthesizeInto(drill.workspace, { edit: edited(change) });
    expect(await seen(drill)).toEqual(kept);

    await drill.restore();
    const both = (configuration: Configuration) => {
      change(configuration);
      broken(configuration);
    };
    synthesizeInto(drill.workspace, { edit: edited(both) });
    expect(await seen(drill)).toEqual(harm);
  });
});

describe('a rule that counts from the first apply on', () => {
  const linkIds = async (edit?: (json: string) => string) => {
    const drill = await Deployment.start({
      lab: { timing: { linkDiscoveryMs: 50 } },
      configure: pairApp({ topics: mirrored() }, edit),
    });
    const ids = await drill.lab.cloud.perform(({ clusterLinks }) => [...clusterLinks.keys()]);
    await drill.end();
    return ids;
  };

  test('one link is made after the other: both are sides of one, else two that cannot be reversed', async () => {
    expect(await linkIds()).toHaveLength(1);
    const sideBySide = edited(({ resource }) => {
      for (const link of Object.values(resource.confluent_cluster_link)) {
        link.depends_on = (link.depends_on as string[]).filter((address) => !address.includes('cluster_link'));
      }
      const [onPrimary] = Object.values(resource.confluent_cluster_link).filter(
        (link) => (link.depends_on as string[]).length === 0,
      );
      const [onSecondary] = Object.values(resource.confluent_cluster_link).filter((link) => link !== onPrimary);
      onPrimary.depends_on = onSecondary.depends_on;
    });
    expect(await linkIds(sideBySide)).toHaveLength(2);
  });

  const topicsAfterDestroy = async (edit?: (json: string) => string) => {
    const drill = await Deployment.start({ configure: pairApp({ topics: mirrored('orders') }, edit) });
    await drill.operator.switchOverTo('secondary', 'orders');
    await drill.tryApply('-destroy');
    const topics = await drill.operator.topics('secondary');
    await drill.end();
    return topics;
  };

  test('topics and mirrors are protected: else a destroy while failed over takes production', async () => {
    expect(await topicsAfterDestroy()).toEqual(['orders']);
    const unprotected = edited(({ resource }) => {
      const all = [resource.confluent_kafka_topic, resource.confluent_kafka_mirror_topic, resource.terraform_data];
      all.flatMap((blocks) => Object.values(blocks)).forEach(({ lifecycle }) => delete lifecycle!.prevent_destroy);
    });
    expect(await topicsAfterDestroy(unprotected)).toEqual([]);
  });

  test('topics are instances of a guard: else production is deleted with its line of code', async () => {
    const drill = await Deployment.start({ configure: pairApp({ topics: mirrored('orders') }) });
    await drill.operator.switchOverTo('secondary', 'orders');
    const withoutGuard = edited(({ resource }) => {
      Object.values(resource.terraform_data).forEach(({ lifecycle }) => delete lifecycle!.prevent_destroy);
    });
    pairApp({ topics: mirrored() })(drill.workspace);
    expect((await drill.tryPlan()).errors).toContain('Instance cannot be destroyed');
    pairApp({ topics: mirrored() }, withoutGuard)(drill.workspace);
    const changes = Object.entries(await planned(drill));
    await drill.end();
    expect(changes.filter(([address]) => address.startsWith('confluent_kafka_')).map(([, action]) => action)).toEqual([
      'delete',
      'delete',
    ]);
  });
});
