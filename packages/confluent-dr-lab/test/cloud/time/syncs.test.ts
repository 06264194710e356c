import { addAcl, findAcls, removeAcls } from '../../../src/cloud/kafka/acls';
import { createTopic, deleteTopic, findTopic, growTopic } from '../../../src/cloud/kafka/topics';
import { consume } from '../../../src/cloud/kafka/traffic';
import { linkTasks } from '../../../src/cloud/linking/link-tasks';
import { alterLink } from '../../../src/cloud/linking/links';
import { ModelPair, STEP, TOPIC } from '../support/model-pair';

const allGroups = JSON.stringify({ groupFilters: [{ name: '*', patternType: 'LITERAL', filterType: 'INCLUDE' }] });

const offsetSync = (filters = allGroups): Record<string, string> => ({
  'consumer.offset.sync.enable': 'true',
  'consumer.offset.sync.ms': '1000',
  'consumer.offset.group.filters': filters,
});

const groups = (...filters: [name: string, patternType: string, filterType: string][]): string =>
  JSON.stringify({
    groupFilters: filters.map(([name, patternType, filterType]) => ({ name, patternType, filterType })),
  });

describe('offset sync', () => {
  const read = (pair: ModelPair, side: 'primary' | 'secondary', group: string, count: number): string[] =>
    pair.do((state) => consume(state, pair.cluster(side), TOPIC, group, count)).map(({ name }) => name);

  test('lets a consumer go on where it was after a switch-over', () => {
    const pair = new ModelPair(offsetSync());
    pair.produce('primary', 20);
    const before = read(pair, 'primary', 'billing', 8);
    pair.wait(STEP + 200);
    pair.operate('secondary', 'reverse-and-start-mirror');
    pair.wait(STEP);
    const after = read(pair, 'secondary', 'billing', 100);
    expect(before).toHaveLength(8);
    expect(after).toHaveLength(12);
    expect(new Set([...before, ...after]).size).toBe(20);
  });

  test.each([
    ['of groups that a filter takes in', groups(['bill', 'PREFIXED', 'INCLUDE']), true],
    ['not of groups that no filter takes in', groups(['other', 'LITERAL', 'INCLUDE']), false],
    [
      'not of groups that a filter leaves out',
      groups(['*', 'LITERAL', 'INCLUDE'], ['billing', 'LITERAL', 'EXCLUDE']),
      false,
    ],
    ['of none where the filter is no JSON', '{', false],
    ...[null, 5, [], {}, { name: 5, patternType: 'PREFIXED', filterType: 'INCLUDE' }].map(
      (entry): [string, string, boolean] => [
        `of none where a filter is ${JSON.stringify(entry)}`,
        JSON.stringify({ groupFilters: [entry, { name: '*', patternType: 'LITERAL', filterType: 'INCLUDE' }] }),
        false,
      ],
    ),
    [
      'of none where the word of a filter is a number',
      JSON.stringify({ groupFilters: [{ name: '*', patternType: 'LITERAL', filterType: 5 }] }),
      false,
    ],
  ])('carries offsets %s', (_what, filters, carried) => {
    const pair = new ModelPair(offsetSync(filters));
    pair.produce('primary', 20);
    read(pair, 'primary', 'billing', 8);
    pair.wait(3 * STEP);
    expect(pair.cluster('secondary').consumerGroups.has('billing')).toBe(carried);
  });

  test('leaves alone a group that consumes on this side', () => {
    const pair = new ModelPair(offsetSync());
    pair.produce('primary', 20);
    pair.wait(200);
    read(pair, 'secondary', 'billing', 3);
    read(pair, 'primary', 'billing', 20);
    pair.wait(5 * STEP);
    expect(pair.cluster('secondary').consumerGroups.get('billing')?.offsets.get(TOPIC)).toEqual([3, 0]);
    pair.wait(10 * STEP);
    expect(pair.cluster('secondary').consumerGroups.get('billing')?.offsets.get(TOPIC)).toEqual([10, 10]);
  });

  test('waits for a task that is stuck', () => {
    const pair = new ModelPair(offsetSync());
    const target = pair.member('secondary').clusterId;
    const release = pair.fault({ kind: 'task-stuck', target, task: 'ConsumerOffsetSync' });
    pair.produce('primary', 20);
    read(pair, 'primary', 'billing', 8);
    pair.wait(3 * STEP);
    const stuck = linkTasks(pair.state, pair.side('secondary')).filter(({ state }) => state === 'IN_ERROR');
    expect(stuck).toMatchObject([{ name: 'ConsumerOffsetSync', errors: [{ code: 'INTERNAL_ERROR' }] }]);
    expect(pair.cluster('secondary').consumerGroups.has('billing')).toBe(false);
    release();
    pair.wait(2 * STEP);
    expect(pair.cluster('secondary').consumerGroups.has('billing')).toBe(true);
  });

  test('never carries an offset past what is mirrored', () => {
    const pair = new ModelPair(offsetSync());
    pair.fault({ kind: 'replication-held', target: pair.member('secondary').clusterId });
    pair.produce('primary', 20);
    read(pair, 'primary', 'billing', 20);
    pair.wait(3 * STEP);
    expect(pair.cluster('secondary').consumerGroups.get('billing')?.offsets.get(TOPIC)).toEqual([0, 0]);
  });
});

