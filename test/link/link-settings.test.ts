import { checkLinkSettings, LINK_SETTINGS } from '../../lib/link/link-settings';
import { Problems } from '../../lib/validation/problems';

const complaintsAbout = (settings: unknown): string[] => {
  const problems = new Problems();
  checkLinkSettings(problems, 'settings', settings);
  return problems.list();
};

const topics = (...filters: unknown[]) => JSON.stringify({ topicFilters: filters });
const orders = { name: 'orders', patternType: 'PREFIXED', filterType: 'INCLUDE' };
const always =
  'cleanup.policy,max.message.bytes,message.timestamp.difference.max.ms,message.timestamp.type,retention.ms';

/** By the setting: values that the service takes, and values that it refuses or does something else with. */
const VALUES: Record<string, [right: string[], wrong: unknown[]]> = {
  'auto.create.mirror.topics.enable': [
    ['true', 'false'],
    ['TRUE', 'yes', '', true, null],
  ],
  'auto.create.mirror.topics.filters': [
    [topics(orders), topics(orders, { ...orders, filterType: 'EXCLUDE' })],
    [
      '{',
      '[]',
      '{}',
      'null',
      topics(),
      topics(null),
      topics({ ...orders, filterType: 'EXCLUDE' }),
      topics({ ...orders, patternType: 'prefixed' }),
      topics({ ...orders, more: 1 }),
      topics({ ...orders, name: '' }),
      JSON.stringify({ topicFilters: [orders], more: 1 }),
      JSON.stringify({ topicFilters: orders }),
      JSON.stringify({ groupFilters: [orders] }),
    ],
  ],
  'cluster.link.prefix': [[], ['dr-', '']],
  'consumer.group.prefix.enable': [['false'], ['true']],
  'mirror.start.offset.spec': [
    ['earliest', 'latest', '2026-01-31T12:00:00Z', '2026-01-31T12:00:00.500+02:00'],
    ['Earliest', 'yesterday', '1769860800000', '2026-13-31T12:00:00Z', '2026-01-31'],
  ],
  'topic.config.sync.include': [
    [always],
    ['retention.ms', `${always},`, `${always}, segment.ms`, `${always},nonsense`],
  ],
};

/** The settings that a property of the link writes. */
const OWNERS = {
  'acl.filters': 'aclSync',
  'acl.sync.enable': 'aclSync',
  'acl.sync.ms': 'aclSync',
  'consumer.offset.group.filters': 'offsetSync',
  'consumer.offset.sync.enable': 'offsetSync',
  'consumer.offset.sync.ms': 'offsetSync',
  'topic.config.sync.ms': 'topicConfigSyncMs',
};

describe('the settings of a link', () => {
  test('are each judged, or written by a property', () => {
    expect([...Object.keys(VALUES), ...Object.keys(OWNERS)].sort()).toEqual([...LINK_SETTINGS].sort());
  });

  for (const [key, [right, wrong]] of Object.entries(VALUES)) {
    for (const value of right) {
      test(`take ${key} = ${value}`, () => {
        expect(complaintsAbout({ [key]: value })).toEqual([]);
      });
    }
    for (const value of wrong) {
      test(`refuse ${key} = ${JSON.stringify(value)}`, () => {
        expect(complaintsAbout({ [key]: value })).toEqual([
          expect.stringMatching(/^settings\['[a-z.]+'\]: received .*, allowed: .+\. .+\.$/),
        ]);
      });
    }
  }

  for (const [key, owner] of Object.entries(OWNERS)) {
    test(`leave ${key} to the property ${owner}`, () => {
      expect(complaintsAbout({ [key]: 'true' })).toEqual([
        `settings['${key}']: received 'true', allowed: the settings auto.create.mirror.topics.enable, ` +
          'auto.create.mirror.topics.filters, cluster.link.prefix, consumer.group.prefix.enable, ' +
          `mirror.start.offset.spec, topic.config.sync.include. The property ${owner} writes this one.`,
      ]);
    });
  }

  test.each(['a=b', ['a'], null, 1])('are no %j', (settings) => {
    expect(complaintsAbout(settings)).toEqual([expect.stringContaining('settings: received ')]);
  });
});