describe('ACL sync', () => {
  const filters = (principal: string): Record<string, string> => ({
    'acl.sync.enable': 'true',
    'acl.sync.ms': '1000',
    'acl.filters': JSON.stringify({
      aclFilters: [
        {
          resourceFilter: { resourceType: 'any', patternType: 'any' },
          accessFilter: { operation: 'any', permissionType: 'any', principal },
        },
      ],
    }),
  });
  const acl = {
    resourceType: 'TOPIC',
    resourceName: 'x',
    patternType: 'LITERAL',
    host: '*',
    operation: 'READ',
    permission: 'ALLOW',
  };

  test('carries what the filter takes in, and deletes here what it takes in and the source lacks', () => {
    const pair = new ModelPair(filters('User:sa-1'));
    pair.do(() => addAcl(pair.cluster('primary'), { ...acl, principal: 'User:sa-1' }));
    pair.do(() => addAcl(pair.cluster('primary'), { ...acl, principal: 'User:sa-2' }));
    pair.do(() => addAcl(pair.cluster('secondary'), { ...acl, resourceName: 'own', principal: 'User:sa-2' }));
    // The link on the primary would carry the other way.
    pair.do(() => alterLink(pair.side('primary'), [{ name: 'acl.sync.enable', value: 'false' }]));
    pair.wait(STEP + 1);
    const principals = (): string[] =>
      findAcls(pair.cluster('secondary'), { resourceType: 'TOPIC', operation: 'READ' })
        .map(({ principal, resourceName }) => `${principal} ${resourceName}`)
        .filter((name) => name.includes('sa-'));
    expect(principals()).toEqual(['User:sa-2 own', 'User:sa-1 x']);

    pair.do(() => removeAcls(pair.cluster('primary'), { principal: 'User:sa-1' }));
    pair.wait(STEP);
    expect(principals()).toEqual(['User:sa-2 own']);
  });

  test('goes on after all was in step: with another filter, and with what was removed or added on either side', () => {
    const pair = new ModelPair(filters('User:sa-1'));
    const count = (side: 'primary' | 'secondary', principal: string): number =>
      findAcls(pair.cluster(side), { principal }).length;
    pair.do(() => alterLink(pair.side('primary'), [{ name: 'acl.sync.enable', value: 'false' }]));
    for (const principal of ['User:sa-1', 'User:sa-2']) {
      pair.do(() => addAcl(pair.cluster('primary'), { ...acl, principal }));
    }
    pair.wait(5 * STEP);
    expect([count('secondary', 'User:sa-1'), count('secondary', 'User:sa-2')]).toEqual([1, 0]);

    pair.do(() => removeAcls(pair.cluster('secondary'), { principal: 'User:sa-1' }));
    pair.wait(STEP);
    expect(count('secondary', 'User:sa-1')).toBe(1);

    pair.do(() => addAcl(pair.cluster('secondary'), { ...acl, resourceName: 'own', principal: 'User:sa-1' }));
    pair.wait(STEP);
    expect(count('secondary', 'User:sa-1')).toBe(1);

    const value = filters('User:sa-2')['acl.filters'];
    pair.do(() => alterLink(pair.side('secondary'), [{ name: 'acl.filters', value }]));
    pair.wait(STEP);
    expect(count('secondary', 'User:sa-2')).toBe(1);
  });
});

describe('topics over a link', () => {
  test('carry their settings and partitions', () => {
    const pair = new ModelPair({ 'topic.config.sync.ms': '1000' });
    pair.do((state) => growTopic(state, pair.cluster('primary'), TOPIC, 5));
    pair.do(() => findTopic(pair.cluster('primary'), TOPIC).settings.set('retention.ms', '7'));
    pair.wait(STEP);
    const mirror = findTopic(pair.cluster('secondary'), TOPIC);
    expect([mirror.partitions.length, mirror.settings.get('retention.ms')]).toEqual([5, '7']);
  });

  test('are mirrored by themselves where the link is to and a filter takes them in', () => {
    const pair = new ModelPair({
      'auto.create.mirror.topics.enable': 'true',
      'auto.create.mirror.topics.filters': JSON.stringify({
        topicFilters: [{ name: 'pay', patternType: 'PREFIXED', filterType: 'INCLUDE' }],
      }),
      'topic.config.sync.ms': '1000',
    });
    for (const name of ['payments', 'notes']) {
      pair.do((state) => createTopic(state, pair.cluster('primary'), { name }));
    }
    pair.wait(3 * STEP);
    expect([...pair.side('secondary').mirrors.keys()]).toEqual([TOPIC, 'payments']);
    expect([...pair.side('primary').mirrors.keys()]).toEqual([]);
  });

  test.each([
    ['deleted', 'SOURCE_TOPIC_MAY_BE_DELETED', false],
    ['made anew', 'SOURCE_TOPIC_ID_CHANGED', true],
  ])('FAIL as mirrors when the source is %s, and can then be failed over', (_what, error, again) => {
    const pair = new ModelPair();
    pair.do((state) => {
      deleteTopic(state, pair.cluster('primary'), TOPIC);
      if (again) {
        createTopic(state, pair.cluster('primary'), { name: TOPIC });
      }
    });
    expect([pair.status('secondary'), pair.mirror('secondary')?.error]).toEqual(['FAILED', error]);
    expect(pair.operate('secondary', 'promote').errorMessage).toMatch(/FAILED/);
    expect(pair.operate('secondary', 'failover').errorCode).toBeNull();
    pair.wait(STEP);
    expect(pair.status('secondary')).toBe('STOPPED');
  });

  test('stop being carried while the link is paused', () => {
    const pair = new ModelPair();
    pair.do(() => alterLink(pair.side('secondary'), [{ name: 'cluster.link.paused', value: 'true' }]));
    pair.produce('primary', 4);
    pair.wait(STEP);
    expect(pair.status('secondary')).toBe('LINK_PAUSED');
    expect(pair.records('secondary')).toEqual([]);
    pair.do(() => alterLink(pair.side('secondary'), [{ name: 'cluster.link.paused', value: 'false' }]));
    pair.wait(200);
    expect([pair.status('secondary'), pair.records('secondary').length]).toEqual(['ACTIVE', 4]);
  });
});

describe('the tasks of a link', () => {
  const stateOf = (pair: ModelPair, task: string): string | undefined =>
    linkTasks(pair.state, pair.side('secondary')).find(({ name }) => name === task)?.state;

  test.each([
    ['AclSync', 'acl.sync.enable', 'acl.filters', 'aclFilters'],
    ['AutoCreateMirror', 'auto.create.mirror.topics.enable', 'auto.create.mirror.topics.filters', 'topicFilters'],
    ['ConsumerOffsetSync', 'consumer.offset.sync.enable', 'consumer.offset.group.filters', 'groupFilters'],
  ])('%s needs a filter once it is on', (task, enable, filter, list) => {
    const pair = new ModelPair();
    const set = (name: string, value: string): void =>
      pair.do(() => alterLink(pair.side('secondary'), [{ name, value }]));
    expect(stateOf(pair, task)).toBe('NOT_CONFIGURED');
    set(enable, 'TRUE');
    expect(stateOf(pair, task)).toBe('IN_ERROR');
    for (const text of ['{}', 'null', ...[null, 5, []].map((entry) => JSON.stringify({ [list]: [entry] }))]) {
      set(filter, text);
      expect([text, stateOf(pair, task)]).toEqual([text, 'IN_ERROR']);
      pair.wait(60_000);
    }
    set(filter, JSON.stringify({ [list]: [{ name: '*', patternType: 'LITERAL', filterType: 'INCLUDE' }] }));
    expect(stateOf(pair, task)).toBe('ACTIVE');
    set('cluster.link.paused', 'true');
    expect(stateOf(pair, task)).toBe('LINK_PAUSED');
  });

  test('are unavailable with their link', () => {
    const pair = new ModelPair();
    pair.lose('primary');
    pair.wait(300_000);
    expect(stateOf(pair, 'TopicConfigsSync')).toBe('LINK_UNAVAILABLE');
  });
});

describe('time', () => {
  test('makes the same cloud in one leap as in small steps', () => {
    const play = (steps: number): unknown => {
      const pair = new ModelPair({ ...offsetSync(), 'topic.config.sync.ms': '1000' }, { fetchRecords: 3 });
      pair.produce('primary', 500);
      pair.do((state) => consume(state, pair.cluster('primary'), TOPIC, 'billing', 100));
      pair.operate('secondary', 'reverse-and-start-mirror');
      for (let step = 0; step < steps; step += 1) {
        pair.wait(20_000 / steps);
      }
      return pair.state;
    };
    expect(play(400)).toEqual(play(1));
  });

  const YEAR = 365 * 24 * 60 * 60 * 1000;

  test.each([
    ['a pair at rest', () => undefined],
    [
      'a reversal without its ACLs',
      (pair: ModelPair) => {
        pair.operate('secondary', 'reverse-and-start-mirror');
        pair.do(() => removeAcls(pair.cluster('primary'), {}));
      },
    ],
    [
      'a promotion that gets no records',
      (pair: ModelPair) => {
        pair.fault({ kind: 'replication-held', target: pair.member('secondary').clusterId });
        pair.produce('primary', 5);
        pair.operate('secondary', 'promote');
      },
    ],
    ['a lost primary', (pair: ModelPair) => void pair.lose('primary')],
  ])('leaps over a year in no time with %s', (_what, happen) => {
    const pair = new ModelPair({ ...offsetSync(), 'topic.config.sync.ms': '1000' });
    happen(pair);
    const before = process.cpuUsage();
    pair.wait(YEAR);
    // One look at each of its 31 million seconds would take minutes of the processor's time.
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
  });
});
